import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SIZES, catalogText, hostsOf, listText, type Size } from './large-catalog.ts';
import { startLarge, startUpstream, type LargeServer, type Taken } from './large-server.ts';

/** So many refreshes are measured, each of which replaces one address in a hundred. */
const REFRESHES = 5;
const CALM_MS = 4_000;
/** Each question is asked of so many things, none twice. */
const POINTS = 40;
const WARM_UP = 15;
/** Node keeps the pages of a thread that has ended for so long. */
const RELEASED_MS = 12_000;

const say = (text: string) => process.stderr.write(`${text}\n`);

/**
 * What a large catalog costs: a section of Markdown.
 *
 * @param only the name of one size; without it, all are measured.
 */
export async function run(only?: string): Promise<string> {
  const measured: Measured[] = [];
  for (const size of SIZES.filter(({ name }) => only === undefined || name === only))
    measured.push(await measure(size));
  return section(measured);
}

interface Measured {
  readonly size: Size;
  readonly facts: ReadonlyMap<string, string>;
  readonly questions: ReadonlyMap<string, readonly Taken[]>;
}

async function measure(size: Size): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatepost-scale-'));
  const upstream = await startUpstream(listText(size, 0));
  const catalog = path.join(folder, 'catalog.yaml');
  const database = path.join(folder, 'gatepost.db');
  writeFileSync(catalog, catalogText(size, upstream.url));
  const facts = new Map<string, string>();
  const fact = (name: string, value: string) => {
    facts.set(name, value);
    say(`${size.name}: ${name}: ${value}`);
  };
  try {
    let server = await startLarge(catalog, upstream.url, database);
    try {
      fact('start without a store, ms', server.startMs.toFixed(0));
      await server.loop();
      const begun = performance.now();
      while ((await server.ask('/version')).status !== 200) await sleep(20);
      fact('until the first list is served, ms', (performance.now() - begun).toFixed(0));
      const first = await server.loop();
      fact('longest hold meanwhile, ms (CPU)', `${first.worst.toFixed(1)} (${first.held.toFixed(1)})`);
      await measureRefreshes(server, size, upstream.publish, fact);
      const questions = await measureQuestions(server, size);
      await server.loop(true);
      await sleep(RELEASED_MS);
      fact('resident after all questions, MB', (await server.loop(true)).rss.toFixed(0));
      await server.stop();
      server = await startLarge(catalog, upstream.url, database);
      fact('start with the store, ms', server.startMs.toFixed(0));
      return { size, facts, questions };
    } finally {
      await server.stop();
    }
  } finally {
    await upstream.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measureRefreshes(
  server: LargeServer,
  size: Size,
  publish: (list: string) => void,
  fact: (name: string, value: string) => void,
): Promise<void> {
  const [host = ''] = hostsOf(size);
  const small = ['/version', `/requirements?host=${host}`];
  // Until it is compiled and the revisions are verified.
  for (let i = 0; i < 300; i++) await server.ask(small[i % 2]!);
  await sleep(RELEASED_MS);
  await server.loop(true);
  const { rss, heap } = await server.loop(true);
  fact('resident, MB', rss.toFixed(0));
  say(`heap ${heap.toFixed(0)} MB`);
  const until = performance.now() + CALM_MS;
  const calm = await polled(server, small, () => performance.now() < until);
  const calmLoop = await server.loop();
  const busy: number[] = [];
  const lasted: number[] = [];
  let worst = 0;
  let held = 0;
  let collection = 0;
  for (let version = 1; version <= REFRESHES; version++) {
    publish(listText(size, version));
    await server.loop();
    const begun = performance.now();
    let isOver = false;
    const refresh = server.ask('/admin/refresh', 'POST').then(() => {
      isOver = true;
      lasted.push(performance.now() - begun);
    });
    busy.push(...(await polled(server, small, () => !isOver)));
    await refresh;
    const loop = await server.loop();
    worst = Math.max(worst, loop.worst);
    held = Math.max(held, loop.held);
    collection = Math.max(collection, loop.longestCollectionMs);
  }
  const three = (values: readonly number[]) => [0.5, 0.99, 1].map((q) => quantile(values, q).toFixed(2)).join(' / ');
  fact('a refresh lasts, ms (median)', quantile(lasted, 0.5).toFixed(0));
  fact('small requests in calm, ms p50 / p99 / worst', three(calm));
  fact('during a refresh', three(busy));
  fact('event loop held at most in calm, ms (CPU)', `${calmLoop.worst.toFixed(1)} (${calmLoop.held.toFixed(1)})`);
  fact('during a refresh, ms (CPU)', `${worst.toFixed(1)} (${held.toFixed(1)})`);
  fact('of that the longest collection of garbage, ms', collection.toFixed(1));
  await server.loop(true);
  await sleep(RELEASED_MS);
  const after = await server.loop(true);
  fact('resident after the refreshes, MB', after.rss.toFixed(0));
  say(`heap ${after.heap.toFixed(0)} MB`);
}

/** Asks one after another, without a pause. Says what each took. */
async function polled(server: LargeServer, targets: readonly string[], goesOn: () => boolean): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; goesOn(); i++) taken.push((await server.ask(targets[i % targets.length]!)).wallMs);
  return taken;
}

async function measureQuestions(server: LargeServer, size: Size): Promise<Map<string, Taken[]>> {
  const hosts = hostsOf(size).filter((_, i) => i % Math.max(1, Math.floor(size.hosts / (POINTS + WARM_UP + 1))) === 0);
  const list = JSON.parse(listText(size, REFRESHES)) as Record<string, { current: string[] }>;
  const cidr = (i: number) => list[hosts[i % hosts.length]!]!.current[i % 2]!;
  const questions: readonly (readonly [name: string, target: (i: number) => string, points?: number])[] = [
    ['/version', () => '/version'],
    [
      '/requirements?host=H',
      (i) =>
        `/requirements?host=${hosts[i % hosts.length]}&port=${1 + Math.floor(i / hosts.length)}`.replace('&port=1', ''),
    ],
    ['/addresses?host=H', (i) => `/addresses?host=${hosts[i % hosts.length]}`],
    ['/addresses?host=H&aggregate=true', (i) => `/addresses?host=${hosts[i % hosts.length]}&aggregate=true`],
    ['/hosts/H', (i) => `/hosts/${hosts[i % hosts.length]}`],
    ['/lookup?q=address', (i) => `/lookup?q=${cidr(i)}`],
    ['/lookup?q=unknown address', (i) => `/lookup?q=3.${i}.7.9`],
    ['/lookup?q=H', (i) => `/lookup?q=${hosts[i % hosts.length]}`],
    ['/changes?host=H', (i) => `/changes?host=${hosts[i % hosts.length]}`],
    [
      '/requirements?task=T&mode=M',
      (i) => `/requirements?task=${TASKS[i % 5]}&mode=${i < 5 ? 'online' : 'airgap'}`,
      10,
    ],
    [
      '/addresses?task=T&mode=M&aggregate=true',
      (i) => `/addresses?task=${TASKS[i % 5]}&mode=${i < 5 ? 'online' : 'airgap'}&aggregate=true`,
      10,
    ],
  ];
  const taken = new Map<string, Taken[]>();
  for (const [name, target, points = POINTS + WARM_UP] of questions) {
    const own: Taken[] = [];
    for (let i = 0; i < points; i++) own.push(await server.ask(target(i)));
    const counted = own.slice(points === POINTS + WARM_UP ? WARM_UP : 2);
    taken.set(name, counted);
    const cpu = counted.map(({ cpuMs }) => cpuMs);
    const bytes = quantile(
      counted.map((one) => one.bytes),
      0.5,
    );
    say(
      `${size.name}: ${name}: ${quantile(cpu, 0.5).toFixed(2)} ms of CPU, worst ${quantile(cpu, 1).toFixed(2)}, ${(bytes / 1e3).toFixed(1)} kB, ${counted.at(-1)!.status}`,
    );
  }
  return taken;
}

const TASKS = ['install', 'upgrade', 'run', 'support', 'migrate'];

function section(measured: readonly Measured[]): string {
  const facts = [...measured[0]!.facts.keys()].map((name) => [name, ...measured.map((one) => one.facts.get(name)!)]);
  const questions = [...measured[0]!.questions.keys()].map((name) => [
    `\`${name}\``,
    ...measured.map(({ questions }) => {
      const taken = questions.get(name)!;
      const middle = (of: (one: Taken) => number) => quantile(taken.map(of), 0.5);
      return `${middle(({ cpuMs }) => cpuMs).toFixed(2)} ms, ${(middle(({ bytes }) => bytes) / 1e3).toFixed(1)} kB`;
    }),
  ]);
  const sizes = measured.map(
    ({ size: { addresses, hosts, requirements } }) =>
      `${addresses.toLocaleString('en')} addresses, ${hosts.toLocaleString('en')} hosts, ${requirements.toLocaleString('en')} requirements`,
  );
  return `## What a large catalog costs

Catalogs and lists are made, the same at every run, with the shapes that clouds publish: many service hosts, blocks of
/20 to /32 and /32 to /128, some behind two hosts, some dated. A refresh replaces one address in a hundred; ${REFRESHES} of
them are measured. Small requests are \`/version\` and \`/requirements?host=\` in a tight loop on one connection. The event
loop is watched at a resolution of 1 ms in the service's own process. Residency is after garbage was collected.

${table(['', ...sizes], facts)}

What a request costs whose answer is not kept: CPU time of all the server's threads (median), and the answer's size.

${table(['Question', ...measured.map(({ size }) => size.name)], questions)}
`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(await run(process.argv[2]));
