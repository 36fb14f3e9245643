import { built } from './built.ts';

// Reads a store into memory in a process of its own, and says what that took, as JSON.

const { History, Chronicle, sqliteDialect } = await built();
const rss = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const history = await History.open(sqliteDialect(process.argv[2]!));
const [product = ''] = await history.products();
const before = rss();
const begun = performance.now();
const chronicle = new Chronicle(await history.recorded(product));
const ms = Math.round(performance.now() - begun);
const after = rss();
await history.close();
process.stdout.write(JSON.stringify({ revisions: chronicle.head, ms, before, after }));
