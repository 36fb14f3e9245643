import { NEWEST, startService, trueList, until, type RunningService } from '../e2e/service.js';
import { fakeUpstream, list } from '../fake-upstream.js';

/** The address that `publish` adds to api.replicated.com. */
export const ADDED = '52.7.167.120/32';

/** A running service, and a hand on the list that it reads. */
export interface Publishing {
  readonly service: RunningService;
  /** Publishes a revision: with one more address of api.replicated.com and nothing else, or without it again. */
  publish(which?: 'with' | 'without'): Promise<void>;
  stop(): Promise<void>;
}

export async function startPublishing(): Promise<Publishing> {
  const upstream = await fakeUpstream(list(trueList(NEWEST)));
  const service = await startService({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    ADMIN_TOKENS: 'ops:a-token',
    GRACE_DAYS: '0',
  });
  await until('the first poll is over', async () => {
    const { body } = await service.ask.get('/status').expect(200);
    return (body as { nextCheckAt: string | null }).nextCheckAt !== null;
  });
  return {
    service,
    async publish(which = 'with') {
      upstream.answer(list(which === 'with' ? withAddress('api.replicated.com', ADDED) : trueList(NEWEST)));
      const { body } = await service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').expect(200);
      const { outcome } = body as { outcome: string };
      if (outcome !== 'published') throw new Error(`The new list was not published: ${JSON.stringify(body)}`);
    },
    async stop() {
      await service.stop();
      await upstream.close();
    },
  };
}

function withAddress(host: string, cidr: string): string {
  const hosts = JSON.parse(trueList(NEWEST)) as Record<string, { current?: string[] }>;
  hosts[host]?.current?.push(cidr.replace(/\/32$/, ''));
  return JSON.stringify(hosts);
}
