/** Pages of every origin may read what is served. */
export const CORS = {
  origin: '*',
  // POST asks GraphQL; /admin takes a header that is not among these, so no page of another site can use it.
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    'Accept',
    'Content-Type',
    'If-None-Match',
    'Last-Event-ID',
    'Apollo-Require-Preflight',
    'X-Apollo-Operation-Name',
  ],
  exposedHeaders: [
    'ETag',
    'Gatepost-Revision',
    'Gatepost-Freshness',
    'Gatepost-Omitted',
    'Content-Disposition',
    'Deprecation',
    'Sunset',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'X-Request-Id',
  ],
  maxAge: 86_400,
  strictPreflight: false,
};
