import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { OtherClient, calmP99Ms, socketsOf, type Finding, type Target } from './slow-target.ts';

const HEADERS = 1_900;
const BODIES = 1_900;
/** The kernel holds some megabytes for each of these, so that there are fewer. */
const READERS = 200;
const BODY = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n';
const GONE_WITHIN_S = 12;
const GIVEN_UP_S = 40;

/** 4,000 clients that send a byte a second, or read nothing of what they asked for. Each keeps what it has as long as it may. */
export async function slowClients(target: Target): Promise<Finding[]> {
  const calm = await calmP99Ms(target.port);
  const others = new OtherClient();
  others.begin(target.port);
  await sleep(100);
  const before = socketsOf(target.pid);
  const begun = performance.now();
  const sockets = [
    ...(await openMany(target.port, HEADERS, 'GET /version HTTP/1.1\r\nHost: a\r\nX: ')),
    ...(await openMany(target.port, BODIES, BODY)),
    ...(await openMany(target.port, READERS, 'GET /requirements HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(100))),
  ];
  for (const socket of sockets.slice(-READERS)) socket.pause();
  // A busy service takes them later than they come; each counts from when it was taken.
  let most = socketsOf(target.pid);
  for (let now = most; most - before < sockets.length && now >= most; now = socketsOf(target.pid)) {
    most = now;
    await sleep(50);
  }
  const openS = (performance.now() - begun) / 1_000;
  const drip = setInterval(() => {
    for (const socket of sockets.slice(0, HEADERS + BODIES)) if (socket.writable) socket.write('a');
  }, 1_000);
  while (socketsOf(target.pid) > before && performance.now() - begun < GIVEN_UP_S * 1_000) await sleep(100);
  const goneS = (performance.now() - begun) / 1_000 - openS;
  const left = socketsOf(target.pid) - before;
  clearInterval(drip);
  const p99 = await others.p99Ms();
  for (const socket of sockets) socket.destroy();
  return [
    { what: `${sockets.length} slow clients (${HEADERS} headers, ${BODIES} bodies, ${READERS} readers; the most at once: ${most - before}, ${openS.toFixed(1)} s after the first came): the last is gone so long after that`, most: GONE_WITHIN_S, seen: goneS, unit: 's' },
    { what: 'of them left', most: 0, seen: left, unit: 'connections' },
    { what: `meanwhile another client's p99 (before, in calm: ${calm.toFixed(0)} ms)`, most: 100, seen: p99, unit: 'ms' },
  ]; // prettier-ignore
}

/** One after another as fast as they are taken, so that each counts from when it came. */
async function openMany(port: number, count: number, bytes: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(100, count - sockets.length) }, (_, i) => {
      const from = { port, host: '127.0.0.1', localAddress: `127.0.3.${1 + i}` };
      const socket = connect(from, () => socket.write(bytes));
      return socket.on('error', () => undefined);
    });
    await Promise.all(batch.map((socket) => once(socket, 'connect')));
    sockets.push(...batch);
  }
  return sockets;
}
