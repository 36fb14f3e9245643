import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess } from '../../e2e/process.ts';
import { fakeUpstream } from '../../fake-upstream.ts';
import type { Tally } from './kills.ts';
import { judge } from './verdict.ts';

const LIST = path.join(import.meta.dirname, '../../fixtures/ip-list/2023-04-06T172229Z.json');
const KILLS_A_STORE = 20;
/** The longest that a service lives on once it listens. */
const LIFE_MS = 400;

/** Kills whole services at random moments of polls that each bring another list. */
export async function serviceKills(
  folder: string,
  count: number,
  random: () => number,
  say: (line: string) => void,
): Promise<Tally> {
  const list = await readFile(LIST, 'utf8');
  let polls = 0;
  const upstream = await fakeUpstream((_request, response) => {
    const address = `52.7.${(polls >> 8) & 255}.${polls++ & 255}`;
    response.end(list.replace('"50.19.197.213",', `"50.19.197.213", "${address}",`));
  });
  const faults: string[] = [];
  const mended: string[] = [];
  let [amid, revisions, seen] = [0, 0, 0];
  try {
    for (let kill = 0; kill < count; kill++) {
      const home = path.join(folder, `service-${Math.floor(kill / KILLS_A_STORE)}`);
      if (kill % KILLS_A_STORE === 0) {
        await mkdir(home);
        seen = 0;
      }
      const store = path.join(home, 'gatepost.db');
      const service = startProcess({
        DATABASE_URL: `file:${store}`,
        UPSTREAM_URL: upstream.url.href,
        REFRESH_SECONDS: '1',
        GRACE_DAYS: '0',
        ADMIN_TOKENS: 'ops:a-token',
        RATE_LIMIT: 'off',
      });
      const url = await service.url;
      const before = seen;
      const first = await fetch(`${url}/version`);
      const served = Number(first.headers.get('gatepost-revision'));
      if (first.status !== 200 || served < seen) faults.push(`service kill ${kill}: served ${served} after ${seen}`);
      const timer = sleep(random() * LIFE_MS).then(() => service.child.kill('SIGKILL'));
      for (;;) {
        const number = await refreshed(url);
        if (number === undefined) break;
        seen = Math.max(seen, number);
      }
      await timer;
      const { stdout } = await service.ended;
      mended.push(...stdout.split('\n').filter((line) => line.includes('recovered')));
      if (seen > before) amid++;
      revisions += Math.max(0, seen - served);
      const verdict = await judge(store, seen === 0 ? [] : [{ revision: seen, digest: null }]);
      faults.push(...verdict.faults.map((fault) => `service kill ${kill}: ${fault}`));
      mended.push(...verdict.mended);
      if ((kill + 1) % 20 === 0) say(`${kill + 1} kills of a service, ${faults.length} faults`);
    }
  } finally {
    await upstream.close();
  }
  return { kills: count, amid, revisions, faults, mended };
}

/** The revision that a poll by an operator says is served; `undefined` once nobody answers. */
async function refreshed(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${url}/admin/refresh`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-token' },
    });
    return ((await response.json()) as { readonly revision: number }).revision;
  } catch {
    // Killed.
    return undefined;
  }
}
