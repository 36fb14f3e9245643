import { parse } from 'csv-parse/sync';
import { ADDRESS_STATUSES } from '../../../src/model/address.js';
import { DIRECTIONS, ENDPOINT_KINDS, NEEDS, PORT_BASES } from '../../../src/model/catalog.js';
import { strange, type FormatCheck } from '../check.js';
import { block, dnsName, ports } from '../grammar.js';

const COLUMNS =
  'ref,task,mode,need,direction,zone,endpoint,kind,title,host,protocol,port_from,port_to,port_basis,address,family,status,section,description';

/** Of a body in bytes, without a mark of their order. */
function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
}

function oneOf(values: readonly string[], text: string): string {
  return values.includes(text) ? text : strange(`none of ${values.join()}`, text);
}

/** Every row is of the same columns, every cell is what its column is for, and none is calculated. */
function read(body: string | Uint8Array): string[] {
  const text = textOf(body);
  if (!text.endsWith('\r\n')) strange('no end of the last line', text.slice(-20));
  const [head, ...rows] = parse(text, { record_delimiter: '\r\n', delimiter: ',', quote: '"', escape: '"' });
  if (head?.join() !== COLUMNS) strange('other columns', String(head));
  const seen = new Set<string>();
  return rows.map((cells) => {
    for (const cell of cells)
      if (/^[=+\-@\t\r]|[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(cell)) strange('no plain cell', cell);
    const [ref = '', task, mode, need = '', direction = '', zone, endpoint = '', kind = '', , host = ''] = cells;
    const [protocol = '', from = '', to = '', basis = '', address = '', family = '', status = '', , description = ''] =
      cells.slice(10);
    if (![task, mode].every((part) => part !== undefined && ref.includes(`/${part}/`))) strange('another ref', ref);
    oneOf(NEEDS, need);
    oneOf(DIRECTIONS, direction);
    oneOf(ENDPOINT_KINDS, kind);
    oneOf(PORT_BASES, basis);
    oneOf(['tcp', 'udp'], protocol);
    if (kind === 'zone' && endpoint !== zone) strange('another zone', endpoint);
    if (host !== '' && host !== 'general') dnsName(host);
    const range = from === to ? ports(from) : ports(`${from}-${to}`);
    if (address === '') oneOf(['unresolved'], status + family);
    else {
      if (!address.includes('/')) strange('no block', address);
      oneOf([address.includes(':') ? 'ipv6' : 'ipv4'], block(address) === address ? family : '');
      oneOf(ADDRESS_STATUSES, status);
    }
    const told = [ref, need, host, `${protocol} ${range}`, `${address} ${status}`, description].join(' | ');
    if (seen.has(told)) strange('a row twice', told);
    seen.add(told);
    return told;
  });
}

export const csvCheck: FormatCheck = {
  id: 'csv',
  read,
  broken: {
    'line feeds alone': (body) => body.replaceAll('\r\n', '\n'),
    'a column more in one row': (body) => body.replace(/,443,443,/, ',443,443,443,'),
    'a quote that is not closed': (body) => body.replace(/\r\n$/, '"\r\n'),
    'a port that is none': (body) => body.replace(',443,443,', ',443,99999,'),
    'an address that is none': (body) => body.replace('20.0.0.1/32', '20.0.0.300/32'),
    'an address without its length': (body) => body.replace('20.0.0.1/32', '20.0.0.1'),
    'a formula': (body) => body.replace(/,([^,"]*)\r\n$/, ',=1+1\r\n'),
    'a row twice': (body) => `${body}${body.split('\r\n').slice(1).at(-2) ?? ''}\r\n`,
    'another name of a column': (body) => body.replace('port_basis', 'basis'),
    'no end': (body) => body.slice(0, -1),
    'a mark of the order of bytes': (body) => `\ufeff${body}`,
  },
};
