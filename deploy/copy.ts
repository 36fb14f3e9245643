import { chmod, copyFile, lchown, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Owner } from './step.ts';

/** Copies as COPY does: content and modes stay, the owner is set, what is there already is kept or written over. */
export async function copyTree(source: string, target: string, owner: Owner): Promise<void> {
  const { mode, ...entry } = await lstat(source).then((stat) => ({
    mode: stat.mode & 0o7777,
    isFolder: stat.isDirectory(),
    isLink: stat.isSymbolicLink(),
    isFile: stat.isFile(),
  }));
  if (entry.isFolder) {
    await makeFolder(target, owner, mode);
    for (const name of await readdir(source)) await copyTree(path.join(source, name), path.join(target, name), owner);
    return;
  }
  if (!entry.isLink && !entry.isFile) throw new Error(`${source} is neither a file nor a folder nor a link.`);
  await makeFolder(path.dirname(target), owner);
  await rm(target, { force: true });
  if (entry.isLink) {
    await symlink(await readlink(source), target);
  } else {
    await copyFile(source, target);
    await chmod(target, mode);
  }
  await lchown(target, owner.user, owner.group);
}

/** Makes a folder and those around it; one that is there stays as it is. */
export async function makeFolder(folder: string, owner: Owner, mode = 0o755): Promise<void> {
  const isThere = await lstat(folder).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (isThere) return;
  await makeFolder(path.dirname(folder), owner);
  await mkdir(folder);
  // Not by mkdir, which leaves out what this machine's umask does.
  await chmod(folder, mode);
  await lchown(folder, owner.user, owner.group);
}
