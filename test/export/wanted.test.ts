import { describe, expect, it } from 'vitest';
import { exportOf } from '../../src/export/exported.js';
import type { Exporter } from '../../src/export/exporter.js';
import { wantedOf } from '../../src/export/wanted.js';
import type { Initiator } from '../../src/model/catalog.js';
import { DomainError } from '../../src/model/error.js';
import { select } from '../../src/model/select.js';
import { CHECKED } from './bodies.js';
import { FIXTURES, questionOf, type Fixture } from './fixtures.js';

const fixtureNamed = (name: string) => FIXTURES.find((fixture) => fixture.name === name)!;

describe('who opens a connection', () => {
  it.each<[initiator: Initiator, flows: readonly string[]]>([
    ['installed-host', ['outbound']],
    ['far-side', ['inbound']],
    ['either', ['outbound', 'inbound']],
  ])('%s says which way it is let through, whichever way its traffic passes', (initiator, flows) => {
    const { snapshot } = fixtureNamed('mixed');
    const question = questionOf(fixtureNamed('mixed'), CHECKED[0]![1]);
    const [requirement] = select(snapshot, { ...question.selection, port: null, protocol: null });
    for (const direction of ['outbound', 'inbound', 'bidirectional'] as const) {
      const [wanted] = wantedOf([{ ...requirement!, direction, initiator }], question);
      expect(wanted!.traffic.map(({ flow }) => flow)).toEqual(flows);
    }
  });
});

/**
 * What a fixture needs, read from its catalog alone: for every row that is required, each way, each range of ports and
 * each far side, under the name that a rule or an omission tells it by.
 */
function needsOf({ snapshot, fill }: Fixture): { ref: string; farSide: string; traffic: string }[] {
  const { catalog } = snapshot;
  const filled = (of: string) =>
    fill.filter((text) => text.startsWith(`${of}:`)).map((text) => text.slice(of.length + 1));
  return catalog.tasks.flatMap((task) =>
    catalog.modes.flatMap((mode) =>
      catalog.rows.flatMap((row) => {
        if (!row.tasks.includes(task.name)) return [];
        if (row.need.find((one) => one.mode === mode.name)?.need !== 'required') return [];
        const endpoint = catalog.endpoints.find(({ name }) => name === row.endpoint);
        const names = [...(endpoint?.hosts ?? []), ...(endpoint?.companions.flatMap(({ hosts }) => hosts) ?? [])];
        const isOfCustomer = endpoint === undefined || endpoint.kind === 'placeholder';
        const own = endpoint?.name ?? row.zone;
        const farSides = [...names, ...(isOfCustomer ? (filled(own).length === 0 ? [own] : filled(own)) : [])];
        const ways = { 'installed-host': ['outbound'], 'far-side': ['inbound'], either: ['outbound', 'inbound'] };
        return ways[row.initiator].flatMap((way) =>
          row.ports.flatMap(({ protocol, from, to }) =>
            farSides.map((farSide) => ({
              ref: `${catalog.product}/${task.name}/${mode.name}/${row.name}`,
              farSide,
              traffic: `${way} ${protocol} ${from}-${to}`,
            })),
          ),
        );
      }),
    ),
  );
}

/** What a format lets through or tells to be missing, and how many of its needs are neither. */
function lostOf(
  fixture: Fixture,
  exporter: Exporter,
  read: (body: string | Uint8Array) => readonly string[],
): string[] {
  let made;
  try {
    made = exportOf(fixture.snapshot, questionOf(fixture, exporter));
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
  const rules = new Set(read(made.body));
  const missing = new Set(made.omitted.map(({ requirement, item }) => `${requirement} ${item}`));
  const blocksOf = (name: string) =>
    fixture.snapshot.addresses
      .filter(({ host, status }) => host === name && (status === 'current' || status === 'retiring'))
      .map(({ cidr }) => cidr as string);
  return needsOf(fixture).flatMap(({ ref, farSide, traffic }) => {
    const isLetThrough = (what: string) => rules.has(exporter.supports.ports ? `${traffic} ${what}` : what);
    const isTold = (what: string) => missing.has(`${ref} ${what}`);
    const blocks = farSide.includes('/') ? [farSide] : blocksOf(farSide);
    const endpoint = ref.slice(ref.lastIndexOf('/') + 1);
    const isThere =
      isLetThrough(farSide) ||
      isTold(farSide) ||
      isTold(endpoint) ||
      (farSide.includes('/') && [...missing].some((one) => one.startsWith(`${ref} `))) ||
      (blocks.length > 0 && blocks.every((block) => isLetThrough(block) || isTold(block)));
    return isThere ? [] : [`${ref} ${traffic} ${farSide}`];
  });
}

const LISTED = CHECKED.filter(([, { kind }, { isJoined }]) => kind === 'configuration' && isJoined === undefined);

describe.each(LISTED)('%s', (_id, exporter, check) => {
  it.each(['minimal', 'mixed', 'nested', 'unresolved', 'limits'])(
    'has all that the catalog of the fixture %s requires, or tells it',
    (name) => {
      expect(lostOf(fixtureNamed(name), exporter, check.read)).toEqual([]);
    },
  );
});
