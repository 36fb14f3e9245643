import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';

// The service takes them as they are: what is wrong with them is to be seen here.
it.each(['catalog', 'upstream'])('schema/%s.schema.json is a schema of JSON Schema 2020-12', (name) => {
  const ajv = new Ajv2020();
  const schema = JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), 'utf8')) as object;
  expect(schema).toHaveProperty('$schema', 'https://json-schema.org/draft/2020-12/schema');
  expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
});
