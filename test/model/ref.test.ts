import { describe, expect, it } from 'vitest';
import { canonicalRef, partsOf } from '../../src/model/ref.js';
import { catalog } from './fixture.js';

const parts = { product: 'acme', task: 'upgrade', mode: 'online', name: 'api.example.com' };
const [classic] = catalog.aliases;
const [update] = catalog.tasks[1]!.aliases;
const [offline] = catalog.modes[1]!.aliases;
const [download] = catalog.endpoints[1]!.aliases;

describe('a ref', () => {
  it.each([
    ['acme/upgrade/online/api.example.com', parts],
    ['acme/upgrade', { product: 'acme', task: 'upgrade', mode: '', name: '' }],
    ['acme/upgrade/online/a/b', { product: 'acme', task: 'upgrade', mode: 'online', name: 'a/b' }],
    ['', { product: '', task: '', mode: '', name: '' }],
  ])('has parts: %j', (ref, found) => {
    expect(partsOf(ref)).toEqual(found);
  });

  it('of names in use is itself', () => {
    expect(canonicalRef(catalog, parts)).toEqual({ ref: 'acme/upgrade/online/api.example.com', aliases: [] });
  });

  it.each([
    ['product', { product: 'acme-classic' }, 'acme/upgrade/online/api.example.com', classic],
    ['task', { task: 'update' }, 'acme/upgrade/online/api.example.com', update],
    ['mode', { mode: 'offline' }, 'acme/upgrade/airgap/api.example.com', offline],
    ['endpoint', { name: 'download.example.com' }, 'acme/upgrade/online/get.example.com', download],
  ])('with an old name of a %s has the name in its place, and tells the old one', (_, old, ref, alias) => {
    expect(canonicalRef(catalog, { ...parts, ...old })).toEqual({ ref, aliases: [alias] });
  });

  it('of a row with a variant answers by the old name of its endpoint too', () => {
    const rows = catalog.rows.map((row) =>
      row.endpoint === 'get.example.com' ? { ...row, name: `${row.name}-mirror` } : row,
    );
    const old = { ...parts, name: 'download.example.com-mirror' };
    expect(canonicalRef({ ...catalog, rows }, old).ref).toBe('acme/upgrade/online/get.example.com-mirror');
  });

  it('with old names throughout tells each of them, in the order of its parts', () => {
    const old = { product: 'acme-classic', task: 'update', mode: 'offline', name: 'download.example.com' };
    expect(canonicalRef(catalog, old)).toEqual({
      ref: 'acme/upgrade/airgap/get.example.com',
      aliases: [classic, update, offline, download],
    });
  });

  it('of names that nobody knows is left as it is', () => {
    const unknown = { product: 'x', task: 'y', mode: 'z', name: 'console' };
    expect(canonicalRef(catalog, unknown)).toEqual({ ref: 'x/y/z/console', aliases: [] });
  });

  it('takes an old name of one part for no other', () => {
    expect(canonicalRef(catalog, { ...parts, mode: 'update' }).ref).toBe('acme/upgrade/update/api.example.com');
  });

  it('of a name in use is never taken for an old one', () => {
    const shadowing = {
      ...catalog,
      tasks: catalog.tasks.map((task) =>
        task.name === 'run' ? { ...task, aliases: [{ name: 'upgrade', deprecated: null, sunset: null }] } : task,
      ),
    };
    expect(canonicalRef(shadowing, parts)).toEqual({ ref: 'acme/upgrade/online/api.example.com', aliases: [] });
  });
});
