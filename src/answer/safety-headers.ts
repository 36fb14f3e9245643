/** Headers by their names in lower case. */
export type SafetyHeaders = Readonly<Record<string, string>>;

const A_YEAR_SECONDS = 31_536_000;

/**
 * What every answer says so that no browser takes it for more than it is. A page says its own policy in place of this one.
 * Everybody may read what is answered, from pages of other sites too, so that nothing is kept from them here.
 *
 * @param publicUrl where clients reach the service. Where that is by http, a promise of https would lock them out.
 * Source: OWASP, REST Security Cheat Sheet; RFC 6797.
 */
export function safetyHeaders(publicUrl: URL | null): SafetyHeaders {
  return {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
    ...(publicUrl?.protocol === 'https:' ? { 'strict-transport-security': `max-age=${A_YEAR_SECONDS}` } : {}),
  };
}
