/** The store as it was built: what is killed is what runs. */
export async function built() {
  const { openStore } = await dist<typeof import('../../../src/store/opening.ts')>('store/opening.js');
  const { copyFileOf } = await dist<typeof import('../../../src/store/copy.ts')>('store/copy.js');
  const { linesOf } = await dist<typeof import('../../../src/store/history-lines.ts')>('store/history-lines.js');
  const { digestOf } = await dist<typeof import('../../../src/model/revision.ts')>('model/revision.js');
  const { readCatalog } = await dist<typeof import('../../../src/catalog/read.ts')>('catalog/read.js');
  return { openStore, copyFileOf, linesOf, digestOf, readCatalog };
}

async function dist<T>(file: string): Promise<T> {
  return (await import(new URL(`../../../dist/${file}`, import.meta.url).href)) as T;
}
