import { readFileSync } from 'node:fs';
import type { TypedDocumentNode } from '@apollo/client';
import { parse } from 'graphql';

/** A selection, as a portal writes it in its variables. */
export interface SelectionVariables {
  readonly task?: readonly string[];
  readonly mode?: readonly string[];
  readonly host?: readonly string[];
  readonly family?: readonly ('IPV4' | 'IPV6')[];
}

interface Address {
  readonly cidr: string;
}

export interface RequirementData {
  readonly requirement: { readonly ref: string; readonly need: string; readonly addresses: readonly Address[] } | null;
}

export interface ChecklistData {
  readonly requirements: {
    readonly asOf: { readonly revision: number };
    readonly coverage: { readonly endpoints: number; readonly addressable: number };
    readonly nodes: readonly {
      readonly ref: string;
      readonly need: string;
      readonly ports: readonly { readonly from: number; readonly to: number }[];
      readonly endpoint: {
        readonly name: string;
        readonly hosts: readonly { readonly name: string; readonly addresses: readonly Address[] }[];
      };
    }[];
  };
}

export interface AddressesData {
  readonly requirements: {
    readonly asOf: { readonly revision: number };
    readonly nodes: readonly { readonly ref: string; readonly addresses: readonly Address[] }[];
  };
}

/** A document of a portal, with what it gives and takes. */
function named<Data, Variables extends Readonly<Record<string, unknown>>>(
  name: string,
): TypedDocumentNode<Data, Variables> {
  return parse(textOf(name));
}

/** The text of a document of a portal. */
export function textOf(name: string): string {
  return readFileSync(new URL(`documents/${name}.graphql`, import.meta.url), 'utf8');
}

export const REQUIREMENT = named<RequirementData, { readonly ref: string; readonly at?: string }>('requirement');
export const CHECKLIST = named<ChecklistData, { readonly selection: SelectionVariables }>('checklist');
export const ADDRESSES = named<AddressesData, { readonly selection: SelectionVariables }>('addresses');

/** A requirement with addresses, and those that the list that ships has for it. */
export const API = 'replicated/upgrade/online/api.replicated.com';
export const API_IPV4 = ['162.159.137.43/32', '162.159.138.43/32'];
export const API_IPV6 = ['2606:4700:7::a29f:892b/128', '2606:4700:7::a29f:8a2b/128'];

export const cidrs = (addresses: readonly Address[] | undefined) => addresses?.map(({ cidr }) => cidr);
