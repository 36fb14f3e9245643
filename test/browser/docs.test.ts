import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { IS_LEFT_OUT, launchBrowser, newPage } from './browser.js';

describe.skipIf(IS_LEFT_OUT)('The reference', () => {
  let service: RunningService;
  let browser: Browser;
  beforeAll(async () => {
    service = await startService();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  it('shows the operations, and asks the service when one is tried out', async () => {
    const { page, incidents } = await newPage(browser, service.url);
    await page.goto(`${service.url}/docs`);
    await page.getByRole('heading', { name: 'Gatepost' }).waitFor();
    const operation = page.locator('.opblock-get').filter({ has: page.locator('[data-path="/requirements"]') });
    await operation.locator('.opblock-summary').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/requirements');
    await operation.getByRole('button', { name: 'Execute' }).click();
    expect((await answer).status()).toBe(200);
    await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    expect(incidents).toEqual([]);
  });
});
