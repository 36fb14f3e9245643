import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../src/graphql/limits.js';
import { PROBLEMS } from '../src/answer/problem.js';
import { Reader } from './docs/reader.js';
import { serviceWithPast, type AskedService } from './docs/service.js';

const PAGES = ['README.md', 'docs/rest.md', 'docs/graphql.md', 'docs/catalog.md'];
const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

let service: AskedService;
beforeAll(async () => {
  service = await serviceWithPast();
});
afterAll(() => service.stop());

const asking: AskedService = {
  get url() {
    return service.url;
  },
  send: (asked) => service.send(asked),
  stop: () => Promise.resolve(),
};

describe.each(PAGES)('%s', (page) => {
  const reader = new Reader(textOf(page), asking);
  afterAll(() => reader.stop());

  it.each(
    reader.examples().map((example) => [example.block.line, example.block.text.split('\n', 1)[0], example] as const),
  )('line %i: %s', async (_line, _text, example) => {
    await reader.follow(example);
  });

  if (page === 'docs/catalog.md') {
    it('puts together the catalog that stands beside it', () => {
      expect(reader.catalog).toBe(textOf('docs/harbourline.yaml'));
    });
  }
});
