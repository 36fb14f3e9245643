import { expect, it } from 'vitest';
import { LIMITS } from '../../src/graphql/limits.js';
import { Scope } from '../../src/graphql/scope.js';
import { parseSelection } from '../../src/model/selection.js';
import { catalog, snapshotOf } from '../model/fixture.js';

const snapshot = snapshotOf();
const { selection } = parseSelection({}, catalog, null);
const asked = { snapshot, selection, aliases: [], isSettled: false, isSettling: false };
const refs = snapshot.requirements.map(({ ref }) => ref);

it('what one thing leads to is counted over the whole operation, and ends where it is too much', () => {
  const count = { reached: 0 };
  const one = new Scope(asked, count);
  const other = new Scope(asked, count);
  expect(one.requirements(refs)).toHaveLength(refs.length);
  expect(other.hosts(['api.example.com'])).toHaveLength(1);
  expect(count.reached).toBe(refs.length + 1);
  count.reached = LIMITS.reached - 1;
  expect(one.hosts(['api.example.com'])).toHaveLength(1);
  expect(() => other.hosts(['api.example.com'])).toThrowError(
    /at most 20000 are answered\. Choose less by a selection/,
  );
});

it('a host of no catalog and no list is none', () => {
  const scope = new Scope(asked, { reached: 0 });
  expect(scope.host('api.example.com')?.name).toBe('api.example.com');
  expect(scope.host('nobody.example')).toBeNull();
  expect(scope.host('general')).toBeNull();
});
