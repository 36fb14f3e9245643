/** Where a fault is made to happen: a file, and how the title of a test in it begins, as it is written there. */
export type Place = readonly [file: string, title: string];

/** A row of the matrix of faults: what it is about, and what tests it or why nothing does. */
export type Row = {
  readonly row: number;
  readonly what: string;
} & (
  | { readonly tests: readonly Place[] }
  /** What the row is about is not there, so that nothing can fail. */
  | { readonly notBuilt: string }
);

const FETCH = 'test/upstream/fetch.test.ts';
const PARSE = 'test/upstream/parse.test.ts';
const KEPT: Place = ['test/faults/upstream.test.ts', 'row $row: $what'];
const REFRESHER = 'test/publish/refresher.test.ts';
const REFRESH = 'test/e2e/refresh.test.ts';
const FAILING: Place = [REFRESH, 'with %s changes nothing that is served, and says why'];
const HTTP = 'test/e2e/http.test.ts';
const POISON: Place = ['test/faults/poison.test.ts', 'rows 27–38: a list that $what'];
const GUARD = 'test/model/guard.test.ts';
const CLOCK_DOOR = 'test/publish/clock-door.test.ts';
const TLS = 'test/faults/tls.test.ts';
const DNS = 'test/faults/dns.test.ts';
const DECISIONS = 'test/publish/decisions.test.ts';
const SIGNALS = 'test/faults/signals.test.ts';
const OVER_HTTP = 'test/graphql/over-http.test.ts';
const NO_POSTGRES = 'The store is SQLite; there is no PostgreSQL and there are no replicas yet.';
const NO_WEBHOOKS = 'There are no webhooks yet.';

/** Every row of the matrix. Source: the matrix of faults, A–G. */
export const MATRIX: readonly Row[] = [
  // A: upstream answers.
  {
    row: 1,
    what: '5xx',
    tests: [
      KEPT,
      ['test/faults/outage.test.ts', 'row 1: an upstream that is down for 30 days'],
      ['test/upstream/backoff.test.ts', 'is never longer than a regular poll or a quarter of an hour'],
      [REFRESH, 'is tried again without anyone asking'],
    ],
  },
  { row: 2, what: '401, 403, 404, 410', tests: [KEPT, FAILING] },
  {
    row: 3,
    what: '429 with Retry-After',
    tests: [
      KEPT,
      [FETCH, '%j asks for %j ms'],
      ['test/upstream/backoff.test.ts', 'is never shorter than upstream asked for'],
    ],
  },
  { row: 4, what: '503 with Retry-After', tests: [KEPT, [FETCH, '%i tells how long to wait']] },
  {
    row: 5,
    what: 'silence',
    tests: [KEPT, [FETCH, 'ends an exchange in which %s'], [FETCH, 'leaves no connection behind']],
  },
  { row: 6, what: 'a slow body', tests: [KEPT, [FETCH, 'ends an exchange in which %s']] },
  { row: 7, what: 'slow headers', tests: [KEPT, [FETCH, 'ends an exchange in which %s']] },
  {
    row: 8,
    what: 'a body cut',
    tests: [
      KEPT,
      ['test/faults/cut.test.ts', 'row 8: the newest list is never read where it is cut %s'],
      [PARSE, 'is refused wherever %s is cut before its end'],
    ],
  },
  {
    row: 9,
    what: 'bombs of compression',
    tests: [
      KEPT,
      [FETCH, 'refuses two hundred megabytes that travel'],
      [FETCH, 'that was not offered or is broken is refused: %s'],
    ],
  },
  { row: 10, what: 'a huge body', tests: [KEPT, [FETCH, 'refuses %s']] },
  { row: 11, what: 'floods of headers', tests: [KEPT, [FETCH, 'or never was one is a failure: %s']] },
  {
    row: 12,
    what: 'a wrong type',
    tests: [
      KEPT,
      [FETCH, 'is refused as %s, whatever its body'],
      [FETCH, 'is judged by its body where it says it is %s'],
    ],
  },
  { row: 13, what: 'a page', tests: [KEPT, FAILING, [PARSE, 'shows how it begins']] },
  { row: 14, what: 'JSON that is none', tests: [KEPT, [PARSE, 'is refused: %s']] },
  { row: 15, what: 'a key twice', tests: [KEPT, [PARSE, 'is refused where %s is there twice']] },
  {
    row: 16,
    what: '__proto__ and its like',
    tests: [KEPT, [PARSE, 'is refused with %s for a host, a member or a change']],
  },
  {
    row: 17,
    what: '304 to who has nothing',
    tests: [
      KEPT,
      ['test/faults/first-polls.test.ts', 'row 17: 304 to the first question'],
      [FETCH, 'is refused where none was'],
    ],
  },
  {
    row: 18,
    what: 'an ETag that lies',
    tests: [KEPT, [REFRESHER, 'row 18: once a day the list is asked for'], [REFRESH, 'never has its tag remembered']],
  },
  {
    row: 19,
    what: 'another 2xx',
    tests: [KEPT, [FETCH, '%i is refused, even with a list'], [FETCH, 'has no body, though bytes follow it']],
  },
  { row: 20, what: 'redirects', tests: [KEPT, [FETCH, '%i is not followed']] },
  {
    row: 21,
    what: 'DNS',
    tests: [
      [TLS, 'row 21: a name that there is not'],
      [FETCH, 'a name that resolves to a private address is refused'],
      [FETCH, '%s is a literal address, and so consent to it'],
      [DNS, '%s is met in time'],
    ],
  },
  {
    row: 22,
    what: 'TLS',
    tests: [
      [TLS, 'row 22: one with a certificate of another address'],
      [TLS, 'row 22: one with a certificate that is %s'],
    ],
  },
  {
    row: 23,
    what: 'resets',
    tests: [
      KEPT,
      [FETCH, '%s is a failure'],
      [FETCH, 'leaves no connection behind'],
      [FETCH, 'row 23: an upstream that stands still'],
    ],
  },
  { row: 24, what: 'a proxy of the environment', tests: [[FETCH, 'a proxy of the environment is not asked']] },
  {
    row: 25,
    what: 'a poll loop that dies',
    tests: [
      [REFRESHER, 'row 25: a poll that fails as nobody foresaw'],
      [REFRESHER, 'row 25: a poll that does not end'],
    ],
  },
  {
    row: 26,
    what: 'two lists in turn',
    tests: [KEPT, [REFRESHER, 'an upstream that says two lists in turn is never followed']],
  },

  // B: poison.
  {
    row: 27,
    what: 'hosts emptied or gone',
    tests: [
      POISON,
      [REFRESH, 'for %s is held: the old one is served whole'],
      ['test/e2e/decisions.test.ts', 'row 27: a list that is held'],
    ],
  },
  { row: 28, what: 'most addresses gone', tests: [POISON] },
  {
    row: 29,
    what: 'half of each host gone',
    tests: [POISON, [REFRESHER, 'a list that leaves an address out is published with that address, retiring']],
  },
  {
    row: 30,
    what: 'blocks that are too wide',
    tests: [POISON, [GUARD, 'has a block wider than any that is allowed: %s']],
  },
  {
    row: 31,
    what: 'special-purpose addresses',
    tests: [POISON, ['test/model/special-purpose.test.ts', '%s is refused from %s to %s as %s']],
  },
  {
    row: 32,
    what: 'addresses that are none',
    tests: [POISON, [PARSE, 'is refused as %j'], [PARSE, 'is refused at its place in %s']],
  },
  {
    row: 33,
    what: 'a host never seen',
    tests: [
      POISON,
      [PARSE, 'may not be called %j'],
      ['test/faults/first-polls.test.ts', 'row 33: a host that no requirement names'],
    ],
  },
  {
    row: 34,
    what: 'a host of the catalog missing at first',
    tests: [
      [REFRESH, 'is not trusted without the hosts that the catalog says'],
      [GUARD, 'is held when such a host is not in it'],
    ],
  },
  { row: 35, what: 'every address replaced', tests: [POISON] },
  {
    row: 36,
    what: 'addresses more',
    tests: [POISON, ['test/e2e/decisions.test.ts', 'is any that adds something, where additions are approved']],
  },
  { row: 37, what: 'a list that is too long', tests: [POISON, FAILING, [GUARD, 'has too many addresses']] },
  {
    row: 38,
    what: 'an older list',
    tests: [
      ['test/faults/poison.test.ts', 'row 38: goes back to any older version'],
      [REFRESH, 'and comes back has a new revision and the old digest'],
    ],
  },
  {
    row: 39,
    what: 'a list that never changes',
    tests: [['test/faults/outage.test.ts', 'row 39: an upstream that says the same for ever']],
  },
  {
    row: 40,
    what: 'every shape that there was',
    tests: [
      [PARSE, '%s has %i hosts and %i addresses of hosts'],
      [PARSE, '%s has %s'],
      [PARSE, 'is refused: %s'],
      [CLOCK_DOOR, 'promotes nothing when it passes'],
    ],
  },

  // C: process, disk, time.
  { row: 41, what: 'kills', tests: [['test/e2e/kills.test.ts', '${KILLS} kills, of the process and of upstream']] },
  {
    row: 42,
    what: 'a kill at each call',
    tests: [['test/faults/crash-points.test.ts', 'row 42: a writer that is killed before a call']],
  },
  { row: 43, what: 'a loss of power', tests: [['test/faults/power-loss.test.ts', 'row 43: before a power loss']] },
  { row: 44, what: 'a damaged store', tests: [['test/store/opening.test.ts', 'row 44: a store']] },
  {
    row: 45,
    what: 'a flipped byte',
    tests: [
      ['test/faults/bit-rot.test.ts', 'row 45: a flipped bit of a store'],
      ['test/faults/bit-rot.test.ts', 'row 45: a flipped bit of a copy'],
      [DECISIONS, 'row 45: a decision that was damaged'],
      [DECISIONS, 'row 45: what is known of the last poll'],
    ],
  },
  {
    row: 46,
    what: 'a full disk',
    tests: [
      ['test/faults/disk.test.ts', 'row 46: a full disk'],
      ['test/faults/disk.test.ts', 'row 46: a start on a disk'],
    ],
  },
  {
    row: 47,
    what: 'a disk that fails',
    tests: [
      ['test/faults/disk.test.ts', 'row 47: a disk'],
      ['test/faults/disk.test.ts', 'row 47: a want of file descriptors'],
    ],
  },
  {
    row: 48,
    what: 'a clock that jumps',
    tests: [
      [CLOCK_DOOR, 'a hundred times to and fro retires nothing early'],
      [CLOCK_DOOR, 'retires nothing and says so once, until polls agree'],
      ['test/publish/trusted-clock.test.ts', 'a clock that jumps ahead by more than a day'],
      ['test/publish/trusted-clock.test.ts', 'whatever the clock is set to within a day'],
      ['test/publish/soak.test.ts', 'is timed by the monotonic clock'],
      ['test/e2e/patience.test.ts', 'that contradicts the clock is told of'],
    ],
  },
  {
    row: 49,
    what: 'a start without network',
    tests: [['test/faults/no-network.test.ts', 'row 49: with a store is ready']],
  },
  {
    row: 50,
    what: 'a start without network and store',
    tests: [
      [REFRESH, 'the list that ships is served, marked as bundled'],
      [REFRESH, 'is waited for: nothing is answered before'],
    ],
  },
  {
    row: 51,
    what: 'signals',
    tests: [
      [SIGNALS, 'row 51: a process'],
      [SIGNALS, 'that was stopped and goes on polls once for all that it missed'],
    ],
  },
  { row: 52, what: 'what nobody caught', tests: [[SIGNALS, 'row 52: a process']] },

  // D: replicas and stores.
  ...[
    'replicas that refresh at once',
    'PostgreSQL down',
    'a lost message',
    'Redis or NATS down',
    'split versions',
    'a rolling migration',
  ].map((what, i) => ({ row: 53 + i, what, notBuilt: NO_POSTGRES })),

  // E: the catalog.
  {
    row: 59,
    what: 'edits of the catalog',
    tests: [
      ['test/faults/catalog.test.ts', 'row $row: $what'],
      ['test/faults/catalog.test.ts', 'row 59: a hundred saves in a row'],
      ['test/e2e/catalog.test.ts', 'may be swapped by rename, or behind a symbolic link'],
      ['test/e2e/catalog.test.ts', 'and broken stays as it was, and /status says where'],
    ],
  },

  // F: clients.
  {
    row: 60,
    what: 'SIGTERM under load',
    tests: [['test/e2e/process.test.ts', 'first makes readiness fail, while everything is still answered']],
  },
  { row: 61, what: 'slow clients', tests: [['test/faults/slow-clients.test.ts', 'row 61: who sends slowly']] },
  {
    row: 62,
    what: 'ten thousand connections',
    tests: [['test/faults/pressure.test.ts', 'row 62: the number of connections']],
  },
  {
    row: 63,
    what: 'long addresses and headers',
    tests: [
      [HTTP, 'a long address is 414'],
      [HTTP, 'large headers are 431'],
      [HTTP, 'many parameters are refused'],
    ],
  },
  {
    row: 64,
    what: 'odd parameters',
    tests: [
      [HTTP, 'parameters that cannot be used'],
      [HTTP, 'has no meaning: the bytes and the ETag are the same'],
    ],
  },
  {
    row: 65,
    what: 'what becomes a header',
    tests: [['test/faults/headers.test.ts', 'row 65: nothing that a client says gets into a header']],
  },
  {
    row: 66,
    what: 'poisoned hosts',
    tests: [
      [HTTP, 'an absolute target shows nothing of its host'],
      ['test/e2e/feeds.test.ts', 'what a request says of its host'],
    ],
  },
  {
    row: 67,
    what: 'smuggling',
    tests: [['test/faults/messages.test.ts', 'row 67: what follows a closing request']],
  },
  {
    row: 68,
    what: 'odd headers',
    tests: [
      [HTTP, 'conditional requests'],
      [HTTP, 'an encoding that is not offered is 406 only where'],
    ],
  },
  {
    row: 69,
    what: 'wrong methods',
    tests: [
      [HTTP, 'an unknown method is 405'],
      [HTTP, 'say which methods are allowed'],
    ],
  },
  {
    row: 70,
    what: 'too many requests',
    tests: [
      [HTTP, 'answers 429 with when to come back'],
      ['test/ops/rate-limit.test.ts', 'row 70: who counts as one client'],
      ['test/ops/rate-limit.test.ts', 'row 70: what is remembered of clients'],
      [HTTP, 'believes X-Forwarded-For of trusted proxies alone'],
    ],
  },
  {
    row: 71,
    what: 'bombs of GraphQL',
    tests: [
      ['test/graphql/bombs.test.ts', 'a request that %s'],
      [OVER_HTTP, 'by the thousand cost no more memory than they are given'],
    ],
  },
  {
    row: 72,
    what: 'what GraphQL tells',
    tests: [
      ['test/graphql/limits.test.ts', 'has room for introspection as every tool sends it'],
      [OVER_HTTP, 'is not taken for GraphiQL unless a page is what is preferred'],
    ],
  },
  {
    row: 73,
    what: 'requests of other sites',
    tests: [[OVER_HTTP, 'a request that another site could make somebody send']],
  },
  {
    row: 74,
    what: 'odd bodies',
    tests: [
      [HTTP, 'that are too large are 413'],
      [HTTP, 'of another format are 415'],
      [HTTP, 'that are not JSON are 400'],
    ],
  },
  {
    row: 75,
    what: 'expressions that explode',
    tests: [['test/faults/expressions.test.ts', 'row 75: $where takes time that grows no faster than its text']],
  },
  { row: 76, what: 'readers of streams', notBuilt: 'There are no server-sent events yet.' },
  {
    row: 77,
    what: 'a blocked loop',
    tests: [['test/faults/pressure.test.ts', 'row 77: an event loop that comes late']],
  },
  {
    row: 78,
    what: 'huge ranges and forged cursors',
    tests: [['test/e2e/changes.test.ts', 'take a cursor of their own question only']],
  },

  // G: webhooks.
  ...[
    'private targets',
    'names that move',
    'redirects',
    'slow and huge answers',
    'failing targets',
    'kills',
    'replays',
    'floods',
  ].map((what, i) => ({ row: 79 + i, what, notBuilt: NO_WEBHOOKS })),
];
