/** A command of a page, in words. */
export type Command = readonly string[];

/** What a curl command sends. */
export interface CurlRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether the answer is shown with its headers. */
  readonly withHeaders: boolean;
}

/** Where the pages say that the service is. */
export const SAID_TO_BE_AT = 'http://localhost:3000';

/**
 * The commands of a block. Takes words, quotes, lines that go on after a backslash, and comments on lines of their own.
 *
 * @throws Error for everything else that a shell does, because it would not be done here.
 */
export function commandsOf(text: string): Command[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('# ')).map(wordsOf);
}

function wordsOf(line: string): string[] {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const word = /^(?:'[^']*'|"[^"$`\\]*"|[^\s'"|&;<>$`\\()*?#])+(?=\s|$)/.exec(rest)?.[0];
    if (word === undefined) throw new Error(`"${rest}" is more than the reader of shell commands knows`);
    words.push(
      word.replace(/'([^']*)'|"([^"]*)"/g, (_quoted, single?: string, double?: string) => single ?? double ?? ''),
    );
    rest = rest.slice(word.length).trim();
  }
  return words;
}

/** @throws Error for a flag that is not known here, or another host. */
export function curlRequest([program, ...words]: Command): CurlRequest {
  if (program !== 'curl') throw new Error(`"${program}" is not run here`);
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'curl/8.0.0' };
  const encoded: string[] = [];
  let [method, url, body, isGet, withHeaders]: [string?, string?, string?, boolean?, boolean?] = [];
  const value = (flag: string): string => {
    const next = words.shift();
    if (next === undefined) throw new Error(`${flag} has no value`);
    return next;
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-s') continue;
    if (word === '-i') withHeaders = true;
    else if (word === '--get') isGet = true;
    else if (word === '-X') method = value(word);
    else if (word === '-d') body = value(word);
    else if (word === '--data-urlencode') encoded.push(urlencoded(value(word)));
    else if (word === '-H') {
      const [, name, content] = /^([\w-]+): (.+)$/.exec(value(word)) ?? [];
      if (name === undefined || content === undefined) throw new Error('-H has no header');
      headers[name.toLowerCase()] = content;
    } else if (word.startsWith('-') || url !== undefined) throw new Error(`curl ${word}: not known here`);
    else url = word;
  }
  if (!url?.startsWith(`${SAID_TO_BE_AT}/`)) throw new Error(`"${url}" is not at ${SAID_TO_BE_AT}`);
  if (isGet ? body !== undefined : encoded.length > 0)
    throw new Error('--data-urlencode is known with --get, -d without');
  if (body !== undefined) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  const parameters = encoded.length === 0 ? '' : `${url.includes('?') ? '&' : '?'}${encoded.join('&')}`;
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    url: new URL(`${url}${parameters}`),
    headers,
    body,
    withHeaders: withHeaders ?? false,
  };
}

/** `name=content`, of which curl encodes the content. */
function urlencoded(text: string): string {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Error(`--data-urlencode ${text}: write name=content`);
  return `${text.slice(0, equals)}=${encodeURIComponent(text.slice(equals + 1))}`;
}
