import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { operate } from './asking.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** More often than an operation is answered before it is compiled. */
const OFTEN = 40;

const DEEP = `query Deep($selection: SelectionInput, $deep: Boolean = true) {
  requirements(selection: $selection) { ...list asOf { revision } }
}
fragment list on RequirementList {
  nodes { __typename ref need facets { name value } endpoint @include(if: $deep) { hosts { ...host } } }
}
fragment host on Host { name addresses { cidr } four: addresses(family: IPV4) { family status } requirements { need } }`;

describe('an operation that is asked often', () => {
  it.each([
    [
      'with fragments, directives and arguments',
      DEEP,
      (i: number) => ({ selection: { task: 'upgrade', port: [443, i] } }),
    ],
    ['with a field that is left out', DEEP, (i: number) => ({ selection: { mode: ['online'], port: i }, deep: false })],
    [
      'under names that mean something to JavaScript',
      '{ __proto__: product { name } constructor: product { name } }',
      () => ({}),
    ],
    ['of the schema', '{ __schema { types { name fields { name type { kind } } } } }', () => ({})],
    ['with an error in a field', '{ one: requirement(ref: "a/b/c/d") { ref } product { name } }', () => ({})],
    ['with a wrong value', DEEP, () => ({ selection: { task: 'upgrad' } })],
    ['with a variable of a wrong type', DEEP, () => ({ selection: { port: 'https' }, deep: 1 })],
  ])('%s is answered the same as at first', async (_, query, variables) => {
    // The first is asked with a comment before it, so that it is another document.
    const first = await operate(service, `# once\n${query}`, variables(OFTEN));
    for (let i = 1; i < OFTEN; i++) await operate(service, `#     \n${query}`, variables(i));
    const { status, text } = await operate(service, `#     \n${query}`, variables(OFTEN));
    expect({ status, text }).toEqual({ status: first.status, text: first.text });
  });
});
