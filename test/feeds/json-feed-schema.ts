import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true });
// The package is CommonJS; its function is the default of the default where types say otherwise.
(addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
const schema = JSON.parse(readFileSync(new URL('json-feed.schema.json', import.meta.url), 'utf8')) as object;
const validate = ajv.compile(schema);

/** What is wrong with a JSON Feed; empty where nothing is. */
export function faultsOfJsonFeed(feed: unknown): readonly object[] {
  return validate(feed) ? [] : (validate.errors ?? []);
}
