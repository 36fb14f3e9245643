import type { AddressList } from '../model/address.js';
import { sha256 } from '../model/canonical.js';
import type { UpstreamLimits } from '../model/catalog.js';
import { judgeByItself } from '../model/guard/guard.js';
import type { Verdict } from '../model/guard/verdict.js';
import { digestOfList } from '../model/list-digest.js';
import { parseList, placeOf } from './parse.js';

/** A list with all that can be said of it by itself. */
export interface ReadList extends ListFacts {
  readonly list: AddressList;
}

export interface ListFacts {
  /** Of its bytes. */
  readonly sha256: string;
  /** Of the list in canonical form. */
  readonly digest: string;
  /** What is wrong with it whatever it would replace; `null` where nothing is. */
  readonly verdict: Verdict | null;
  /** Where what that is about stands in it, as a JSON Pointer. */
  readonly place: string | null;
}

/**
 * Reads a published list. Pure: the same bytes give the same.
 *
 * @throws UnreadableList
 */
export function readList(body: Uint8Array, limits: UpstreamLimits): ReadList {
  const list = parseList(body, limits);
  const verdict = judgeByItself(list, limits);
  const at = verdict?.verdict === 'reject' ? verdict.at : null;
  const place = at === null ? null : (placeOf(body, at.host, at.cidr) ?? null);
  return { list, sha256: sha256(body), digest: digestOfList(list), verdict, place };
}
