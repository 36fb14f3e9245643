import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The service as a process of its own, as `npm start` runs it once it is built. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Resolves with the URL once it listens; rejects where it ends before. */
  readonly url: Promise<string>;
  /** Resolves with how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string; readonly stdout: string }>;
}

/** @param under the words of a program that runs it in its own place, where it is not run as it is. */
export function startProcess(
  settings: Readonly<Record<string, string>>,
  under: readonly string[] = [],
): ServiceProcess {
  const words = [...under, process.execPath, '--max-semi-space-size=2', '--heap-growing-percent=50', MAIN];
  const child = spawn(words[0]!, words.slice(1), {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      UPSTREAM_URL: 'http://127.0.0.1:9/list',
      SOAK_SECONDS: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, stderr, stdout }));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code }) => reject(new Error(`The service ended with ${code}: ${stderr}`)));
  });
  url.catch(() => undefined);
  return { child, url, ended };
}
