import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PreviewShape } from '../../src/answer/shapes/preview.js';
import { startService, type RunningService } from './service.js';

const SHIPPED = readFileSync(new URL('../../catalogs/replicated.yaml', import.meta.url), 'utf8');

let service: RunningService;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: 'ops:a-token' });
});
afterAll(() => service.stop());

const post = (type: string) =>
  service.ask.post('/admin/preview').set('Authorization', 'Bearer a-token').set('Content-Type', type);
const preview = async (text: string, type = 'application/yaml'): Promise<PreviewShape> =>
  (await post(type).send(text).expect(200)).body as PreviewShape;

describe('a catalog that is tried out', () => {
  it('changes nothing where it is the one that is served', async () => {
    const { errors, promises, changes } = await preview(SHIPPED);
    expect([errors, changes]).toEqual([[], []]);
    expect(promises.map(({ holds }) => holds)).toEqual([true, true]);
  });

  it('says what it would change, and publishes nothing', async () => {
    const before = (await service.ask.get('/requirements').expect(200)).text;
    const { errors, changes } = await preview(SHIPPED.replace('title: Where the administrators sit', 'title: Admins'));
    expect(errors).toEqual([]);
    expect(changes[0]).toMatchObject({
      subject: 'catalog',
      kind: 'modified',
      reason: 'text',
      action: { byName: 'none', byAddress: 'none' },
      current: { zones: { name: 'admin-network', title: 'Admins' } },
    });
    const { revision } = (await service.ask.get('/version').expect(200)).body as { revision: number };
    expect(changes.map(({ id }) => id)).toEqual(changes.map((_, i) => `${revision + 1}-${i + 1}`));
    expect((await service.ask.get('/requirements').expect(200)).text).toBe(before);
  });

  it('says every error at its place', async () => {
    const { errors, changes } = await preview(SHIPPED.replace('tcp: 8800', 'tcp: 880000'));
    expect(errors).toMatchObject([
      { file: 'replicated.yaml', line: 133, column: 20, path: '/requirements/0/ports/0/tcp', found: '880000' },
    ]);
    expect(changes).toEqual([]);
  });

  it('says which promise it breaks, by which row, and what it would change', async () => {
    const broken = SHIPPED.replace(
      '{ online: required, airgap: not-required }',
      '{ online: required, airgap: required }',
    );
    const { errors, promises, changes } = await preview(broken);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('The row breaks the promise')]);
    expect(promises.map(({ holds }) => holds)).toEqual([false, true]);
    expect(changes.map(({ reason }) => reason)).toContain('widened');
  });

  it('says what is doubtful', async () => {
    const { doubts } = await preview(SHIPPED.replace('endpoints:\n', 'endpoints:\n  unneeded.com: { kind: host }\n'));
    expect(doubts).toContain('The endpoint "unneeded.com" is in no requirement.');
  });

  it('may not be of another product', async () => {
    const { errors } = await preview(SHIPPED.replace('product: replicated', 'product: other'));
    expect(errors).toMatchObject([{ path: '/product' }]);
  });

  it.each(['text/yaml; charset=utf-8', 'application/json', 'application/json; charset=utf-8'])(
    'may come as %s, with faults in their lines',
    async (type) => {
      const json = JSON.stringify({ ...(parse(SHIPPED) as object), tittle: 'x' }, null, 2);
      const line = json.split('\n').findIndex((text) => text.includes('"tittle"')) + 1;
      expect((await preview(json, type)).errors).toMatchObject([{ line, path: '/tittle', didYouMean: 'title' }]);
    },
  );

  it('may be as large as a catalog can be, and not larger', async () => {
    const padded = (bytes: number) => `${SHIPPED}#${'x'.repeat(bytes - SHIPPED.length)}`;
    expect((await preview(padded(4 * 1024 * 1024))).errors).toEqual([]);
    const { body } = await post('application/yaml')
      .send(padded(5 * 1024 * 1024 + 1))
      .expect(413);
    expect(body).toMatchObject({ type: '/problems/content-too-large' });
  });

  it('is nothing at all, and says so', async () => {
    const { body } = await service.ask.post('/admin/preview').set('Authorization', 'Bearer a-token').expect(200);
    expect((body as PreviewShape).errors.map(({ message }) => message)).toEqual(['The file is empty.']);
  });
});

describe('what is refused', () => {
  it('is another kind of body', async () => {
    await post('text/plain').send('product: replicated').expect(415);
  });

  it('is YAML elsewhere', async () => {
    const refused = service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').type('application/yaml');
    expect((await refused.send('a: 1').expect(415)).body).toMatchObject({ type: '/problems/unsupported-media-type' });
    await service.ask
      .post('/graphql')
      .type('application/yaml')
      .send(`a: ${'x'.repeat(70_000)}`)
      .expect(413);
  });

  it('is whoever has no token, and a parameter', async () => {
    await service.ask.post('/admin/preview').type('application/yaml').send(SHIPPED).expect(401);
    await post('application/yaml').query({ dry: 'true' }).send(SHIPPED).expect(400);
  });
});
