import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Case, Contestant } from './cases.ts';
import { check, expectedOf, type Expected } from './expected.ts';
import { gatepost } from '../gatepost.ts';
import { planOf } from './plan.ts';
import type { Handed } from '../rivals/handed.ts';
import { freePort, startServing, type Command, type Running } from '../running.ts';
import { SERVERS, commandOf } from './servers.ts';
import { runWrk } from './wrk.ts';

/** A contestant that runs, answers as expected, and is warm. */
export interface Ready {
  readonly name: string;
  readonly running: Running;
  /** The file that says what it is asked. */
  readonly plan: string;
  /** How large an answer of those that were compared is, with its headers; `null` where there are several kinds. */
  readonly bytes: number | null;
}

const WARM_UP_SECONDS = 2;

export function nameOf({ server, called }: Contestant): string {
  return called ?? SERVERS[server];
}

/**
 * Starts the contestants of a case. Every answer of the warm-up is compared with Gatepost's own.
 *
 * @param folder a new one, for their files.
 * @param started takes each process as soon as it runs, for the caller to stop it whatever happens.
 */
export async function startGroup(
  { loads, contestants }: Case,
  folder: string,
  started: (running: Running) => void,
): Promise<Ready[]> {
  const start = async (commandAt: (port: number) => Command) => {
    const port = await freePort();
    const running = await startServing(commandAt(port), port);
    started(running);
    return running;
  };
  const source = await start((port) => gatepost(port, ':memory:'));
  const group: Ready[] = [];
  for (const [i, contestant] of contestants.entries()) {
    const own = path.join(folder, String(i));
    mkdirSync(own);
    const asked: Expected[] = [];
    for (const each of contestant.loads ?? loads) asked.push(await expectedOf(source.port, each));
    const answers = asked.map(({ whole, given }) => (contestant.always200 === true ? whole : given));
    const { server } = contestant;
    const running =
      server === 'gatepost' ? source : await start((port) => commandOf(server, port, handedOf(asked[0]!), own));
    for (const [n, { load }] of asked.entries()) await check(server, running.port, load, answers[n]!);
    const plan = path.join(own, 'plan.lua');
    const loadsAsked = asked.map(({ load }) => load);
    writeFileSync(plan, planOf(loadsAsked, answers));
    const { bytes, requests } = await runWrk(running.port, plan, WARM_UP_SECONDS, true);
    group.push({ name: nameOf(contestant), running, plan, bytes: asked.length > 1 ? null : bytes / requests });
  }
  return group;
}

function handedOf({ load: { method, path }, whole, given }: Expected): Handed {
  return { method, path: path.split('?')[0]!, whole, given };
}
