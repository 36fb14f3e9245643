import { hostsIn, type HeldAddress } from './address.js';
import { canonicalJson, compareText, withoutOrder, type Json } from './canonical.js';
import type { Catalog } from './catalog.js';
import { STRIDE, atOnce, type Steps } from './steps.js';
import { sha256InTextOrder } from './text-order.js';

export const CAUSES = ['poll', 'catalog', 'clock', 'operator', 'import'] as const;
/** What made a revision. */
export type Cause = (typeof CAUSES)[number];

/** The record of one revision: what it is, when it came and why. Times are RFC 3339 UTC with milliseconds. */
export interface Revision {
  readonly revision: number;
  readonly digest: string;
  readonly publishedAt: string;
  /** The revision before it; `null` for the first. */
  readonly previous: number | null;
  readonly cause: Cause;
  /** The operator's name where there was one. */
  readonly by: string | null;
  readonly note: string | null;
  /** The list that its addresses were read from; `null` where none was read yet. */
  readonly upstream: { readonly url: string; readonly sha256: string; readonly fetchedAt: string } | null;
  /** SHA-256 of the catalog file's bytes. */
  readonly catalog: { readonly sha256: string };
}

/** What a revision holds. */
export interface Content {
  readonly catalog: Catalog;
  /** Every name of the upstream list, also those without addresses. */
  readonly listedHosts: readonly string[];
  /** By host, then in address order. */
  readonly addresses: readonly HeldAddress[];
}

/** A revision with what it holds. */
export interface HistoryEntry {
  readonly revision: Revision;
  readonly content: Content;
}

/**
 * The digest of a content: equal content has an equal digest on every machine, whenever it was observed.
 * Order is content for tasks, modes and rows; everything else is sorted first.
 */
export function digestOf(content: Content): string {
  return atOnce(digesting(content));
}

/** The same in steps. Worked out once for each content. */
export function* digesting(content: Content): Steps<string> {
  const known = DIGESTS.get(content);
  if (known !== undefined) return known;
  const { catalog, addresses } = content;
  // Members in the order of their names, as canonicalJson has them. By UTF-16 code units, as text is ordered everywhere.
  const after = `],"catalog":${yield* formOf(catalog)},"form":1,"product":${JSON.stringify(catalog.product)}}`;
  const digest = `sha256-${yield* sha256InTextOrder('{"addresses":[', addresses, formOfAddress, after)}`;
  DIGESTS.set(content, digest);
  return digest;
}

const DIGESTS = new WeakMap<Content, string>();

/** A catalog in the form that is digested: lists whose order says nothing are sorted; that of tasks, modes and rows stays. */
function* formOf(catalog: Catalog): Steps<string> {
  const known = FORMS.get(catalog);
  if (known !== undefined) return known;
  const members: string[] = [];
  for (const [name, member] of Object.entries(catalog).sort(([a], [b]) => compareText(a, b))) {
    const list: readonly Json[] | undefined = Array.isArray(member) ? member : undefined;
    const texts: string[] = [];
    for (const one of list ?? []) {
      texts.push(canonicalJson(withoutOrder(one)));
      if (texts.length % STRIDE === 0) yield;
    }
    if (!IN_ORDER.has(name)) texts.sort(compareText);
    const text = list === undefined ? canonicalJson(withoutOrder(member as Json)) : `[${texts.join(',')}]`;
    members.push(`${JSON.stringify(name)}:${text}`);
    yield;
  }
  const form = `{${members.join(',')}}`;
  FORMS.set(catalog, form);
  return form;
}

const IN_ORDER: ReadonlySet<string> = new Set(['tasks', 'modes', 'rows']);
const FORMS = new WeakMap<Catalog, string>();

/** An address in the form that is digested: of a list of text and null, JSON has one form only. */
function formOfAddress({ host, cidr, status, source, effectiveFrom }: HeldAddress): string {
  return JSON.stringify([host, cidr, status, source, effectiveFrom]);
}

/** Whether two contents differ in anything that an answer shows, times of observation aside. */
export function differs(a: Content, b: Content): boolean {
  return atOnce(differing(a, b));
}

/** The same in steps. */
export function* differing(a: Content, b: Content, digestOfA?: string): Steps<boolean> {
  if (a.catalog === b.catalog && a.listedHosts === b.listedHosts && areSame(a.addresses, b.addresses)) return false;
  return (digestOfA ?? (yield* digesting(a))) !== (yield* digesting(b)) || undigested(a) !== undigested(b);
}

/** Whether two lists have the very same members, as they do where nothing was to be changed. */
function areSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** The instant of a new revision: now, but always after the head, whatever the clock says. */
export function publicationInstant(now: Date, head: Revision | undefined): string {
  const earliest = head === undefined ? -Infinity : Date.parse(head.publishedAt) + 1;
  return new Date(Math.max(now.getTime(), earliest)).toISOString();
}

/** What answers show but the digest's form leaves out: empty hosts and announced removals. */
function undigested(content: Content): string {
  const removals = content.addresses
    .filter((address) => address.announcedRemovalAt !== null)
    .map(({ host, cidr, announcedRemovalAt }) => `${host} ${cidr} ${announcedRemovalAt}`);
  return JSON.stringify([hostsIn(content.listedHosts).sort(compareText), removals.sort(compareText)]);
}
