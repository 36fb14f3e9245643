import { readFile } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answers } from '../answer/answers.js';
import { page } from '../answer/html.js';
import { Refusal } from '../answer/problem.js';
import { representation } from '../answer/representation.js';

/** Where the build puts the files of GraphiQL and of React. */
const FILES = new URL('../../dist/graphiql/', import.meta.url);

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
const ASSETS: Readonly<Record<string, string>> = {
  'react.js': SCRIPT,
  'react-dom.js': SCRIPT,
  'graphiql.js': SCRIPT,
  'start.js': SCRIPT,
  'examples.js': SCRIPT,
  'graphiql.css': STYLE,
  'page.css': STYLE,
};

/**
 * Only our own files; fonts and icons are in the stylesheet. The hash is of the one style that GraphiQL's script adds: it
 * keeps the page from scrolling while a dialog is open.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='; font-src data:; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = page(
  'Gatepost: GraphQL',
  `<div id="graphiql">Loading …</div>
<noscript>GraphiQL needs JavaScript. Send operations by POST to /graphql.</noscript>
${['react.js', 'react-dom.js', 'graphiql.js'].map((file) => `<script src="/graphql/${file}"></script>`).join('\n')}
<script type="module" src="/graphql/start.js"></script>`,
  ['graphiql.css', 'page.css'].map((file) => `<link rel="stylesheet" href="/graphql/${file}">`).join('\n'),
);

/** GraphiQL, for whoever opens /graphql in a browser. */
export async function sendGraphiql(answers: Answers, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await answers.sendFixed(request, reply, 'graphiql', async () =>
    representation('text/html; charset=utf-8', PAGE, {
      headers: { 'content-security-policy': POLICY, vary: 'Accept, Accept-Encoding' },
    }),
  );
}

/** @throws Refusal where it is none of the page's files. */
export async function sendGraphiqlFile(
  answers: Answers,
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
): Promise<void> {
  const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined;
  if (type === undefined)
    throw new Refusal('not-found', `There is nothing at /graphql/${file}. GraphQL is at /graphql.`);
  const make = async () => representation(type, await readFile(new URL(file, FILES)));
  await answers.sendFixed(request, reply, `graphiql ${file}`, make);
}
