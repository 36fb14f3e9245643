/** Parts of the service as it was built: what is measured is what runs. */
export async function built() {
  const { History } = await dist<typeof import('../src/store/history.ts')>('store/history.js');
  const { Chronicle } = await dist<typeof import('../src/store/chronicle.ts')>('store/chronicle.js');
  const { sqliteDialect } = await dist<typeof import('../src/store/sqlite.ts')>('store/sqlite.js');
  const { byHost } = await dist<typeof import('../src/model/address.ts')>('model/address.js');
  const { digestOf } = await dist<typeof import('../src/model/revision.ts')>('model/revision.js');
  const { namesOf } = await dist<typeof import('../src/model/requirement.ts')>('model/requirement.js');
  const { loadCatalog } = await dist<typeof import('../src/catalog/file.ts')>('catalog/file.js');
  return { History, Chronicle, sqliteDialect, byHost, digestOf, namesOf, loadCatalog };
}

async function dist<T>(file: string): Promise<T> {
  return (await import(new URL(`../dist/${file}`, import.meta.url).href)) as T;
}
