import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { parseAddress } from '../model/cidr.js';
import { specialPurposeOf } from '../model/special-purpose.js';

/** A name must lead to public addresses only: one private answer refuses all of them. Literals never come here. */
export function publicOnly(
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    const hidden = found.find(({ address }) => isPrivate(address));
    if (hidden !== undefined) {
      const refusal = new Error(`${hostname} resolves to an address that is not public.`);
      callback(Object.assign(refusal, { code: 'EPRIVATE' }), []);
      return;
    }
    if (options.all === true) callback(null, found);
    else callback(null, found[0]!.address, found[0]!.family);
  });
}

function isPrivate(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return true;
  return specialPurposeOf({ family: address.family, first: address.value, last: address.value }) !== undefined;
}
