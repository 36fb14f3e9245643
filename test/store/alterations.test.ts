import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressList, hostList, modeList, portList, requirementList, taskList } from '../../src/answer/lists.js';
import { ADDRESS_STATUSES, byHost, type HeldAddress } from '../../src/model/address.js';
import { DIRECTIONS, NEEDS, PROTOCOLS, type Catalog } from '../../src/model/catalog.js';
import { FAMILIES } from '../../src/model/cidr.js';
import { differs, type Content } from '../../src/model/revision.js';
import { parseSelection, type Selection } from '../../src/model/selection.js';
import { choose } from '../../src/model/select.js';
import { requirementsOfRows } from '../../src/model/requirement.js';
import { openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { Alterations } from '../../src/store/alterations.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { catalog, held } from '../model/fixture.js';
import { contentOf, revisionOf } from './stores.js';

const [console_, api, ...otherRows] = catalog.rows;
/** The catalog, and others that differ from it in one thing each. */
const CATALOGS: readonly Catalog[] = [
  catalog,
  { ...catalog, title: 'Acme, renamed' },
  { ...catalog, rows: [console_!, { ...api!, description: 'It says more now.' }, ...otherRows] },
  { ...catalog, rows: [console_!, { ...api!, need: [{ mode: 'online', need: 'conditional' }] }, ...otherRows] },
  {
    ...catalog,
    rows: [
      console_!,
      { ...api!, ports: [...api!.ports, { protocol: 'udp', from: 53, to: 53, basis: 'stated' }] },
      ...otherRows,
    ],
  },
  { ...catalog, rows: [...otherRows, api!, console_!] },
  { ...catalog, rows: otherRows },
  {
    ...catalog,
    rows: [
      console_!,
      { ...api!, dated: { from: '2027-01-01T00:00:00Z', until: null, announcement: null } },
      ...otherRows,
    ],
  },
  { ...catalog, tasks: catalog.tasks.toReversed() },
  { ...catalog, modes: catalog.modes.map((mode) => ({ ...mode, title: `${mode.title}!` })) },
  {
    ...catalog,
    endpoints: catalog.endpoints.map((endpoint) =>
      endpoint.name === 'hub' ? { ...endpoint, hosts: [...endpoint.hosts, 'get.example.com'] } : endpoint,
    ),
  },
  { ...catalog, endpoints: catalog.endpoints.map((endpoint) => ({ ...endpoint, published: false })) },
];

const HOSTS = ['api.example.com', 'get.example.com', 'auth.hub.example', 'general', 'other.example.com'];
const BLOCKS = ['20.0.0.1', '20.0.0.2', '20.0.1.0/24', '2600:1::1'];
const ALL = HOSTS.flatMap((host) => BLOCKS.map((block) => ({ host, block })));

const addresses: fc.Arbitrary<readonly HeldAddress[]> = fc
  .tuple(...ALL.map(() => fc.option(fc.constantFrom('current', 'retiring', 'announced'), { freq: 1 })))
  .map((statuses) =>
    byHost(
      ALL.flatMap(({ host, block }, i) => {
        const status = statuses[i];
        return status == null ? [] : [held(host, block, { status: status as HeldAddress['status'] })];
      }),
    ),
  );
const contents: fc.Arbitrary<readonly Content[]> = fc
  .array(fc.tuple(fc.nat(30), fc.nat(ALL.length), addresses), { minLength: 2, maxLength: 7 })
  .map((steps) => {
    const made: Content[] = [];
    for (const [number, kept, next] of steps) {
      const before = made.at(-1);
      // Most steps change a few addresses and nothing else, as most do in truth.
      const isOfHost = ({ host }: HeldAddress) => HOSTS.indexOf(host) * BLOCKS.length < kept;
      const mixed =
        before === undefined ? next : [...before.addresses.filter(isOfHost), ...next.filter((a) => !isOfHost(a))];
      const content = contentOf(CATALOGS[number] ?? before?.catalog ?? catalog, byHost(mixed));
      if (before === undefined || differs(before, content)) made.push(content);
    }
    return made;
  });

const some = <T>(values: readonly T[]) =>
  fc.option(fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 });
const selections: fc.Arbitrary<Selection> = fc
  .record({
    task: some(['install', 'upgrade', 'run']),
    mode: some(['online', 'airgap']),
    need: some(NEEDS),
    host: some(['api.example.com', 'hub', 'get.example.com', 'auth.hub.example', 'registry.example.org']),
    direction: some(DIRECTIONS),
    protocol: some(PROTOCOLS),
    port: some(['443', '53', '8800']),
    family: some(FAMILIES),
    status: some(ADDRESS_STATUSES),
  })
  .map((input) => {
    const said = Object.entries(input).filter(([, values]) => values !== undefined);
    return parseSelection(Object.fromEntries(said), catalog, null).selection;
  });

function publish(published: readonly Content[]) {
  const chronicle = new Chronicle();
  for (const [i, content] of published.entries()) chronicle.append(revisionOf(i + 1, content), content);
  const alterations = new Alterations(chronicle);
  const open = (n: number) => openRevision(chronicle.record(n)!, chronicle.content(n), alterations.past(n));
  return { alterations, open };
}

const ROWS = [portList, taskList, modeList];
const ALL_LISTS = [requirementList, hostList, (s: Snapshot, of: Selection) => addressList(s, of, false), ...ROWS];

/** What is answered, without what it was altered by. */
function bodies(lists: typeof ALL_LISTS, snapshot: Snapshot, selection: Selection): string {
  return JSON.stringify(
    lists.map((list) => list(snapshot, selection)),
    (name, value: unknown) => (name === 'asOf' ? undefined : value),
  );
}

/** What is in no list yet, and told beforehand. */
function announced({ catalog: { rows }, catalog: used }: Snapshot, selection: Selection): string {
  const later = rows.filter((row) => row.dated !== undefined);
  return JSON.stringify(choose(requirementsOfRows(used, later), selection));
}

/** Whether a selection is answered, or told beforehand, anything else. */
function isOther(before: Snapshot, after: Snapshot, selection: Selection): boolean {
  const isOtherBy = (of: (snapshot: Snapshot) => string) => of(before) !== of(after);
  return (
    isOtherBy((snapshot) => bodies(ALL_LISTS, snapshot, selection)) ||
    isOtherBy((snapshot) => announced(snapshot, selection))
  );
}

/** A history in few words, for who has to understand why it fails. */
function inBrief(published: readonly Content[], selection: Selection): string {
  const steps = published.map(({ catalog: used, addresses: list }) => {
    const short = list.map(({ host, cidr, status }) => `${host.slice(0, 4)} ${cidr} ${status}`);
    return `${CATALOGS.indexOf(used)}: ${short.join(', ')}`;
  });
  const asked = Object.entries(selection).filter(([, value]) => value !== null);
  return `${steps.join(' | ')} asked ${JSON.stringify(Object.fromEntries(asked))}`;
}

describe('a selection', () => {
  it('is told a change exactly where one of its answers is another, and they all say since when they are so', () => {
    fc.assert(
      fc.property(contents, selections, (published, selection) => {
        const { alterations, open } = publish(published);
        let last = 1;
        let lastOfRows = 1;
        for (let n = 2; n <= published.length; n++) {
          const [before, after] = [open(n - 1), open(n)];
          const isTold = alterations.altering(n, selection).length > 0;
          expect(isTold, inBrief(published.slice(n - 2, n), selection)).toBe(isOther(before, after, selection));
          if (isTold) last = n;
          const isToldOfRows = alterations.altering(n, selection, 'rows').length > 0;
          const isOtherInRows = bodies(ROWS, before, selection) !== bodies(ROWS, after, selection);
          expect(isToldOfRows || !isOtherInRows).toBe(true);
          if (isToldOfRows) lastOfRows = n;
          for (const list of ALL_LISTS) {
            const expected = ROWS.includes(list as (typeof ROWS)[number]) ? lastOfRows : last;
            expect(list(after, selection).asOf.revision).toBe(expected);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is told of the difference of two revisions exactly where its answers are others', () => {
    fc.assert(
      fc.property(contents, selections, (published, selection) => {
        const { alterations, open } = publish(published);
        const to = published.length;
        for (let from = 1; from < to; from++) {
          const isTold = alterations.alteringBetween(from, to, selection).length > 0;
          const step = [published[from - 1]!, published[to - 1]!];
          expect(isTold, inBrief(step, selection)).toBe(isOther(open(from), open(to), selection));
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('every revision but the first has changes, named by their place', () => {
  fc.assert(
    fc.property(contents, (published) => {
      const { alterations } = publish(published);
      expect(alterations.of(1)).toEqual([]);
      for (let n = 2; n <= published.length; n++) {
        const changes = alterations.of(n);
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.map(({ id }) => id)).toEqual(changes.map((_, i) => `${n}-${i + 1}`));
      }
    }),
    { numRuns: 200 },
  );
});
