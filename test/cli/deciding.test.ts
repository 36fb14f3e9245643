import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_START, startService, type RunningService } from '../e2e/service.js';

const run = promisify(execFile);
const GATEPOST = path.join(import.meta.dirname, '../../dist/cli/gatepost.js');

let service: RunningService;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: 'ana:a-token' });
});
afterAll(() => service.stop());

/** What the command line prints, or says on its way out. */
async function gatepost(words: readonly string[], token = 'a-token') {
  const env = { PATH: process.env['PATH'], GATEPOST_URL: service.url, GATEPOST_TOKEN: token };
  try {
    const { stdout } = await run(process.execPath, [GATEPOST, ...words], { env });
    return { code: 0, said: JSON.parse(stdout) as object };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

describe('an operator at the command line', () => {
  it('sees what is held', async () => {
    expect(await gatepost(['held', 'list'])).toEqual({ code: 0, said: { held: [] } });
  });

  it('revokes an address and lets it in again', async () => {
    const revoked = await gatepost(['revoke', '162.159.137.43', '--note', 'compromised']);
    expect(revoked).toMatchObject({ code: 0, said: { revision: AT_START + 1, revoked: ['162.159.137.43/32'] } });
    expect((await service.ask.get('/revisions/latest').expect(200)).body).toMatchObject({
      by: 'ana',
      note: 'compromised',
    });
    expect((await gatepost(['restore', '162.159.137.43'])).code).toBe(0);
  });

  it('pins a revision and lets go of it', async () => {
    expect(await gatepost(['pin', '20', '--note', 'wait'])).toMatchObject({ code: 0 });
    expect((await service.ask.get('/status').expect(200)).body).toMatchObject({
      freshness: 'pinned',
      pin: { note: 'wait' },
    });
    expect((await gatepost(['unpin'])).code).toBe(0);
  });

  it.each([
    [['held', 'approve', 'sha256-none'], 'a-token', 'Nothing is held'],
    [['pin', 'latest'], 'a-token', 'whole number'],
    [['held', 'list'], 'wrong', 'Send "Authorization: Bearer <token>"'],
    [['held', 'list'], '', 'GATEPOST_TOKEN'],
    [['held', 'list', '--url', 'http://127.0.0.1:9'], 'a-token', 'No service answers at http://127.0.0.1:9'],
  ])('is told in words what is wrong with %j', async (words, token, sentence) => {
    const { code, said } = await gatepost(words, token);
    expect(code).toBe(1);
    expect(said).toContain(sentence);
  });
});
