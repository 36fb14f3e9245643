// What a page shows is what was answered, shortened by `…`:
//   in an object, for members that are left out;       in a list, for items that are left out;
//   in a string or a header, for the rest of the text; on a line of its own, for lines or headers.
// It always stands for something: where nothing is left out, it is a mistake.

/** An answer as it came. */
export interface Answered {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

const REST = '\u0000…';

/** @throws Error with the place of the first difference. */
export function compareJson(shown: string, answered: string): void {
  compareValue(readShown(shown), JSON.parse(answered), '');
}

/** @throws Error with the first difference. */
export function compareText(shown: string, answered: string, place = 'the text'): void {
  const pattern = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (new RegExp(`^${pattern.join('[^]+')}$`).test(answered)) return;
  throw new Error(`${place}: the page shows\n${shown}\nbut it is\n${answered}`);
}

/** @throws Error with the first difference in status, headers or body. */
export function compareHttp(shown: string, { status, statusText, headers, body }: Answered): void {
  const end = shown.indexOf('\n\n');
  const head = end === -1 ? shown : shown.slice(0, end);
  const [first, ...lines] = head.split('\n');
  compareText(first!, `HTTP/1.1 ${status} ${statusText}`, 'the status');
  if (!lines.includes('…')) throw new Error('not all headers are shown: say so by a line "…"');
  for (const line of lines.filter((line) => line !== '…')) {
    const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`"${line}" is no header`);
    compareText(value, String(headers[name.toLowerCase()] ?? 'left out'), `the header ${name}`);
  }
  if (end !== -1) compareJson(shown.slice(end + 2), body);
  else if (body !== '') throw new Error(`the page shows no body, but it is\n${body}`);
}

/** JSON with `…` outside strings, read so that what is left out can be told from a text. */
function readShown(text: string): unknown {
  const opened: string[] = [];
  const json = text.replace(/"(?:[^"\\]|\\.)*"|[[\]{}]|…/g, (part) => {
    if (part === '{' || part === '[') opened.push(part);
    if (part === '}' || part === ']') opened.pop();
    if (part !== '…') return part;
    return opened.at(-1) === '{' ? '"\\u0000…":0' : '"\\u0000…"';
  });
  return JSON.parse(json);
}

function compareValue(shown: unknown, answered: unknown, place: string): void {
  if (typeof shown === 'string' && typeof answered === 'string') return compareText(shown, answered, place || '/');
  if (Array.isArray(shown) && Array.isArray(answered)) return compareItems(shown, answered, place);
  if (isObject(shown) && isObject(answered)) return compareMembers(shown, answered, place);
  if (Object.is(shown, answered)) return;
  throw new Error(`${place || '/'}: the page shows ${JSON.stringify(shown)}, but it is ${JSON.stringify(answered)}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compareMembers(
  shown: Readonly<Record<string, unknown>>,
  answered: Readonly<Record<string, unknown>>,
  place: string,
): void {
  const names = Object.keys(shown).filter((name) => name !== REST);
  const all = Object.keys(answered);
  // The order of members has no meaning in JSON.
  const isMissing = names.some((name) => !all.includes(name));
  if (isMissing || (!(REST in shown) && names.length < all.length)) {
    throw new Error(`${place || '/'}: the page shows the members ${names.join(', ')}, but they are ${all.join(', ')}`);
  }
  if (REST in shown && names.length === all.length) {
    throw new Error(`${place || '/'}: "…" stands for no member`);
  }
  for (const name of names) compareValue(shown[name], answered[name], `${place}/${name}`);
}

/** Items before the first `…` are the first ones, those after the last `…` the last; between, in order. */
function compareItems(shown: readonly unknown[], answered: readonly unknown[], place: string): void {
  let at = 0;
  for (const [i, item] of shown.entries()) {
    if (item !== REST) {
      if (at >= answered.length)
        throw new Error(`${place}: the page shows more than the ${answered.length} items there are`);
      compareValue(item, answered[at], `${place}/${at}`);
      at++;
      continue;
    }
    const next = shown[i + 1];
    const from = at + 1;
    if (next === undefined) at = answered.length;
    else at = from + answered.slice(from).findIndex((candidate) => isLike(next, candidate));
    if (at < from)
      throw new Error(`${place}/${from - 1}: "…" stands for nothing, or what is shown after it is not there`);
  }
  if (at !== answered.length) throw new Error(`${place}: the page shows ${at} items, but there are ${answered.length}`);
}

function isLike(shown: unknown, answered: unknown): boolean {
  try {
    compareValue(shown, answered, '');
    return true;
  } catch {
    return false;
  }
}
