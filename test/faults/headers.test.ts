import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ RATE_LIMIT: 'off' });
});
afterAll(() => service.stop());

/** What breaks a header where it gets into one: line breaks, NUL, what no byte says, and halves of what two units say. */
const odd = fc.oneof(
  fc.constantFrom('a\r\nset-cookie: a=b', '\n', '\0', '"; filename=x', '🔥', 'Grüße', '\ud800', '\u2028', '\x7f'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const escaped = (text: string) => encodeURIComponent(text.toWellFormed());

/** Every place from which something could get into a header of the answer. */
const addresses: readonly ((text: string) => string)[] = [
  (text) => `/${text}`,
  (text) => `/exports/${text}`,
  (text) => `/exports/csv?option=${text}`,
  (text) => `/exports/${text}/replicated/upgrade/online`,
  (text) => `/exports/csv/${text}/upgrade/online`,
  (text) => `/exports/nftables?fill=third-party-registries:${text}`,
  (text) => `/requirements?task=${text}`,
  (text) => `/requirements?at=${text}`,
  (text) => `/requirements/replicated/upgrade/online/${text}`,
  (text) => `/hosts/${text}`,
  (text) => `/lookup?q=${text}`,
  (text) => `/changes?after=${text}`,
  (text) => `/feed.atom?host=${text}`,
  (text) => `/graphql?query=${text}`,
  (text) => `/problems/${text}`,
];

it('row 65: nothing that a client says gets into a header, or breaks one', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...addresses), odd, async (address, text) => {
      const answer = await fetch(new URL(address(escaped(text)), service.url), {
        headers: { 'x-request-id': 'mine', 'apollo-require-preflight': '1' },
      });
      await answer.arrayBuffer();
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(answer.headers.get('x-request-id')).not.toBe('mine');
      for (const [, value] of answer.headers) expect(value).toMatch(/^[\x20-\x7e]*$/);
    }),
    { numRuns: 400 },
  );
});
