import { afterEach, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { exchange } from './exchange.js';

const open: RunningService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.stop();
});
const start = async (settings: Readonly<Record<string, string>>) => {
  const service = await startService(settings);
  open.push(service);
  return service;
};

const SAID = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
};

describe('what browsers are told', () => {
  it('stands on every answer, kept or made, refused or not', async () => {
    const service = await start({ PUBLIC_URL: 'http://gatepost.example' });
    const line = (first: string, more = '') => `${first} HTTP/1.1\r\nHost: a\r\n${more}Connection: close\r\n\r\n`;
    for (const bytes of [
      line('GET /requirements'),
      line('GET /requirements'),
      line('GET /requirements', 'If-None-Match: *\r\n'),
      line('HEAD /version'),
      line('GET /'),
      line('GET /status'),
      line('GET /nowhere'),
      line('GET /hosts/%ff'),
      line('POST /requirements'),
      line('OPTIONS /requirements', 'Origin: https://a.example\r\nAccess-Control-Request-Method: GET\r\n'),
      line('GET /graphql?query=%7Bproduct%7Bname%7D%7D', 'Apollo-Require-Preflight: 1\r\n'),
      line('HELLO /'),
      'nonsense\r\n\r\n',
    ]) {
      const { headers } = await exchange(service.url, bytes);
      expect(headers, bytes).toMatchObject(SAID);
      expect(headers, bytes).not.toHaveProperty('strict-transport-security');
    }
  });

  it('is a policy of its own on pages', async () => {
    const service = await start({});
    for (const path of ['/docs', '/problems', '/graphql']) {
      const { headers } = await service.ask.get(path).set('Accept', 'text/html').expect(200);
      expect(headers['content-security-policy']).toContain("base-uri 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('is to come by https alone, where that is how clients come', async () => {
    const service = await start({ PUBLIC_URL: 'https://gatepost.example' });
    for (let i = 0; i < 2; i++) {
      const { headers } = await service.ask.get('/version').expect(200);
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
    }
  });
});
