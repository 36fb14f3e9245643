import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressList,
  hostList,
  modeList,
  portList,
  requirementList,
  taskList,
  upcomingList,
} from '../../src/answer/lists.js';
import { ADDRESS_STATUSES, byHost, type HeldAddress } from '../../src/model/address.js';
import { DIRECTIONS, NEEDS, PROTOCOLS, type Catalog } from '../../src/model/catalog.js';
import { FAMILIES } from '../../src/model/cidr.js';
import { differs, type Content } from '../../src/model/revision.js';
import { parseSelection, type Selection } from '../../src/model/selection.js';
import { withAnnouncedHosts } from '../../src/model/catalog-at.js';
import { choose } from '../../src/model/select.js';
import { requirementsOf, requirementsOfRows } from '../../src/model/requirement.js';
import { openRevision, type AnswerPart, type Snapshot } from '../../src/model/snapshot.js';
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
  {
    ...catalog,
    endpoints: catalog.endpoints.map((endpoint) =>
      endpoint.name === 'hub'
        ? {
            ...endpoint,
            hosts: ['images.hub.example'],
            dated: [
              { host: 'auth.hub.example', from: '2027-01-01T00:00:00Z', until: null, announcement: null },
              { host: 'images.hub.example', from: null, until: null, announcement: null },
            ],
          }
        : endpoint,
    ),
  },
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
  .array(fc.tuple(fc.nat(30), fc.nat(ALL.length), fc.option(fc.nat(ALL.length - 1)), addresses), {
    minLength: 2,
    maxLength: 7,
  })
  .map((steps) => {
    const made: Content[] = [];
    for (const [number, kept, one, next] of steps) {
      const before = made.at(-1);
      // Most steps change a few addresses and nothing else, as most do in truth.
      const isOne = ({ host, cidr }: HeldAddress) =>
        ALL[one ?? 0]!.host === host && cidr.startsWith(ALL[one ?? 0]!.block);
      const isOfHost = (address: HeldAddress) =>
        one === null ? HOSTS.indexOf(address.host) * BLOCKS.length < kept : !isOne(address);
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
function announced({ catalog: used }: Snapshot, selection: Selection): string {
  const withAll = withAnnouncedHosts(used);
  const all = choose(requirementsOfRows(withAll, used.rows), selection);
  const now = choose(requirementsOf(used), selection).map((requirement) => JSON.stringify(requirement));
  const later = all.filter((requirement) => !now.includes(JSON.stringify(requirement)));
  const chosen = all.map(({ endpoint }) => endpoint.name);
  const dated = used.endpoints.filter(({ name }) => chosen.includes(name)).map(({ dated: hosts = [] }) => hosts);
  return JSON.stringify([later, dated.flat()]);
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

/** The parts of what a selection is answered, and the lists that tell each. */
const PARTS: readonly (readonly [AnswerPart, typeof ALL_LISTS])[] = [
  ['rows', ROWS],
  ['rows-and-addresses', ALL_LISTS],
];

describe('a selection', () => {
  it('is said to be altered exactly where one of its lists is another, and each list says since when it is so', () => {
    fc.assert(
      fc.property(contents, selections, (published, selection) => {
        const { alterations, open } = publish(published);
        for (const [part, lists] of PARTS) {
          let last = 1;
          for (let n = 2; n <= published.length; n++) {
            const [before, after] = [open(n - 1), open(n)];
            const step = inBrief(published.slice(n - 2, n), selection);
            const isOther = bodies(lists, before, selection) !== bodies(lists, after, selection);
            // The rows are one part, though ports, tasks and modes do not tell all of them.
            const isAltered = alterations.alters(n, selection, part);
            expect(part === 'rows' ? isAltered || !isOther : isAltered === isOther, `${part} ${step}`).toBe(true);
            if (isAltered) last = n;
            for (const list of lists.filter((one) => part === 'rows' || !ROWS.includes(one as (typeof ROWS)[number]))) {
              expect(list(after, selection).asOf.revision, step).toBe(last);
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is told a change exactly where it is altered, or something is said beforehand', () => {
    fc.assert(
      fc.property(contents, selections, (published, selection) => {
        const { alterations, open } = publish(published);
        for (let n = 2; n <= published.length; n++) {
          const isTold = alterations.altering(n, selection).length > 0;
          expect(isTold, inBrief(published.slice(n - 2, n), selection)).toBe(isOther(open(n - 1), open(n), selection));
          expect(
            [...alterations.candidates(selection, 'all', { after: n - 1, upTo: n }, 'oldest-first')].includes(n) ||
              !isTold,
          ).toBe(true);
        }
      }),
      { numRuns: 300 },
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

  it('is told what is to come as of the revision that altered that', () => {
    fc.assert(
      fc.property(contents, selections, (published, selection) => {
        const { open } = publish(published);
        const told = (snapshot: Snapshot) => JSON.stringify(upcomingList(snapshot, selection).upcoming);
        for (let n = 2; n <= published.length; n++) {
          const [before, after] = [open(n - 1), open(n)];
          const stands = upcomingList(after, selection).asOf.revision < n;
          expect(!stands || told(before) === told(after), inBrief(published.slice(n - 2, n), selection)).toBe(true);
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
      expect(alterations.differences.of(1)).toEqual([]);
      for (let n = 2; n <= published.length; n++) {
        const changes = alterations.differences.of(n);
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.map(({ id }) => id)).toEqual(changes.map((_, i) => `${n}-${i + 1}`));
      }
    }),
    { numRuns: 200 },
  );
});
