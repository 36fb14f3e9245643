import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name server at 127.0.0.2 that knows the IPv4 addresses it is told: `a.com=20.0.0.1`. Source: RFC 1035 section 4. */
const known = new Map(process.argv.slice(2).map((text) => text.split('=', 2) as [string, string]));
const socket = createSocket('udp4');
socket.on('message', (query, from) => {
  const labels: string[] = [];
  let at = 12;
  for (; query[at] !== 0; at += query[at]! + 1) labels.push(query.toString('ascii', at + 1, at + 1 + query[at]!));
  const question = query.subarray(12, at + 5);
  const isA = query.readUInt16BE(at + 1) === 1;
  const address = isA ? known.get(labels.join('.').toLowerCase()) : undefined;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(address === undefined ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  // The name by its place in the question; type A, class IN, for a minute.
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...(address ?? '').split('.').map(Number)]);
  socket.send(Buffer.concat([header, question, ...(address === undefined ? [] : [record])]), from.port, from.address);
});
socket.bind(53, '127.0.0.2');
await once(socket, 'listening');
console.log('ready');
