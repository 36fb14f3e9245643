import { stringify } from 'csv-stringify/sync';
import { GENERAL } from '../model/address.js';
import { namesOf, type Requirement } from '../model/requirement.js';
import { plain, readCommonMark, wordsOf } from './commonmark.js';
import type { Exporter } from './exporter.js';
import { EVERYTHING } from './supports.js';

const COLUMNS = [
  'ref',
  'task',
  'mode',
  'need',
  'direction',
  'zone',
  'endpoint',
  'kind',
  'title',
  'host',
  'protocol',
  'port_from',
  'port_to',
  'port_basis',
  'address',
  'family',
  'status',
  'section',
  'description',
] as const;

/**
 * One row for each requirement, host, port and address, with the names of the columns before them. What has no address
 * has a row without one, with the status `unresolved`. A cell that a spreadsheet would calculate begins with `'`.
 * Source: RFC 4180.
 */
export const csv: Exporter = {
  id: 'csv',
  title: 'Table of comma-separated values',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  kind: 'table',
  supports: EVERYTHING,
  limits: [],
  options: [],
  canBeEmpty: true,
  render: ({ requirements }) =>
    stringify([COLUMNS, ...requirements.flatMap(rowsOf)], { record_delimiter: 'windows', escape_formulas: true }),
};

function rowsOf(requirement: Requirement): string[][] {
  const { ref, task, mode, need, direction, zone, endpoint, ports, addresses, source } = requirement;
  const before = [ref, task, mode, need, direction, zone, endpoint.name, endpoint.kind, wordsOf(plain(endpoint.title))];
  const behind = [wordsOf(plain(source.section ?? '')), wordsOf(readCommonMark(requirement.description))];
  const own = namesOf(endpoint);
  const hosts = [
    ...(own.length === 0 ? [''] : own),
    ...(addresses.some(({ host }) => host === GENERAL) ? [GENERAL] : []),
  ];
  return hosts.flatMap((host) => {
    const known = addresses.filter((address) => address.host === host);
    const cells = known.map(({ cidr, family, status }) => [cidr, family, status]);
    return ports.flatMap(({ protocol, from, to, basis }) =>
      (cells.length === 0 ? [['', '', 'unresolved']] : cells).map((address) => [
        ...before,
        host,
        protocol,
        `${from}`,
        `${to}`,
        basis,
        ...address,
        ...behind,
      ]),
    );
  });
}
