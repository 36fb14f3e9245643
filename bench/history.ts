import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { ADDRESSES, CHANGES, REVISIONS, randomness } from './long-history.ts';
import { makeStore } from './make.ts';
import type { Part } from './part.ts';
import { startServer, type Taken } from './server.ts';
import { quantile, table } from './table.ts';

const POINTS = 300;
/** Asked and not counted, so that what is measured is compiled. */
const WARM_UP = 100;

const random = randomness(2026);
/** Every revision but the newest, at random, none twice. */
const revisions = Array.from({ length: REVISIONS - 1 }, (_, i) => ({ revision: i + 1, place: random() }))
  .sort((a, b) => a.place - b.place)
  .map(({ revision }) => revision);
let next = 0;
/** One that was not asked for before. */
const anew = () => revisions[next++ % revisions.length]!;
/** One so long before the end that there are as many after it. */
const before = (most: number) => 1 + Math.floor(random() * (REVISIONS - most));

const QUESTIONS: readonly (readonly [name: string, target: () => string])[] = [
  ['/requirements?at=R', () => `/requirements?at=${anew()}`],
  ['/requirements?at=R&host=api.replicated.com', () => `/requirements?at=${anew()}&host=api.replicated.com`],
  ['/addresses?at=R', () => `/addresses?at=${anew()}`],
  ['/changes?since=R&first=50', () => `/changes?since=${before(100)}&first=50`],
  [
    '/changes?since=R&first=50&host=api.replicated.com',
    () => `/changes?since=${before(1_000)}&first=50&host=api.replicated.com`,
  ],
  [
    '/diff?from=R&to=R+100',
    () => {
      const from = before(100);
      return `/diff?from=${from}&to=${from + 100}`;
    },
  ],
  ['/revisions?first=50&at=R', () => `/revisions?first=50&at=${anew()}`],
  ['/feed.atom?at=R', () => `/feed.atom?at=${anew()}`],
  ['/feed.atom', () => '/feed.atom'],
  ['/requirements', () => '/requirements'],
];

const HEADINGS = ['Question', 'CPU p50', 'p99', 'worst', 'wall p50', 'p99', 'worst', 'answer, kB'];

/** What a long history costs. */
export const history: Part = {
  name: 'history',
  async run({ folder }, say) {
    const file = await makeStore(folder, say);
    const facts = [storeFact(file), loadFact(file)];
    const rows: string[][] = [];
    const server = await startServer(file);
    try {
      const verified = Math.round(server.verifiedMs / 1e3);
      facts.push(`The service listens after ${Math.round(server.startMs)} ms, with ${server.rss()} MB resident.`);
      facts.push(`After ${verified} s every revision is verified; what follows was asked then.`);
      facts.forEach(say);
      for (const [name, target] of QUESTIONS) {
        for (let i = 0; i < WARM_UP; i++) await server.ask(target());
        const taken: Taken[] = [];
        for (let i = 0; i < POINTS; i++) taken.push(await server.ask(target()));
        const row = rowOf(name, taken);
        rows.push(row);
        say(row.join('  '));
      }
      facts.push(`After all that it has ${server.rss()} MB resident.`);
    } finally {
      await server.stop();
    }
    return `## What a long history costs

A store is made, the same at every run, and the service that runs on it in a process of its own is asked over the
loopback. Each question is asked at ${POINTS} points, R being a revision at random, after ${WARM_UP} that do not count. No answer
with an R was asked for before, so none is kept. Times are milliseconds: the CPU time of all the server's threads for one
request, and the time that passed for the client, without compression.

${facts.map((fact) => `* ${fact}`).join('\n')}

${table(HEADINGS, rows)}`;
  },
};

function storeFact(file: string): string {
  const size = (statSync(file).size / 1e6).toFixed(1);
  return `Store: ${size} MB for ${REVISIONS} revisions of ${ADDRESSES} addresses, ${CHANGES} changes each.`;
}

/** Reads the store in a process of its own. */
function loadFact(file: string): string {
  const loaded = JSON.parse(
    execFileSync(process.execPath, [path.join(import.meta.dirname, 'load.ts'), file], { encoding: 'utf8' }),
  ) as { readonly ms: number; readonly before: number; readonly after: number };
  return `Read into memory in ${loaded.ms} ms; resident before ${loaded.before} MB, after ${loaded.after} MB.`;
}

function rowOf(name: string, taken: readonly Taken[]): string[] {
  const shown = (values: readonly number[]) => [0.5, 0.99, 1].map((q) => quantile(values, q).toFixed(1));
  return [
    `\`${name}\``,
    ...shown(taken.map(({ cpuMs }) => cpuMs)),
    ...shown(taken.map(({ wallMs }) => wallMs)),
    (Math.max(...taken.map(({ bytes }) => bytes)) / 1e3).toFixed(0),
  ];
}
