import { connect } from 'node:net';

/** Asks the proxy at 127.0.0.1:3128 for tunnels to targets such as `a.com:443`, and prints each with its answer. */
const asked = await Promise.all(
  process.argv.slice(2).map(async (target) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    setTimeout(() => resolve('none'), 5000);
    const socket = connect(3128, '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    );
    socket.once('data', (data) => resolve(data.toString().split(' ', 2)[1] ?? 'none'));
    socket.once('error', ({ message }) => resolve(message));
    return [target, await promise];
  }),
);
console.log(JSON.stringify(Object.fromEntries(asked)));
process.exit();
