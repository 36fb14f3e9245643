import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { list } from '../../fake-upstream.ts';
import type { Fault } from '../../faults/fault.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 30_000;

interface Status {
  readonly revision: number;
  readonly catalog: { readonly lastError: unknown };
}

/** Has a fault happen and go away again. Says what the service made of it that it should not; `null` where nothing. */
export async function strike(world: World, fault: Fault): Promise<string | null> {
  const before = await revisionOf(world);
  const wrong = await happen(world, fault);
  if (wrong !== null) return wrong;
  const after = await revisionOf(world);
  return before === after ? null : `revision ${before} became ${after}`;
}

/** Publishes a true change of the list; `what` has to come about. */
export async function changeList(world: World, text: string): Promise<string | null> {
  const before = await revisionOf(world);
  world.list = text;
  calm(world);
  return comesAbout('a changed list is published', async () => {
    await world.refresh();
    return (await revisionOf(world)) === before + 1;
  });
}

/** Publishes a true change of the catalog. */
export async function changeCatalog(world: World, text: string): Promise<string | null> {
  const before = await revisionOf(world);
  world.catalog.text = text;
  await writeFile(world.catalog.file, text);
  return comesAbout('a changed catalog is published', async () => (await revisionOf(world)) === before + 1);
}

async function happen(world: World, fault: Fault): Promise<string | null> {
  if (fault.at === 'catalog') return editCatalog(world, fault);
  if (fault.at === 'disk') return fillDisk(world);
  world.upstream.answer(fault.answer);
  // The first may share a poll that was under way before.
  await world.refresh();
  const { outcome, reason } = await world.refresh();
  if (!fault.ends.includes(outcome)) return `a poll ended as ${outcome} (${reason})`;
  return recover(world);
}

async function editCatalog(world: World, fault: Fault & { readonly at: 'catalog' }): Promise<string | null> {
  const { file, text } = world.catalog;
  const isBroken = async () => (await statusOf(world)).catalog.lastError !== null;
  await fault.edit(file, text);
  const seen = await comesAbout('the edit is refused', isBroken);
  await rm(file, { recursive: true, force: true });
  await writeFile(file, text);
  return seen ?? comesAbout('the catalog is taken again', async () => !(await isBroken()));
}

/** No change is taken that cannot be kept; and once there is room, all goes on by itself. */
async function fillDisk(world: World): Promise<string | null> {
  world.disk?.fill();
  world.upstream.answer(list(world.list.replace('"current": [', '"current": ["52.7.167.98",')));
  await world.refresh();
  await sleep(1_100);
  const outcomes = [await world.refresh(), await world.refresh()];
  calm(world);
  world.disk?.empty();
  if (!outcomes.some(({ outcome }) => outcome === 'failed')) return `polls ended as ${JSON.stringify(outcomes)}`;
  return recover(world);
}

function calm(world: World): void {
  world.upstream.answer(list(world.list, `"${world.list.length}-${world.list.slice(0, 60).replace(/[^\d.]+/g, '')}"`));
}

function recover(world: World): Promise<string | null> {
  calm(world);
  return comesAbout('the list is read again', async () => (await world.refresh()).outcome === 'unchanged');
}

async function comesAbout(what: string, holds: () => Promise<boolean>): Promise<string | null> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(50)) {
    if (await holds()) return null;
  }
  return `it never came about that ${what}`;
}

const statusOf = (world: World) => world.client.json<Status>('/status');
const revisionOf = async (world: World) => Number((await world.client.send('GET', '/version', null, {})).revision);
