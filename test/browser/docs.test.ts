import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { IS_LEFT_OUT, closeBrowser, newPage } from './browser.js';

// A browser has to be started, perhaps on a machine that has other work.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(IS_LEFT_OUT)('The reference', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await closeBrowser();
    await service.stop();
  });

  it('shows the operations, and asks the service when one is tried out', async () => {
    const { page, incidents } = await newPage(service.url);
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
