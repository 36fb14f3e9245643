import { block, dnsName } from './grammar.js';

/** A name, or a block in its canonical text: what is at the far side where a format has one place for both. */
export function farSide(text: string): string {
  return text.includes(':') || /^[\d./]+$/.test(text) ? block(text) : dnsName(text);
}

/** Whether it is more than one address, to which nobody can connect. */
export function isNetwork(text: string): boolean {
  return text.includes('/') && !text.endsWith(text.includes(':') ? '/128' : '/32');
}
