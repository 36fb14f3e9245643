import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { Author } from './author.js';
import { diagnosticsOf, runCode } from './code.js';
import { generateTypes } from './codegen.js';
import { examplesOf, type Example } from './examples.js';
import type { Block } from './page.js';
import { SAID_TO_BE_AT, commandsOf, curlRequest, type Command } from './shell.js';
import { compareHttp, compareJson, compareText, type Answered } from './shown.js';
import type { AskedService } from './service.js';

const SCHEMA = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

/** Commands that are shown and not executed here, because something else does. */
const ELSEWHERE = new Set(['npm ci && npm start', 'npm ci && npm test', 'docker compose up --build']);

/** Who follows a page: does what each example says, in order, and compares what comes of it. */
export class Reader {
  readonly #author = new Author();
  /** The ETag that was answered last. In a command it is written `"…"`. */
  #etag: string | undefined;

  constructor(
    private readonly page: string,
    private readonly service: () => AskedService,
  ) {}

  examples(): Example[] {
    return examplesOf(this.page);
  }

  /** The catalog that the page puts together. */
  get catalog(): string {
    return this.#author.catalog;
  }

  /** @throws Error where the page says something else than what comes. */
  async follow(example: Example): Promise<void> {
    switch (example.kind) {
      case 'commands':
        return this.#commands(example.block, example.answer);
      case 'operation':
        return this.#operation(example.block, example.variables, example.answer);
      case 'catalog':
        return this.#catalog(example.block, example.answer);
      case 'codegen':
        return generateTypes(example.block.text, example.operations, this.service().url);
      case 'code': {
        const found = diagnosticsOf(example.block.text);
        if (found.length > 0) throw new Error(found.join('\n'));
        return runCode(example.block.text, this.service().url);
      }
    }
  }

  stop(): Promise<void> {
    return this.#author.stop();
  }

  async #commands({ text }: Block, answer: Block | undefined): Promise<void> {
    if (ELSEWHERE.has(text) && answer === undefined) return;
    const commands = commandsOf(text);
    if (commands.length === 0) throw new Error('there is no command');
    for (const [i, command] of commands.entries())
      await this.#command(command, i === commands.length - 1 ? answer : undefined);
  }

  async #command(command: Command, answer: Block | undefined): Promise<void> {
    const [program = '', second, ...rest] = command;
    const served = /^CATALOG=(\S+)$/.exec(program)?.[1];
    if (served !== undefined && second === 'npm' && rest.join() === 'start') return this.#author.serve(served);
    if (program === 'npx' && second === 'gatepost') {
      const { said } = await this.#author.run(rest);
      if (answer?.language !== 'text') throw new Error(`what the command says is not shown as text:\n${said}`);
      compareText(answer.text, said.trimEnd());
      return;
    }
    await this.#curl(command, answer);
  }

  async #curl(command: Command, answer: Block | undefined): Promise<void> {
    const asked = curlRequest(command.map((word) => this.#withEtag(word)));
    const answered = await this.#send(asked);
    this.#etag = answered.headers['etag']?.toString() ?? this.#etag;
    if (answer?.language === 'http') {
      if (!asked.withHeaders) throw new Error('the headers are shown, and were not asked for by -i');
      compareHttp(answer.text, answered);
      return;
    }
    if (answered.status >= 400) throw new Error(`it was answered ${answered.status}: ${answered.body}`);
    if (answer === undefined) return;
    if (answer.language === 'text' && !asked.withHeaders) {
      if (!String(answered.headers['content-type']).startsWith('text/')) throw new Error('the answer is no text');
      compareText(answer.text, answered.body.trimEnd());
      return;
    }
    if (asked.withHeaders || answer.language !== 'json')
      throw new Error('show the headers exactly where -i asks for them');
    compareJson(answer.text, answered.body);
  }

  #withEtag(word: string): string {
    const known = this.#etag;
    if (word !== 'If-None-Match: "…"') return word;
    if (known === undefined) throw new Error('no ETag was answered yet');
    return word.replace('"…"', known);
  }

  /** To the catalog's own service where the page started one. */
  async #send(asked: ReturnType<typeof curlRequest>): Promise<Answered> {
    const own = this.#author.service;
    return own === undefined
      ? this.service().send(asked)
      : this.service().send({ ...asked, url: new URL(asked.url.href.replace(SAID_TO_BE_AT, own.url)) });
  }

  async #operation({ text }: Block, variables: Block | undefined, answer: Block | undefined): Promise<void> {
    const errors = validate(SCHEMA, parse(text));
    if (errors.length > 0 && !answer?.text.includes('"errors"')) throw new Error(errors.map(String).join('\n'));
    const body = JSON.stringify({ query: text, variables: variables === undefined ? {} : JSON.parse(variables.text) });
    const url = new URL(`${SAID_TO_BE_AT}/graphql`);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answered = await this.service().send({ method: 'POST', url, headers, body, withHeaders: false });
    const isRight = !Object.hasOwn(JSON.parse(answered.body) as object, 'errors');
    if (!isRight && answer === undefined) throw new Error(answered.body);
    if (answer !== undefined) compareJson(answer.text, answered.body);
  }

  async #catalog({ text }: Block, answer: Block | undefined): Promise<void> {
    const { code, said } = await this.#author.write(text);
    if (answer === undefined && code !== 0) throw new Error(said);
    if (answer !== undefined) compareText(answer.text, said.trimEnd());
  }
}
