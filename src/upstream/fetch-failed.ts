/** Why nothing usable came. */
export const FETCH_REASONS = [
  'status',
  'bad-304',
  'too-large',
  'encoding',
  'content-type',
  'private-address',
  'timeout',
  'tls',
  'network',
  'file',
] as const;

/** Nothing usable came. `retryAfterMs` is what upstream asked for, where it did. */
export class FetchFailed extends Error {
  constructor(
    readonly reason: (typeof FETCH_REASONS)[number],
    detail: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(detail);
    this.name = 'FetchFailed';
  }
}

/** How the codes begin under which Node tells that a certificate is not trusted, or TLS not spoken. Source: Node's TLS, X509 certificate error codes. */
const OF_TLS =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|ERROR_IN_C|HOSTNAME_MISMATCH$|INVALID_|OUT_OF_MEM$|PATH_LENGTH_|SELF_SIGNED_|UNABLE_TO_|UNSPECIFIED$|EPROTO$)/;

/** What an exchange broke off with. */
export function failureOf(error: unknown): FetchFailed {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name;
  if (code === 'EPRIVATE') return new FetchFailed('private-address', cause.message);
  if (!OF_TLS.test(code)) return new FetchFailed('network', `Upstream could not be reached or broke off: ${code}.`);
  return new FetchFailed('tls', `Upstream's certificate is not trusted, or it speaks no TLS that is: ${code}.`);
}
