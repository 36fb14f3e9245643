import { readFileSync, readdirSync } from 'node:fs';

/** A question that is asked again and again, to see that its answer stays what it is. */
export interface Probe {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string | null;
}

const get = (path: string): Probe => ({ method: 'GET', path, body: null });
const graphql = (query: string): Probe => ({ method: 'POST', path: '/graphql', body: JSON.stringify({ query }) });

const EXAMPLES = new URL('../../examples/', import.meta.url);
/** The examples, but for the one that asks how things stand at the moment. */
const QUERIES = readdirSync(EXAMPLES)
  .filter((name) => !name.includes('how-fresh'))
  .map((name) => readFileSync(new URL(name, EXAMPLES), 'utf8'));

/** What clients ask of every door that serves data. None of it tells of the moment. */
export const PROBES: readonly Probe[] = [
  ...['install', 'upgrade', 'run'].flatMap((task) => [
    get(`/requirements?task=${task}&mode=online`),
    get(`/requirements?task=${task}&mode=airgap`),
  ]),
  ...[
    '/requirements',
    '/addresses',
    '/addresses?mode=online',
    '/hosts',
    '/hosts/api.replicated.com',
    '/hosts/kurl.sh',
    '/hosts/proxy.replicated.com',
    '/ports',
    '/catalog',
    '/revisions',
    '/revisions/latest',
    '/revisions/1',
    '/changes',
    '/upcoming',
    '/lookup?q=162.159.137.43',
    '/lookup?q=api.replicated.com',
    '/lookup?q=9.9.9.9',
    '/exports',
  ].map(get),
  ...QUERIES.map(graphql),
];

/** The ways to ask for an export format; the first that is answered is asked. */
export const exportProbes = (id: string): readonly Probe[] =>
  ['', '&family=ipv4', '&family=ipv6'].map((family) => get(`/exports/${id}?task=install&mode=online${family}`));

export const nameOf = ({ method, path, body }: Probe): string => `${method} ${path}${body === null ? '' : ` ${body}`}`;
