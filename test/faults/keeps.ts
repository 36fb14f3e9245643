import { expect } from 'vitest';
import { startService, until, type RunningService } from '../e2e/service.js';
import { PROBES, exportProbes, nameOf, type Probe } from './probe.js';

const TOKEN = 'a-token';

/** A service whose every answer is looked at. */
export interface Watched {
  readonly service: RunningService;
  /** Body and ETag of every question, by its name. */
  answers(): Promise<ReadonlyMap<string, string>>;
  /** Polls now, and says how that ended. */
  refresh(): Promise<{ readonly outcome: string; readonly reason: string | null }>;
  status(): Promise<Status>;
}

interface Status {
  readonly freshness: string;
  readonly checkedAt: string | null;
  readonly nextCheckAt: string | null;
  readonly catalog: { readonly lastError: unknown };
  readonly upstream: { readonly consecutiveFailures: number; readonly lastError: { readonly reason: string } | null };
}

/** Starts a service whose first poll is over, and learns what it answers. */
export async function startWatched(settings: Readonly<Record<string, string>>, now?: () => Date): Promise<Watched> {
  const service = await startService({ REFRESH_SECONDS: '3600', ADMIN_TOKENS: `ops:${TOKEN}`, ...settings }, now);
  const ask = ({ method, path, body }: Probe) =>
    method === 'GET'
      ? service.ask.get(path).buffer(true)
      : service.ask.post(path).set('content-type', 'application/json').send(body!);
  const probes: Probe[] = [...PROBES];
  const { body } = await service.ask.get('/exports').expect(200);
  for (const { id } of (body as { formats: { id: string }[] }).formats) {
    for (const probe of exportProbes(id)) {
      if ((await ask(probe)).status !== 200) continue;
      probes.push(probe);
      break;
    }
  }
  const watched: Watched = {
    service,
    async answers() {
      const answers = new Map<string, string>();
      for (const probe of probes) {
        const answer = await ask(probe);
        expect([nameOf(probe), answer.status]).toEqual([nameOf(probe), 200]);
        const bytes = answer.body instanceof Buffer ? answer.body.toString('base64') : answer.text;
        answers.set(nameOf(probe), `${answer.headers['etag'] ?? 'no tag'} ${bytes ?? JSON.stringify(answer.body)}`);
      }
      return answers;
    },
    async refresh() {
      const answer = await service.ask.post('/admin/refresh').set('authorization', `Bearer ${TOKEN}`).expect(200);
      return answer.body as { outcome: string; reason: string | null };
    },
    status: async () => (await service.ask.get('/status').expect(200)).body as Status,
  };
  await until('the first poll is over', async () => (await watched.status()).nextCheckAt !== null);
  return watched;
}
