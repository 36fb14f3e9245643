import { describe, expect, it } from 'vitest';
import { DomainError, invalidParameters, type Fault } from '../../src/model/error.js';

const fault = (parameter: string): Fault => ({
  code: 'unknown-value',
  parameter,
  value: 'x',
  message: `"x" is not a value of the parameter "${parameter}".`,
  allowed: [],
  didYouMean: null,
});

describe('a refusal', () => {
  it('is an error with a code, a sentence and no faults unless it has some', () => {
    const error = new DomainError('unknown-host', 'There is no such host.');
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.message]).toEqual(['DomainError', 'unknown-host', 'There is no such host.']);
    expect(error.faults).toEqual([]);
  });

  it('of parameters tells all their faults together', () => {
    const faults = [fault('task'), fault('mode')];
    const error = invalidParameters(faults);
    expect([error.code, error.faults]).toEqual(['invalid-parameters', faults]);
    expect(error.message).toBe(
      '"x" is not a value of the parameter "task". "x" is not a value of the parameter "mode".',
    );
  });
});
