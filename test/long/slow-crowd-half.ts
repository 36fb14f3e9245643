import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { CrowdFound } from './slow-crowd.ts';

// One half of a crowd: opens connections, asks over each, and then stays, or asks again until the time is over.

const [port, count, manner] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const LASTS_MS = 15_000;
const OPENING = 100;
const REQUEST = Buffer.from(
  'GET /requirements?task=upgrade&mode=online HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n',
);

const connections = Array.from(
  { length: count },
  (_, i) => new Connection(port, `127.0.${manner === 'idle' ? 4 : 5}.${1 + (i % 200)}`),
);
let answered = 0;
const refused = new Set<Connection>();
const ask = async (connection: Connection) => {
  try {
    const { status } = await connection.ask(REQUEST, false);
    if (status === 200) answered++;
    else refused.add(connection);
  } catch {
    refused.add(connection);
  }
};
let next = 0;
await Promise.all(
  Array.from({ length: OPENING }, async () => {
    while (next < count) await ask(connections[next++]!);
  }),
);
process.send!('opened');
const end = performance.now() + LASTS_MS;
while (performance.now() < end) {
  if (manner === 'idle') await sleep(100);
  else await Promise.all(connections.map(ask));
}
process.send!({ refused: refused.size, answered } satisfies CrowdFound);
// They stay until whoever asked for them has looked.
await sleep(60_000);
