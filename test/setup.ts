import * as fc from 'fast-check';

// In CI a run can be repeated exactly; at a desk each run tries other cases.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_122 });
