import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLeftOut } from './lacking.js';

/** What is listening there, in the namespace of the test alone: 20.0.0.0/25 is its own. */
const PUBLIC = '20.0.0.1';
const DEADLINE_MS = 1_500;

/** Polls a name under one name server after another, and says what came of each. */
const PROGRAM = `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  import { createServer } from 'node:http';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { fetchList } from ${JSON.stringify(new URL('../../dist/upstream/fetch.js', import.meta.url).href)};

  const server = createServer((_request, response) => response.end('{}')).listen(80, '${PUBLIC}');
  await once(server, 'listening');
  let name;
  const serve = async (...records) => {
    if (name !== undefined) {
      name.kill('SIGKILL');
      await once(name, 'exit');
    }
    const words = ['--keep-in-foreground', '--no-resolv', '--no-hosts', '--user=root', '--pid-file', '--conf-file=/dev/null'];
    const answers = records.map((address) => '--host-record=list.example,' + address + ',0');
    name = spawn('dnsmasq', [...words, '--listen-address=127.0.0.1', '--bind-interfaces', ...answers], { stdio: 'ignore' });
    await sleep(300);
  };
  const poll = async () => {
    const begun = performance.now();
    const signal = new AbortController().signal;
    const options = { etag: null, mostBytes: 65_536, deadlineMs: ${DEADLINE_MS}, signal, now: new Date() };
    const outcome = await fetchList(new URL('http://list.example/'), options).then(
      ({ kind }) => kind,
      ({ reason }) => reason,
    );
    return { outcome, isLate: performance.now() - begun > ${DEADLINE_MS + 1_000} };
  };

  const seen = {};
  await serve('${PUBLIC}');
  seen['a public address'] = await poll();
  await serve('10.0.0.1');
  seen['a private one from then on'] = await poll();
  await serve('${PUBLIC}', '127.0.0.1');
  seen['a private one among others'] = await poll();
  await serve('${PUBLIC}', 'fd00::1');
  seen['a private one of IPv6 among others'] = await poll();
  await serve(...Array.from({ length: 100 }, (_, i) => '20.0.0.' + (i + 1)));
  seen['a hundred addresses'] = await poll();
  await serve();
  seen['no address'] = await poll();
  name.kill('SIGSTOP');
  seen['no answer'] = await poll();
  name.kill('SIGCONT');
  await serve('${PUBLIC}');
  seen['a public address again'] = await poll();
  name.kill('SIGKILL');
  process.stdout.write(JSON.stringify(seen));
  process.exit();
`;

describe.skipIf(isLeftOut('What a name server may answer', ['unshare', 'mount', 'dnsmasq']))(
  'row 21: a name with',
  () => {
    let folder: string;
    let seen: Readonly<Record<string, { readonly outcome: string; readonly isLate: boolean }>>;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'gatepost-dns-'));
      const resolver = path.join(folder, 'resolv.conf');
      // As a resolver that is patient, so that it is not the one to give up.
      await writeFile(resolver, 'nameserver 127.0.0.1\noptions timeout:30 attempts:1\n');
      const script = [
        'ip link set lo up',
        'ip addr add 20.0.0.1/25 dev lo',
        'ip addr add 2600::1/64 dev lo',
        `mount --bind ${resolver} /etc/resolv.conf`,
        'exec "$@"',
      ].join(' && ');
      const words = [
        '--net',
        '--mount',
        'sh',
        '-c',
        script,
        'sh',
        process.execPath,
        '--input-type=module',
        '--eval',
        PROGRAM,
      ];
      seen = JSON.parse((await promisify(execFile)('unshare', words, { timeout: 60_000 })).stdout) as typeof seen;
    }, 70_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each([
      ['a public address', 'body'],
      ['a private one from then on', 'private-address'],
      ['a private one among others', 'private-address'],
      ['a private one of IPv6 among others', 'private-address'],
      ['a hundred addresses', 'body'],
      ['no address', 'network'],
      ['no answer', 'timeout'],
      ['a public address again', 'body'],
    ])('%s is met in time: %s', (what, outcome) => {
      expect(seen[what]).toEqual({ outcome, isLate: false });
    });
  },
);
