import { commented } from './comment.js';
import { ExportRefusal, type Exporter } from './exporter.js';
import { writtenName } from './rule.js';

/** What Chromium takes. */
const MOST_BYTES = 1_048_576;

/** In the JavaScript of the oldest readers, some of which know no more than its third edition. */
const PROGRAM = String.raw`var PORTS = { ftp: 21, http: 80, https: 443, ws: 80, wss: 443 };

function FindProxyForURL(url, host) {
  var port = portOf(url);
  var name = host.toLowerCase().replace(/\.$/, "");
  for (var i = 0; i < RULES.length; i++) {
    var rule = RULES[i];
    if (rule[0] === "tcp" && rule[1] <= port && port <= rule[2] && isOf(name, rule[3])) {
      return PROXY;
    }
  }
  return "DIRECT";
}

function portOf(url) {
  var parts = /^([A-Za-z][A-Za-z0-9+.\-]*):\/\/(?:[^\/?#@]*@)?(?:\[[^\]]*\]|[^\/?#:@]*)(?::([0-9]*))?(?:[\/?#]|$)/.exec(url);
  if (!parts) {
    return 0;
  }
  if (parts[2]) {
    return parseInt(parts[2], 10);
  }
  var scheme = parts[1].toLowerCase();
  return PORTS.hasOwnProperty(scheme) ? PORTS[scheme] : 0;
}

function isOf(name, pattern) {
  if (pattern.substring(0, 2) !== "*.") {
    return name === pattern;
  }
  var end = pattern.substring(1);
  return name.length > end.length && name.substring(name.length - end.length) === end;
}`;

/**
 * A proxy auto-configuration: what is asked for goes through a proxy, everything else goes where it went. It is for
 * hosts that reach the internet only through a proxy, and the proxy has to let the same names through. UDP is in the
 * rules to be seen; no proxy carries it.
 * Source: MDN, Proxy Auto-Configuration (PAC) file.
 */
export const pac: Exporter = {
  id: 'pac',
  title: 'Proxy auto-configuration (PAC)',
  mediaType: 'application/x-ns-proxy-autoconfig',
  extension: 'pac',
  kind: 'configuration',
  // It knows no networks of IPv6; and networks are the customer's own, which take no proxy.
  supports: { names: true, wildcards: 'below', families: [], flows: ['outbound'], protocols: ['tcp'], ports: true },
  limits: [{ of: 'bytes, in some browsers', most: MOST_BYTES }],
  options: [
    {
      name: 'proxy',
      type: 'text',
      pattern:
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,9}:(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
      default: '127.0.0.1:3128',
      description: 'The HTTP proxy through which these names go, as name or IPv4 address and port.',
    },
  ],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const lines = rules.names.map((rule) => JSON.stringify([rule.protocol, rule.from, rule.to, writtenName(rule)]));
    const body = [
      ...commented(
        [
          ...header,
          'These names at these ports go through the proxy, and all else directly. The proxy must let them through.',
          'A rule: protocol, first port, last port, name. *.a.com stands for all names below a.com, and not for itself.',
        ],
        '//',
      ),
      `var PROXY = ${JSON.stringify(`PROXY ${options.text('proxy')}`)};`,
      'var RULES = [',
      // A comma behind the last is one element more to the oldest readers.
      ...lines.map((line, i) => `  ${line}${i < lines.length - 1 ? ',' : ''}`),
      '];',
      PROGRAM,
      '',
    ].join('\n');
    // All of it is ASCII.
    if (body.length > MOST_BYTES) {
      throw new ExportRefusal(
        `Some browsers take ${MOST_BYTES} bytes at most, and this file has ${body.length}. Select less, such as one task.`,
      );
    }
    return body;
  },
};
