import { connect } from 'node:net';
import { answerIn } from './connection.ts';
import { HANGS_MS, TOOK, type Kind, type Outcome } from './kind.ts';
import { problemFault } from './problem-fault.ts';
import { makeRaw, type RawInput } from './raw-inputs.ts';
import { without } from './shrink.ts';

const GIVEN_UP_MS = 5_000;

/** Bytes that may be no request at all, each over a connection of its own. */
export function rawKind(port: number): Kind<RawInput> {
  let count = 0;
  return {
    name: 'raw sockets',
    make: makeRaw,
    async send(input) {
      const begun = performance.now();
      const from = `127.0.${1 + (count % 20)}.${1 + (count++ % 200)}`;
      const received = await exchange(port, from, Buffer.from(input.pieces.join(''), 'latin1'));
      const ms = performance.now() - begun;
      const outcome = outcomeOf(input, received);
      return ms > HANGS_MS
        ? { ...outcome, fault: `${TOOK} ${Math.round(ms)} ms until the connection was closed.` }
        : outcome;
    },
    *smaller(input) {
      // What is left of two ways to say a length may be one that is right.
      if (input.isAmbiguous) return;
      for (const pieces of without(input.pieces)) yield { ...input, pieces };
      for (const characters of without(input.pieces.join('').split('')))
        yield { ...input, pieces: [characters.join('')] };
    },
    show: (input) => JSON.stringify(input.pieces.join('')),
    close: () => undefined,
  };
}

/** Sends, says that nothing more comes, and reads to the end. */
function exchange(port: number, from: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', localAddress: from }, () => socket.end(bytes));
    const late = setTimeout(() => socket.destroy(), GIVEN_UP_MS);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Whoever is refused in the middle of a long text may be told so by a reset.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks));
    });
  });
}

function outcomeOf({ isAmbiguous }: RawInput, received: Buffer): Outcome {
  const statuses: number[] = [];
  let rest = received;
  while (rest.length > 0) {
    const answer = answerIn(rest, false);
    if (answer === undefined || Number.isNaN(answer.status))
      return { status: statuses[0] ?? 0, fault: `An answer is not whole: ${rest.toString('latin1').slice(0, 300)}` };
    statuses.push(answer.status);
    if (answer.status >= 500) return { status: answer.status, fault: `It was answered ${answer.status}.` };
    const isOfGraphql = answer.body.indexOf('{"errors":[') === 0;
    const fault = answer.status >= 400 && !isOfGraphql ? problemFault(answer, false) : undefined;
    if (fault !== undefined) return { status: answer.status, fault };
    rest = rest.subarray(answer.length);
  }
  const status = statuses[0] ?? 0;
  const isRefused = statuses.length === 1 && status >= 400;
  return isAmbiguous && !isRefused
    ? { status, fault: `It was answered ${statuses.join(', ') || 'by nothing'}, not by one refusal.` }
    : { status };
}
