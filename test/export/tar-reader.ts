import { strange } from './check.js';

const BLOCK = 512;

/** Where a field of a header is, and what we write there. Source: POSIX.1-2024, "ustar Interchange Format". */
const FIXED: readonly (readonly [at: number, length: number, form: RegExp])[] = [
  [100, 8, /^0000644$/], // mode
  [108, 8, /^0{7}$/], // user
  [116, 8, /^0{7}$/], // group
  [124, 12, /^[0-7]{11}$/], // size
  [136, 12, /^07033241600$/], // 2000-01-01T00:00:00Z
  [156, 1, /^0$/], // an ordinary file
  [157, 100, /^$/], // link
  [257, 6, /^ustar$/],
  [263, 2, /^00$/],
  [265, 32, /^root$/],
  [297, 32, /^root$/],
  [329, 183, /^$/],
];

/** The files of an archive by path, in their order. Every byte is looked at: what we do not write is refused. */
export function filesOf(archive: Uint8Array): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let at = 0;
  for (; archive[at] !== 0;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) strange('a header is cut', String(at));
    for (const [start, length, form] of FIXED) {
      const field = textOf(header.subarray(start, start + length));
      if (!form.test(field)) strange(`not ${form} at ${start}`, field);
    }
    const path = textOf(header.subarray(0, 100));
    const sum = header.reduce((total, byte, place) => total + (148 <= place && place < 156 ? 0x20 : byte), 0);
    if (Number.parseInt(textOf(header.subarray(148, 156)), 8) !== sum) strange('another checksum', path);
    if (files.has(path)) strange('a file twice', path);
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8);
    const data = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (data.length < size) strange('a file is cut', path);
    files.set(path, new TextDecoder('utf-8', { fatal: true }).decode(data));
    const next = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (archive.subarray(at + BLOCK + size, next).some((byte) => byte !== 0)) strange('more than a file', path);
    at = next;
  }
  const end = archive.subarray(at);
  if (end.length < 2 * BLOCK || end.length % BLOCK !== 0 || end.some((byte) => byte !== 0))
    strange('no end', String(at));
  return files;
}

/** What stands before the zeros, which fill the rest of a field. */
function textOf(field: Uint8Array): string {
  const text = Buffer.from(field).toString('latin1');
  const bare = text.replace(/\0+$/, '');
  return bare.includes('\0') ? strange('a zero', bare) : bare;
}
