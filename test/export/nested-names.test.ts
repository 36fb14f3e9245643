import { describe, expect, it } from 'vitest';
import { optionValues } from '../../src/export/option.js';
import { compareTraffic, type NameRule } from '../../src/export/rule.js';
import { compareText } from '../../src/model/canonical.js';
import { CHECKED, asText } from './bodies.js';
import { FIXTURES, defaultsOf } from './fixtures.js';
import { rulesToldOf } from './rules-of.js';

/** Names below names, each with ports of its own. */
const NAMES = ['*.a.com 443', 'a.com 80', '*.b.a.com 8443', 'b.a.com 443', 'c.b.a.com 9000', 'd.a.com 443', 'ba.com 81']
  .map((text): NameRule => {
    const [name = '', port] = text.split(' ');
    const traffic = { flow: 'outbound', protocol: 'tcp', from: Number(port), to: Number(port) } as const;
    return { ...traffic, name: name.replace('*.', ''), isWildcard: name.startsWith('*.') };
  })
  .sort((a, b) => compareTraffic(a, b) || compareText(a.name, b.name) || Number(a.isWildcard) - Number(b.isWildcard));

const WITH_WILDCARDS = CHECKED.filter(
  ([, { supports, kind }]) =>
    kind === 'configuration' && supports.names && supports.ports && supports.wildcards !== 'none',
);

describe.each(WITH_WILDCARDS)('%s', (id, exporter, check) => {
  const body = exporter.render(
    {
      rules: { names: NAMES, addresses: [] },
      header: [],
      catalog: FIXTURES[0]!.snapshot.catalog,
      requirements: [],
    },
    optionValues(defaultsOf(exporter)),
  );

  it('lets through names below names, each with its ports', () => {
    expect(check.read(body).toSorted()).toEqual(rulesToldOf({ names: NAMES, addresses: [] }, exporter).sort());
  });

  it.runIf(id === 'dnsmasq-nftset')('has in the line of a name all that the wildcards above it open', () => {
    const lines = asText(body).matchAll(/^nftset=\/([^/]+)\/4#inet#gatepost#gatepost_names_(\S+)_ipv4,/gm);
    expect(Object.fromEntries([...lines].map(([, name, set]) => [name!, set]))).toEqual({
      'a.com': 'tcp_80_tcp_443',
      'b.a.com': 'tcp_443_tcp_8443',
      'ba.com': 'tcp_81',
      'c.b.a.com': 'tcp_443_tcp_8443_tcp_9000',
      'd.a.com': 'tcp_443',
    });
  });
});
