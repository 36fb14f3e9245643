import { readFileSync } from 'node:fs';
import type { Answer } from './connection.ts';

const TEXT = readFileSync(new URL('../../schema/problems.md', import.meta.url), 'utf8');

/** The slugs that schema/problems.md tells of. */
export const SLUGS: ReadonlySet<string> = new Set([...TEXT.matchAll(/^## (\S+)$/gm)].map(([, slug]) => slug!));

/** What is wrong with a refusal as a problem; `undefined` where nothing is. Source: RFC 9457. */
export function problemFault({ status, headers, body }: Omit<Answer, 'ms'>, isHead: boolean): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (!/^application\/problem\+json\b/.test(type)) return `${status} is of the type "${type}".`;
  if (headers.get('cache-control') !== 'no-store') return `${status} may be stored.`;
  if (isHead) return undefined;
  let problem: Readonly<Record<string, unknown>>;
  try {
    problem = JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
  } catch {
    return `${status} is no JSON: ${body.toString().slice(0, 200)}`;
  }
  const { type: kind, title, status: said, detail, instance, errors } = problem;
  const slug = /^\/problems\/(.+)$/.exec(String(kind))?.[1] ?? '';
  if (!SLUGS.has(slug)) return `${status} has the type "${String(kind)}", which is in no schema/problems.md.`;
  if (said !== status) return `${status} says that it is ${String(said)}.`;
  const isWhole = [title, detail, instance].every((text) => typeof text === 'string' && text !== '');
  return isWhole && Array.isArray(errors) ? undefined : `${status} lacks a member: ${JSON.stringify(problem)}`;
}
