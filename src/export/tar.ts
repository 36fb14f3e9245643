import { createTar } from 'nanotar';

/** A text in an archive. */
export interface TarFile {
  /** From the folder in which the archive is unpacked; at most 100 bytes. */
  readonly path: string;
  readonly text: string;
}

/** Of no file in particular: what is written is the same at any time. */
const AT = Date.UTC(2000, 0, 1);

/** Two blocks of zeros, by which a reader knows the end. */
const END = 1024;

/** An archive of files that belong to root and all may read. Source: POSIX.1-2024, "ustar Interchange Format". */
export function tarOf(files: readonly TarFile[]): Uint8Array {
  const archive = createTar(
    files.map(({ path, text }) => ({ name: path, data: text })),
    { attrs: { mode: '644', uid: 0, gid: 0, user: 'root', group: 'root', mtime: AT } },
  );
  const whole = new Uint8Array(archive.length + END);
  whole.set(archive);
  return whole;
}
