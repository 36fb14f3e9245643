import { createPacResolver } from 'pac-resolver';
import { QuickJS } from 'quickjs-wasi';
import { describe, expect, it } from 'vitest';
import { ExportRefusal } from '../../src/export/exporter.js';
import { optionValues } from '../../src/export/option.js';
import { pac } from '../../src/export/pac.js';
import { writtenName, type NameRule } from '../../src/export/rule.js';
import { bodiesOf } from './bodies.js';
import { pacCheck } from './checks/pac.js';
import { FIXTURES } from './fixtures.js';

const { catalog } = FIXTURES[0]!.snapshot;
const PROXY = 'PROXY 127.0.0.1:3128';
const HTTPS = { flow: 'outbound', protocol: 'tcp', from: 443, to: 443 } as const;

function written(names: readonly NameRule[], proxy = '127.0.0.1:3128'): string {
  const source = { rules: { names, addresses: [] }, omitted: [], header: [], catalog, requirements: [] };
  return String(pac.render(source, optionValues(new Map([['proxy', proxy]]))));
}

/** What a file answers: it runs in an engine of its own, as a browser runs it. */
async function answering(body: string): Promise<(url: string, host?: string) => Promise<string>> {
  return createPacResolver(await QuickJS.create(), body);
}

/** Whether rules let a name through at a port, told apart from how the file tells it. */
function isLetThrough(rules: readonly string[], name: string, port: number): boolean {
  return rules.some((rule) => {
    const [, protocol, ports = '', far = ''] = rule.split(' ');
    const [from = 0, to = 0] = ports.split('-').map(Number);
    const isNamed = far.startsWith('*.') ? name !== far.slice(2) && `.${name}`.endsWith(far.slice(1)) : name === far;
    return protocol === 'tcp' && from <= port && port <= to && isNamed;
  });
}

describe.each([...bodiesOf(pac)])('the file of the fixture %s', (_fixture, body) => {
  it('sends what its rules say through the proxy, and near misses directly', async () => {
    const rules = pacCheck.read(body);
    const answer = await answering(body);
    let through = 0;
    for (const rule of rules) {
      const [, , ports = '', far = ''] = rule.split(' ');
      const [from = 0, to = 0] = ports.split('-').map(Number);
      const name = far.replace(/^\*\./, '');
      const names = [name, `a.${name}`, `b.a.${name}`, `evil${name}`, `${name}.evil.example`, name.replace('.', '-')];
      for (const one of names.filter((one) => one.length < 254)) {
        for (const port of [from - 1, from, to, to + 1].filter((port) => port > 0 && port < 65_536)) {
          const isThrough = isLetThrough(rules, one, port);
          expect(await answer(`https://${one}:${port}/x?y#z`), `${one}:${port}`).toBe(isThrough ? PROXY : 'DIRECT');
          through += Number(isThrough);
        }
      }
    }
    expect(through > 0).toBe(rules.some((rule) => rule.includes(' tcp ')));
    expect(await answer('https://else.example/')).toBe('DIRECT');
  });
});

describe('an answer', () => {
  const rules: readonly NameRule[] = [
    { ...HTTPS, from: 80, to: 80, name: 'plain.example', isWildcard: false },
    { ...HTTPS, name: 'a.example', isWildcard: false },
    { ...HTTPS, name: 'b.example', isWildcard: true },
    { ...HTTPS, from: 8000, to: 8010, name: 'c.example', isWildcard: false },
    { ...HTTPS, protocol: 'udp', name: 'd.example', isWildcard: false },
  ];

  it.each([
    ['https://a.example/', PROXY],
    ['https://a.example', PROXY],
    ['HTTPS://A.EXAMPLE/', PROXY],
    ['wss://a.example/socket', PROXY],
    ['https://user:8080@a.example/', PROXY],
    ['https://a.example?x=:80', PROXY],
    ['https://a.example:443/', PROXY],
    ['http://a.example/', 'DIRECT'],
    ['https://a.example:8443/', 'DIRECT'],
    ['http://a.example:443/', PROXY],
    ['https://a.example.evil.example/', 'DIRECT'],
    ['https://evil-a.example/', 'DIRECT'],
    ['https://x.a.example/', 'DIRECT'],
    ['http://plain.example/', PROXY],
    ['ws://plain.example/', PROXY],
    ['https://plain.example/', 'DIRECT'],
    ['https://x.b.example/', PROXY],
    ['https://y.x.b.example/', PROXY],
    ['https://b.example/', 'DIRECT'],
    ['https://xb.example/', 'DIRECT'],
    ['https://x.b.example.evil.example/', 'DIRECT'],
    ['http://c.example:8000/', PROXY],
    ['http://c.example:8010/', PROXY],
    ['http://c.example:7999/', 'DIRECT'],
    ['http://c.example:8011/', 'DIRECT'],
    ['https://d.example/', 'DIRECT'],
    ['https://[2600::1]:443/', 'DIRECT'],
    ['https://20.0.0.1/', 'DIRECT'],
    ['gopher://a.example/', 'DIRECT'],
  ])('of %s is %s', async (url, expected) => {
    const answer = await answering(written(rules));
    const host = /\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?]*)/.exec(url)?.[1] ?? '';
    expect(await answer(url, host)).toBe(expected);
  });

  it('knows a name with a dot behind it', async () => {
    const answer = await answering(written(rules));
    expect(await answer('https://a.example./', 'a.example.')).toBe(PROXY);
    expect(await answer('https://x.b.example./', 'x.b.example.')).toBe(PROXY);
    expect(await answer('https://b.example./', 'b.example.')).toBe('DIRECT');
  });

  it('is the proxy that was asked for', async () => {
    const answer = await answering(written(rules, 'proxy.example.com:8080'));
    expect(await answer('https://a.example/')).toBe('PROXY proxy.example.com:8080');
  });
});

it.each(['proxy.example.com', ':80', 'a:0', 'a:65536', 'a:80; DIRECT', 'a:80"', 'a b:80', 'a:80\n'])(
  '%j is no proxy',
  (text) => {
    const [option] = pac.options;
    expect(option?.type === 'text' && option.pattern.test(text)).toBe(false);
  },
);

it('a file that some browsers do not take is refused, with both numbers', () => {
  const many = Array.from({ length: 30_000 }, (_, i): NameRule => ({
    ...HTTPS,
    name: `n${i}.example.com`,
    isWildcard: false,
  }));
  expect(() => written(many)).toThrow(ExportRefusal);
  expect(() => written(many)).toThrow(/1048576 bytes at most, and this file has \d{7}\./);
  expect(written(many.slice(0, 2))).toContain(writtenName(many[1]!));
});
