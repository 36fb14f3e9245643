import { createHash } from 'node:crypto';
import type { AddressList } from './address.js';

/** The digest of a list in canonical form: that of its RFC 8785 JSON. */
export function digestOfList({ hosts, addresses }: AddressList): string {
  const hash = createHash('sha256').update('{"addresses":[');
  for (const [i, { announcedRemovalAt, cidr, effectiveFrom, host, status }] of addresses.entries()) {
    // Members in the order of their names.
    const form = JSON.stringify({ announcedRemovalAt, cidr, effectiveFrom, host, status });
    hash.update(i === 0 ? form : `,${form}`);
  }
  return `sha256-${hash.update(`],"hosts":${JSON.stringify(hosts)}}`).digest('hex')}`;
}
