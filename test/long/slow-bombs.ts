import { cpuOf, memoryOf } from '../../bench/running.ts';
import { BOMBS } from '../graphql/bombs.ts';
import { Connection } from './connection.ts';
import type { Finding, Target } from './slow-target.ts';

/** Each bomb once, after the service has answered a few questions. */
export async function bombs({ port, pid }: Target): Promise<Finding[]> {
  const connection = new Connection(port);
  for (let i = 0; i < 50; i++)
    await connection.ask(
      post(`{"query":"{ requirements { nodes { ref } } tasks { nodes { name title } } p${i}: product { name } }"}`),
      false,
    );
  const before = memoryOf(pid, 'VmRSS');
  const found = [];
  for (const [what, body] of BOMBS) {
    const cpuBefore = cpuOf(pid);
    const { ms, body: answer } = await connection.ask(
      post(typeof body === 'string' ? body : JSON.stringify(body)),
      false,
    );
    found.push({ what, ms, cpuMs: cpuOf(pid) - cpuBefore, bytes: answer.length });
  }
  const grown = memoryOf(pid, 'VmRSS') - before;
  connection.close();
  const slowest = found.toSorted((one, other) => other.ms - one.ms)[0]!;
  const costliest = found.toSorted((one, other) => other.cpuMs - one.cpuMs)[0]!;
  const longest = found.toSorted((one, other) => other.bytes - one.bytes)[0]!;
  return [
    {
      what: `${found.length} GraphQL bombs, each seen for the first time, the slowest ("${slowest.what}"; the most CPU time of all threads: ${costliest.cpuMs.toFixed(0)} ms, "${costliest.what}")`,
      most: 20,
      seen: slowest.ms,
      unit: 'ms',
    },
    { what: `the longest answer ("${longest.what}")`, most: 4_096, seen: longest.bytes, unit: 'bytes' },
    { what: 'memory that they left', most: 10, seen: grown, unit: 'MiB' },
  ];
}

function post(body: string): Buffer {
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
