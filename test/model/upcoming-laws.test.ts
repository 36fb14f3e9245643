import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants } from '../../src/model/canonical.js';
import type { CatalogEndpoint } from '../../src/model/catalog.js';
import type { Difference } from '../../src/model/change.js';
import { diff } from '../../src/model/diff.js';
import { dueAt, nextDue } from '../../src/model/due.js';
import type { Content } from '../../src/model/revision.js';
import { parseSelection } from '../../src/model/selection.js';
import { upcomingOf, type Upcoming } from '../../src/model/upcoming.js';
import { anyContent } from './arbitrary-content.js';
import { snapshotOf } from './fixture.js';

/** As contents really are: only what is retiring has an end of its grace, and an endpoint's dates name all of its hosts. */
const contents: fc.Arbitrary<Content> = anyContent.map((content) => ({
  ...content,
  addresses: content.addresses
    .filter(({ status, retireAt }) => status !== 'retired' && (status !== 'retiring' || retireAt !== null))
    .map((address) => (address.status === 'retiring' ? address : { ...address, retireAt: null })),
  catalog: { ...content.catalog, endpoints: content.catalog.endpoints.map(withAllHostsDated) },
}));

function withAllHostsDated(endpoint: CatalogEndpoint): CatalogEndpoint {
  const { dated, hosts } = endpoint;
  if (dated === undefined) return endpoint;
  const undated = hosts.filter((name) => dated.every(({ host }) => host !== name));
  const all = [...dated, ...undated.map((host) => ({ host, from: null, until: null, announcement: null }))];
  return { ...endpoint, dated: all, hosts: all.filter(({ from }) => from === null).map(({ host }) => host) };
}

/** Each date on which the clock changes a content: what is to come of it just before, and what is told of it then. */
function dates(content: Content): { date: string; foretold: Upcoming[]; told: Difference[] }[] {
  const all = [];
  for (let date = nextDue(content); date !== null; date = nextDue(content)) {
    const snapshot = snapshotOf(content);
    const { selection } = parseSelection({}, snapshot.catalog, null);
    const at = date;
    const foretold = upcomingOf(snapshot, selection).filter(
      (one) => one.actsByItself && one.date !== null && compareInstants(one.date, at) === 0,
    );
    const after = dueAt(content, new Date(date))!;
    all.push({ date, foretold, told: diff(content, after, date) });
    content = after;
  }
  return all;
}

function keyOf({ subject, requirement, host, address }: Upcoming | Difference): string {
  return [subject, requirement, host, address].join(' ');
}

describe('what is to come', () => {
  it('asks for just what its change will ask for', () => {
    let compared = 0;
    fc.assert(
      fc.property(contents, (content) => {
        for (const { foretold, told } of dates(content)) {
          for (const one of foretold) {
            const same = told.filter((change) => keyOf(change) === keyOf(one));
            expect(same.map(({ action }) => action)).toContainEqual(one.action);
            compared += 1;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('asks for just what all later changes will ask for, from the first day on', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const snapshot = snapshotOf(content);
        const { selection } = parseSelection({}, snapshot.catalog, null);
        const foretold = upcomingOf(snapshot, selection);
        for (const { date, told } of dates(content)) {
          const then = foretold.filter((one) => one.date !== null && compareInstants(one.date, date) === 0);
          for (const one of then.filter(({ actsByItself }) => actsByItself)) {
            const same = told.filter((change) => keyOf(change) === keyOf(one));
            expect(same.map(({ action }) => action)).toContainEqual(one.action);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out no requirement and no address that its date asks to open or to close', () => {
    fc.assert(
      fc.property(contents, (content) => {
        for (const { foretold, told } of dates(content)) {
          const keys = foretold.map(keyOf);
          for (const change of told) {
            const { subject, action, host } = change;
            const isAsked = action.byName !== 'none' || action.byAddress !== 'none';
            if (!isAsked || !['requirement', 'address'].includes(subject) || host === 'general') continue;
            expect(keys).toContain(keyOf(change));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
