import { get } from 'node:http';
import { isIPv6 } from 'node:net';
import { readConfig } from './config.js';

/** Less than the time that the image gives this check, so that it ends with a line of its own. */
const TIMEOUT_MS = 3_000;

/** Addresses that stand for every address of the machine, and the one of them to ask. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where this machine reaches a service with these settings. */
function liveUrl(host: string, port: number): string {
  const address = LOOPBACK[host] ?? host;
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}/health/live`;
}

/** @throws where there is no answer in time. */
function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

/** Whether the service is live, and the line that an orchestrator keeps of it. */
async function look(): Promise<{ readonly isLive: boolean; readonly line: string }> {
  let url: string;
  try {
    const { host, port } = readConfig(process.env);
    url = liveUrl(host, port);
  } catch (error) {
    return { isLive: false, line: String(error).replaceAll('\n', ' ') };
  }
  try {
    const status = await statusOf(url);
    return { isLive: status === 200, line: `${url} answered ${status}` };
  } catch (error) {
    const { name, code } = Object(error) as { readonly name?: string; readonly code?: string };
    const why = name === 'AbortError' ? `${TIMEOUT_MS / 1000} s passed` : code;
    return { isLive: false, line: `${url} did not answer: ${why}` };
  }
}

const { isLive, line } = await look();
process.stdout.write(`${line}\n`);
process.exitCode = isLive ? 0 : 1;
