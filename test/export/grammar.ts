import ipaddr from 'ipaddr.js';
import { isCidr, type Cidr } from '../../src/model/cidr.js';
import { parseHostName } from '../../src/model/host-name.js';
import { strange } from './check.js';

/** A block in its canonical text, of an address or a block as devices write them. */
export function block(text: string): Cidr {
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  return isCidr(whole) ? whole : strange('no canonical block', text);
}

/** Whether one block is in another, by the count of a library that we do not use. */
export function isWithin(inner: string, outer: string): boolean {
  const [[address, length], range] = [ipaddr.parseCIDR(inner), ipaddr.parseCIDR(outer)];
  return address.kind() === range[0].kind() && length >= range[1] && address.match(range);
}

/** A DNS name, or a wildcard. */
export function dnsName(text: string): string {
  return parseHostName(text.replace(/^\*\./, '')) === undefined ? strange('no name', text) : text;
}

/** A range of ports, `443-443` of `443`. */
export function ports(text: string, separator = '-'): string {
  const [from = '', to = from, ...rest] = text.split(separator);
  const isPort = (port: string) => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
  if (!isPort(from) || !isPort(to) || rest.length > 0 || Number(from) > Number(to)) strange('no ports', text);
  return `${from}-${to}`;
}

/** The lines of a body: it ends with a line feed, and has no carriage return or other control but the tab. */
export function linesOf(body: string | Uint8Array): string[] {
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
  // oxlint-disable-next-line no-control-regex
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/.exec(text);
  if (control !== null) strange('a control character', text.slice(control.index, control.index + 20));
  if (!text.endsWith('\n')) strange('no line feed at the end', text.slice(-20));
  return text.slice(0, -1).split('\n');
}

/** Takes lines from the front, one after another. */
export class Lines {
  #at = 0;

  constructor(private readonly lines: readonly string[]) {}

  get next(): string | undefined {
    return this.lines[this.#at];
  }

  /** The parts of the next line, which must be of this form as a whole. */
  take(form: RegExp): RegExpExecArray {
    const found = this.maybe(form);
    return found ?? strange(`not ${form}`, this.next ?? 'the end');
  }

  /** The same where the next line is of this form; nothing is taken where it is not. */
  maybe(form: RegExp): RegExpExecArray | undefined {
    const line = this.next;
    const found = line === undefined ? null : form.exec(line);
    if (found === null || found[0] !== line) return undefined;
    this.#at++;
    return found;
  }

  /** Every line of this form from here on. */
  all(form: RegExp): RegExpExecArray[] {
    const found: RegExpExecArray[] = [];
    for (let one = this.maybe(form); one !== undefined; one = this.maybe(form)) found.push(one);
    return found;
  }

  end(): void {
    if (this.next !== undefined) strange('more than there should be', this.next);
  }
}

/** Comments of a format, each on a line of its own. */
export function commentLine(mark: string): RegExp {
  return new RegExp(`${mark.replaceAll(/[/*!]/g, String.raw`\$&`)}( [A-Za-z0-9._:/()#,@+=* -]+)?`);
}
