import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const WAIT_MS = 1200;

/** Tries targets such as `tcp/443/20.0.0.1`, or `…/from/10.0.0.1`, all at once, and prints those that answer. */
const targets = process.argv.slice(2);
const answered = await Promise.all(targets.map(answers));
console.log(JSON.stringify(targets.filter((_target, i) => answered[i])));
process.exit();

function answers(target: string): Promise<boolean> {
  const [protocol, port, host = '', , localAddress] = target.split('/');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  setTimeout(() => resolve(false), WAIT_MS);
  if (protocol === 'tcp') {
    const socket = connect({ host, port: Number(port), ...(localAddress === undefined ? {} : { localAddress }) });
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
  } else {
    const socket = createSocket('udp4');
    socket.once('message', () => resolve(true)).once('error', () => resolve(false));
    socket.send('hello', Number(port), host, (error) => {
      if (error !== null) resolve(false);
    });
  }
  return promise;
}
