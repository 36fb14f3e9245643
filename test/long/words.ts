import { Connection } from './connection.ts';
import type { Random } from './random.ts';

/** Values that are hostile or strange, percent-encoded as they are sent. */
const STRANGE = [
  '', '%00', '%ff', '%', '%zz', '%0d%0aX:1', '+', '%20', '%2F', '%2e%2e', '..', '.', '*', 'all', 'none', 'latest', '__proto__',
  'constructor', 'toString', '-0', '0', '1e999', '9007199254740992', '-1', '00', '0x1', 'NaN', 'true', 'false', 'null', 'undefined',
  '[]', '{}', 'a,b', ',', ',,', '%C3%A9', 'e%CC%81', '%F0%9F%98%80', '%ED%A0%80', '%C0%80', '%E2%80%A8', '127.0.0.1', '::1', '::ffff:1.2.3.4',
  '1.2.3.4/33', '0.0.0.0/0', '10.0.0.1-10.0.0.9', '2018-01-01', '2018-01-01T00:00:00Z', '2999-01-01', '2018-13-45', '1', '2', '27', '28',
  'P0D', 'P1Y', 'admin-network:10.1.0.0/16', 'third-party-registries:registry.example.com', 'wildcard', 'companion', '*.example.com',
  'a.'.repeat(130), 'x'.repeat(70), 'x'.repeat(600), 'x'.repeat(9_000), '\u00ff', '\u007f', '"', "'", '<script>', '%3Cscript%3E', '`', '\\', '|', '^', '~', '!', '$', ';', '=', '#', '@',
]; // prettier-ignore

/** Words that mean something to the service, and such as do not. */
export interface Words {
  value(random: Random): string;
}

/** Every short word in what the service answers is one that it may understand. */
export async function learnWords(port: number): Promise<Words> {
  const connection = new Connection(port);
  const known = new Set<string>();
  for (const path of ['/requirements', '/catalog', '/exports', '/revisions']) {
    const { body } = await connection.ask(Buffer.from(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`), false);
    collect(JSON.parse(body.toString()), known);
  }
  connection.close();
  const meaning = [...known];
  return {
    value(random) {
      const one = () => (random.oneIn(4) ? random.pick(STRANGE) : encodeURIComponent(random.pick(meaning)));
      return random.oneIn(6) ? `${one()},${one()}` : one();
    },
  };
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string' && value.length <= 40) into.add(value);
  else if (typeof value === 'number') into.add(String(value));
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) collect(one, into);
  }
}
