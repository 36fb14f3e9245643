import { describe, expect, it } from 'vitest';
import type { Catalog, Row, RowCriteria } from '../../src/model/catalog.js';
import { checkPromises } from '../../src/model/promise.js';
import { catalog, shippedContent } from './fixture.js';

const shipped = (await shippedContent()).catalog;
const open: RowCriteria = { task: null, mode: null, need: null, zone: null, direction: null };
const promising = (never: Partial<RowCriteria>): Catalog => ({
  ...catalog,
  promises: [{ text: 'Never.', never: { ...open, ...never } }],
});
const brokenBy = (checked: Catalog) => checkPromises(checked).map((check) => check.brokenBy);

describe('a promise', () => {
  it('holds where no requirement is one of those it excludes', () => {
    expect(checkPromises(catalog)).toEqual([{ promise: catalog.promises[0], brokenBy: [] }]);
  });

  it('is broken by every row that it excludes, with the refs of that row', () => {
    expect(
      brokenBy(promising({ task: ['upgrade'], mode: ['online'], need: ['required'], zone: ['internet'] })),
    ).toEqual([
      [
        { row: 1, refs: ['acme/upgrade/online/api.example.com'] },
        { row: 3, refs: ['acme/upgrade/online/registry.example.org'] },
        { row: 5, refs: ['acme/upgrade/online/*.cdn.example.net'] },
        { row: 6, refs: ['acme/upgrade/online/mirrors'] },
      ],
    ]);
  });

  it('tells every ref of a row that breaks it', () => {
    expect(brokenBy(promising({ direction: ['inbound', 'bidirectional'], mode: ['airgap'] }))).toEqual([
      [{ row: 0, refs: ['acme/install/airgap/console', 'acme/upgrade/airgap/console', 'acme/run/airgap/console'] }],
    ]);
  });

  it('is not broken by what is not required', () => {
    expect(brokenBy(promising({ mode: ['airgap'], zone: ['internet'], need: ['required', 'conditional'] }))).toEqual([
      [],
    ]);
  });

  it('is checked beside the others', () => {
    const promises = [...catalog.promises, { text: 'Running needs nothing.', never: { ...open, task: ['run'] } }];
    expect(brokenBy({ ...catalog, promises })).toEqual([
      [],
      [{ row: 0, refs: ['acme/run/online/console', 'acme/run/airgap/console'] }],
    ]);
  });
});

describe('the promises of the catalog that ships', () => {
  it('both hold', () => {
    expect(checkPromises(shipped).map(({ brokenBy }) => brokenBy)).toEqual([[], []]);
  });

  const at = shipped.rows.findIndex(({ name, tasks }) => name === 'quay.io' && tasks.includes('upgrade'));
  const airgap = ['replicated/app-install/airgap/quay.io', 'replicated/upgrade/airgap/quay.io'];
  const every = [
    'replicated/app-install/online/quay.io',
    'replicated/app-install/airgap/quay.io',
    'replicated/upgrade/online/quay.io',
    'replicated/upgrade/airgap/quay.io',
  ];

  it.each<[string, Partial<Row>, [string[], string[]]]>([
    ['that airgap requires from the internet', { need: [{ mode: 'airgap', need: 'required' }] }, [airgap, []]],
    ['that airgap may require from the internet', { need: [{ mode: 'airgap', need: 'conditional' }] }, [airgap, []]],
    ['that lets the internet in', { direction: 'inbound' }, [[], every]],
    ['that goes both ways', { direction: 'bidirectional' }, [[], every]],
  ])('are broken by a row %s', (_, change, refs) => {
    const broken = { ...shipped, rows: shipped.rows.with(at, { ...shipped.rows[at]!, ...change }) };
    expect(brokenBy(broken)).toEqual(refs.map((list) => (list.length === 0 ? [] : [{ row: at, refs: list }])));
  });
});
