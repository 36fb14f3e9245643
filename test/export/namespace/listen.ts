import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Listens on ports such as `tcp/443` at every address, and answers what comes by UDP from the address it came to. */
for (const text of process.argv.slice(2)) {
  const [protocol, port, address = '::'] = text.split('/');
  if (protocol === 'tcp') {
    const server = createServer((socket) => socket.on('error', () => {}).end('hello'));
    await once(server.listen(Number(port), address), 'listening');
  } else {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => socket.send(message, from.port, from.address));
    socket.bind(Number(port), address);
    await once(socket, 'listening');
  }
}
console.log('ready');
