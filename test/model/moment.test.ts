import { expect, it } from 'vitest';
import { parseMoment } from '../../src/model/moment.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');

it.each([
  ['1', { kind: 'revision', revision: 1 }],
  ['2026', { kind: 'revision', revision: 2026 }],
  ['999999999', { kind: 'revision', revision: 999_999_999 }],
  ['2026-02-28T23:59:59Z', { kind: 'instant', instant: '2026-02-28T23:59:59.000Z' }],
  ['2026-02-28t23:59:59.5z', { kind: 'instant', instant: '2026-02-28T23:59:59.500Z' }],
  ['2026-02-28T23:59:59+02:00', { kind: 'instant', instant: '2026-02-28T21:59:59.000Z' }],
  ['2024-02-29', { kind: 'instant', instant: '2024-02-29T00:00:00.000Z' }],
  ['2026-03-01T12:00:00.000Z', { kind: 'instant', instant: '2026-03-01T12:00:00.000Z' }],
])('%s is a moment', (text, moment) => {
  expect(parseMoment(text, NOW)).toEqual(moment);
});

it.each([
  ['', 'empty-value', null],
  ['0', 'malformed-value', null],
  ['-1', 'malformed-value', null],
  ['01', 'malformed-value', null],
  ['1.5', 'malformed-value', null],
  ['1e3', 'malformed-value', null],
  ['1234567890', 'malformed-value', null],
  ['now', 'malformed-value', null],
  ['2026-02', 'malformed-value', null],
  ['2026-02-30', 'malformed-value', null],
  ['2026-02-30T00:00:00Z', 'malformed-value', null],
  ['2026-02-28T24:00:01Z', 'malformed-value', null],
  ['2026-02-28T12:00:00', 'malformed-value', '2026-02-28T12:00:00Z'],
  ['2026-02-28 12:00:00Z', 'malformed-value', '2026-02-28T12:00:00Z'],
  ['2026-02-28 12:00:00', 'malformed-value', '2026-02-28T12:00:00Z'],
  ['2026-02-28T12:00:00 02:00', 'malformed-value', '2026-02-28T12:00:00+02:00'],
  ['2026-03-01T12:00:00.001Z', 'malformed-value', null],
  ['2026-03-02', 'malformed-value', null],
  ['9999-12-31', 'malformed-value', null],
])('%j is no moment: %s, perhaps meant as %j', (text, code, didYouMean) => {
  expect(parseMoment(text, NOW)).toMatchObject({ code, parameter: 'at', value: text, didYouMean });
});

it('says what is allowed, and that the future is not', () => {
  const found = parseMoment('2027-01-01', NOW);
  expect('message' in found && found.message).toContain('lies in the future');
  expect('allowed' in found && found.allowed).toHaveLength(3);
});
