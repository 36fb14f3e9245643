import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { BOMBS } from './bombs.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const send = (body: unknown) =>
  service.ask
    .post('/graphql')
    .set('Content-Type', 'application/json')
    .send(body as object);

describe.each(BOMBS)('a request that %s', (_what, body) => {
  it('is refused in less than 4 KB, in words that help', async () => {
    const { status, text } = await send(body);
    expect(status).toBeLessThan(500);
    expect(Buffer.byteLength(text)).toBeLessThan(4_096);
    const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors.length).toBeGreaterThan(0);
    for (const { message, extensions } of errors) {
      expect(message).not.toBe('');
      expect(extensions.code).toMatch(
        /^(?:document-too-large|invalid-document|malformed-|invalid-parameters|unknown-)/,
      );
    }
  });
});

it('an object of too many members is refused as a whole', async () => {
  const selection = (members: number) => Object.fromEntries(Array.from({ length: members }, (_, i) => [`t${i}`, 1]));
  const query = 'query($selection: SelectionInput) { requirements(selection: $selection) { nodes { ref } } }';
  const errorOf = async (members: number) => {
    const { text } = await send({ query, variables: { selection: selection(members) } }).expect(400);
    return (JSON.parse(text) as { errors: { message: string; extensions: object }[] }).errors[0];
  };
  expect(await errorOf(101)).toMatchObject({
    message: 'The variable "$selection" has 101 members; no input here has more than 100.',
    extensions: { code: 'invalid-parameters' },
  });
  expect((await errorOf(100))?.message).toContain('t0');
});

it('a limit says in numbers what is too large, and what is allowed', async () => {
  const { text } = await send({ query: `{ ${'a '.repeat(301)} }` }).expect(400);
  const [error] = (JSON.parse(text) as { errors: { message: string; extensions: object }[] }).errors;
  expect(error?.extensions).toEqual({ code: 'document-too-large', limit: 'fields', actual: 301, allowed: 300 });
  expect(error?.message).toContain('301');
  expect(error?.message).toContain('300');
});

it('afterwards everything is answered as before', async () => {
  await service.ask.get('/requirements?task=upgrade&mode=online').expect(200);
  const { text } = await send({ query: '{ product { name } }' }).expect(200);
  expect(JSON.parse(text)).toEqual({ data: { product: { name: 'replicated' } } });
});
