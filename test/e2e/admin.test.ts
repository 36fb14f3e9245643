import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_START, startService, type RunningService } from './service.js';

describe('without tokens', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('there is no /admin', async () => {
    const { body } = await service.ask.post('/admin/refresh').set('Authorization', 'Bearer x').expect(404);
    expect(body).toMatchObject({ type: '/problems/not-found' });
    await service.ask.get('/admin/refresh').expect(404);
    await service.ask.post('/admin/refresh').type('text/plain').send('x').expect(404);
    await service.ask.get('/admin').expect(404);
  });
});

describe('with tokens', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService({ ADMIN_TOKENS: 'ops:a-token,night:b:token' });
  });
  afterAll(() => service.stop());

  it.each([
    ['none', undefined],
    ['a wrong one', 'Bearer wrong'],
    ['a longer one', 'Bearer a-tokens'],
    ['a shorter one', 'Bearer a-toke'],
    ['the name as well', 'Bearer ops:a-token'],
    ['another scheme', 'Basic a-token'],
    ['an empty one', 'Bearer '],
  ])('%s is refused with 401', async (_name, authorization) => {
    const test = service.ask.post('/admin/refresh');
    const { body, headers } = await (
      authorization === undefined ? test : test.set('Authorization', authorization)
    ).expect(401);
    expect(body).toMatchObject({ type: '/problems/unauthorized' });
    expect(headers['www-authenticate']).toBe('Bearer realm="gatepost"');
    expect(JSON.stringify(body)).not.toContain('a-token');
  });

  it.each(['Bearer a-token', 'bearer b:token'])('%s is let in', async (authorization) => {
    const { body, headers } = await service.ask.post('/admin/refresh').set('Authorization', authorization).expect(200);
    expect(body).toMatchObject({ outcome: 'failed', reason: 'network', revision: AT_START });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('JSON without a body is as good as none', async () => {
    await service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').type('json').send('{}').expect(200);
  });
});
