/**
 * The URL of a list that can be polled: https:, http:, or file: with an absolute path; without user name and password.
 * `undefined` for any other text.
 */
export function upstreamUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username + url.password !== '') return undefined;
  if (url.protocol === 'file:') return url.host === '' && !/%2f/i.test(url.pathname) ? url : undefined;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

/** A URL as everyone may see it: without what may be secret. */
export function publicUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href;
}
