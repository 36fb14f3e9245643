import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startService, until, type RunningService } from '../e2e/service.js';
import { EXAMPLES } from '../examples.js';
import { IS_LEFT_OUT, closeBrowser, newPage, type WatchedPage } from './browser.js';

const NAMES = EXAMPLES.map(({ name }) => name);
const EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror";

const tabs = (page: Page) => page.locator('.graphiql-tab-button').allTextContents();

/** Waits until an expression holds in the page. Playwright's own way to wait would need a policy that allows eval. */
const holds = (page: Page, expression: string) => until(expression, () => page.evaluate<boolean>(expression), 30_000);

const isAnswer = (response: Response) => response.url().endsWith('/graphql') && response.request().method() === 'POST';

// A browser has to be started, perhaps on a machine that has other work.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(IS_LEFT_OUT)('GraphiQL', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await closeBrowser();
    await service.stop();
  });

  /** The page, once it has asked for the schema. */
  async function open(viewport?: { readonly width: number; readonly height: number }): Promise<WatchedPage> {
    const watched = await newPage(service.url, viewport);
    await load(watched.page);
    return watched;
  }

  async function load(page: Page): Promise<void> {
    const schema = page.waitForResponse(isAnswer);
    await page.goto(`${service.url}/graphql`);
    expect(await (await schema).json()).toHaveProperty('data.__schema');
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
  }

  /** Presses Execute, once the editor has read what is in it. Resolves with the answer, which is then shown. */
  async function execute(page: Page, name: string): Promise<unknown> {
    await holds(page, `${EDITOR}.operationName === '${name}'`);
    const answer = page.waitForResponse(isAnswer);
    await page.getByRole('button', { name: /execute query/i }).click();
    return (await answer).json();
  }

  /** Puts a document into a tab of its own, as a user types it. */
  async function type(page: Page, text: string): Promise<void> {
    await page.getByRole('button', { name: 'Add tab' }).click();
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }

  it('has a tab for each example, and nothing of it is cut', async () => {
    const { page, incidents } = await open();
    expect(await tabs(page)).toEqual(NAMES);
    for (const { name, query } of EXAMPLES) {
      await page.getByRole('tab', { name }).click();
      await holds(page, `${EDITOR}.getValue() === ${JSON.stringify(query.trimEnd())}`);
      await holds(page, `${EDITOR}.getScrollInfo().width <= ${EDITOR}.getScrollInfo().clientWidth`);
    }
    expect(incidents).toEqual([]);
  });

  it.each(EXAMPLES)('answers $name when Execute is pressed', async ({ name }) => {
    const { page, incidents } = await open();
    await page.getByRole('tab', { name }).click();
    const answer = await execute(page, name);
    expect(answer).toHaveProperty('data');
    expect(answer).not.toHaveProperty('errors');
    await page.locator('.result-window', { hasText: '"data"' }).waitFor();
    expect(await page.locator('.result-window').textContent()).not.toContain('"errors"');
    expect(incidents).toEqual([]);
  });

  it('shows the schema', async () => {
    const { page, incidents } = await open();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const explorer = page.locator('.graphiql-doc-explorer');
    await explorer.getByText('Query', { exact: true }).click();
    await explorer.getByText('The network requirements of a selection.').waitFor();
    expect(incidents).toEqual([]);
  });

  it('completes the name of a field', async () => {
    const { page, incidents } = await open();
    await type(page, '{ look');
    await page.locator('.CodeMirror-hint', { hasText: 'lookup' }).waitFor();
    expect(incidents).toEqual([]);
  });

  it('shows what the service says of a mistake', async () => {
    const { page, incidents } = await open();
    await type(page, 'query Mistaken { requirement }');
    expect(await execute(page, 'Mistaken')).toHaveProperty('errors.0.extensions.code', 'invalid-document');
    await page.locator('.result-window', { hasText: 'invalid-document' }).waitFor();
    // The browser itself notes every answer with 400.
    expect(incidents).toEqual([
      'console error: Failed to load resource: the server responded with a status of 400 (Bad Request)',
    ]);
  });

  it.each(['Open settings dialog', 'Open short keys dialog'])('%s breaks no policy', async (name) => {
    const { page, incidents } = await open();
    await page.getByRole('button', { name }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(incidents).toEqual([]);
  });

  it('puts the answer below the question in a narrow window, and shows every tab', async () => {
    const { page, incidents } = await open({ width: 800, height: 800 });
    const last = (await page.getByRole('tab', { name: NAMES.at(-1)! }).boundingBox())!;
    expect(last.x + last.width).toBeLessThan(800);
    const question = (await page.locator('.graphiql-editors').boundingBox())!;
    const answer = (await page.locator('.graphiql-response').boundingBox())!;
    expect(answer.y).toBeGreaterThanOrEqual(question.y + question.height);
    expect(question.width).toBeGreaterThan(600);
    expect(incidents).toEqual([]);
  });

  it('is not disturbed by what others left in the browser', async () => {
    const { page, incidents } = await newPage(service.url);
    await page.addInitScript(
      "for (const key of ['tabState', 'queries', 'theme']) for (const prefix of ['', 'gatepost 0:'])" +
        " localStorage.setItem(`${prefix}graphiql:${key}`, '{');",
    );
    await load(page);
    expect(await tabs(page)).toEqual(NAMES);
    expect(incidents).toEqual([]);
  });

  it('keeps what a user wrote, also where the schema does not have it any more', async () => {
    const { page, incidents } = await open();
    await type(page, 'query Gone { formerly }');
    await holds(page, `Object.values(localStorage).some((value) => value.includes('"title":"Gone"'))`);
    await load(page);
    expect(await tabs(page)).toEqual([...NAMES, 'Gone']);
    await page.locator('.CodeMirror-lint-mark-error').first().waitFor();
    await page.getByRole('tab', { name: NAMES[0]! }).click();
    expect(await execute(page, NAMES[0]!)).not.toHaveProperty('errors');
    expect(incidents).toEqual([]);
  });
});
