import { fakeUpstream, list, type FakeUpstream } from '../fake-upstream.js';
import { startProcess, type ServiceProcess } from '../e2e/process.js';
import { NEWEST, trueList, until } from '../e2e/service.js';

/** What `/admin/refresh` says. */
export interface Refreshed {
  readonly outcome: string;
  readonly reason: string | null;
  readonly revision: number;
}

/** A service of its own process over a fake upstream. */
export interface Served {
  readonly service: ServiceProcess;
  readonly url: string;
  readonly upstream: FakeUpstream;
  readonly refresh: () => Promise<Refreshed>;
  /** What an operator asks for. */
  readonly admin: (method: string, path: string, body?: object) => Promise<Response>;
  /** What clients get, with what it is told by. */
  readonly answers: () => Promise<readonly (readonly [status: number, etag: string | null, body: string])[]>;
  readonly lastReason: () => Promise<string | null>;
  readonly end: () => Promise<void>;
}

const PROBES = [
  '/requirements',
  '/addresses',
  '/hosts',
  '/catalog',
  '/ports',
  '/revisions',
  '/lookup?q=162.159.137.43',
];

/** The newest list with so many addresses more. */
export function longer(by: number): string {
  const more = Array.from({ length: by }, (_, i) => `"52.7.167.${120 + i}",`).join(' ');
  return trueList(NEWEST).replace('"50.19.197.213",', `"50.19.197.213", ${more}`);
}

/** Starts a service that has read its list. */
export async function serve(
  settings: Readonly<Record<string, string>>,
  start: (settings: Readonly<Record<string, string>>) => ServiceProcess = startProcess,
): Promise<Served> {
  const upstream = await fakeUpstream(list(longer(1)));
  const service = start({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    ADMIN_TOKENS: 'ops:a-token',
    RATE_LIMIT: 'off',
    DRAIN_SECONDS: '0',
    ...settings,
  });
  const url = await service.url;
  const status = async () =>
    (await (await fetch(`${url}/status`)).json()) as {
      checkedAt: string | null;
      upstream: { lastError: { reason: string } | null };
    };
  const admin = (method: string, path: string, body?: object) =>
    fetch(`${url}/admin/${path}`, {
      method,
      headers: {
        authorization: 'Bearer a-token',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  await until('the list is read', async () => (await status()).checkedAt !== null);
  return {
    service,
    url,
    upstream,
    refresh: async () => (await (await admin('POST', 'refresh')).json()) as Refreshed,
    admin,
    answers: () =>
      Promise.all(
        PROBES.map(async (path) => {
          const response = await fetch(`${url}${path}`);
          return [response.status, response.headers.get('etag'), await response.text()] as const;
        }),
      ),
    lastReason: async () => (await status()).upstream.lastError?.reason ?? null,
    end: async () => {
      service.child.kill('SIGKILL');
      await service.ended;
      await upstream.close();
    },
  };
}
