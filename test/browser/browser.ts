import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const PROGRAM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const IS_MISSING = !existsSync(PROGRAM);

/** Beside those that come with headless; nothing that would ask another host, or need a display or a user. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether tests that need a browser are left out: without one they fail in CI; elsewhere it is said how to get one. */
export const IS_LEFT_OUT = IS_MISSING && !process.env['CI'];
if (IS_LEFT_OUT) {
  console.warn(`No browser at ${PROGRAM}: left out. On Debian: apt-get install chromium. Elsewhere: CHROMIUM=FILE.`);
}

let launched: Promise<Browser> | undefined;

/** A browser with a new profile, one for each file of tests. */
async function browser(): Promise<Browser> {
  if (IS_MISSING) throw new Error(`There is no browser at ${PROGRAM}. Install chromium, or name one with CHROMIUM.`);
  launched ??= chromium.launch({ executablePath: PROGRAM, headless: true, args: FLAGS });
  return launched;
}

/** Ends the browser, where a test has opened a page; its profile goes with it. */
export async function closeBrowser(): Promise<void> {
  await (await launched)?.close();
}

/** A page, and everything that it should not have done. */
export interface WatchedPage {
  readonly page: Page;
  /** Requests to other hosts, messages of the console, errors and violations of the policy, as they came. */
  readonly incidents: readonly string[];
}

/** A page for a user who was never here, still empty; closed after the test. */
export async function newPage(origin: string, viewport = { width: 1280, height: 800 }): Promise<WatchedPage> {
  const page = await (await browser()).newPage({ viewport });
  onTestFinished(() => page.close());
  const incidents: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) incidents.push(`request: ${request.url()}`);
  });
  page.on('console', (message) => incidents.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
  await page.exposeFunction('tellOfViolation', (text: string) => incidents.push(`policy: ${text}`));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => tellOfViolation(`${event.violatedDirective} ${event.blockedURI}`));",
  );
  return { page, incidents };
}
