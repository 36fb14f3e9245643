import { XmlElement, XmlText, parseXml } from '@rgrove/parse-xml';
import { failureApart, failureOf, strange, type FormatCheck } from '../check.js';
import { block, isWithin, linesOf, ports } from '../grammar.js';
import { filesOf } from '../tar-reader.js';

/** An element as a line: its name with its attributes, then its text or the elements in it. */
type Told = readonly [tag: string, content: string | readonly Told[]];

function toldOf(element: XmlElement): Told {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const tag = `${element.name}${attributes.join('')}`;
  const elements = element.children.filter((node) => node instanceof XmlElement);
  const texts = element.children.filter((node) => node instanceof XmlText);
  if (elements.length + texts.length !== element.children.length) strange('more than elements and text', tag);
  const text = texts.map((one) => one.text).join('');
  if (elements.length === 0) return [tag, text];
  return text.trim() === '' ? [tag, elements.map(toldOf)] : strange('text between elements', text);
}

function rootOf(text: string): Told {
  linesOf(text);
  if (!text.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<')) strange('no declaration', text.slice(0, 40));
  const { children, root } = parseXml(text);
  return children.length === 1 && root !== null ? toldOf(root) : strange('more than one element', text.slice(0, 80));
}

/** Elements, taken one after another. */
function taker([tag, content]: Told, form: RegExp) {
  if (!form.test(tag)) strange(`not ${form}`, tag);
  const inner = typeof content === 'string' ? strange('no elements', tag) : [...content];
  const all = (of: RegExp) => {
    const count = inner.findIndex(([name]) => !of.test(name));
    return inner.splice(0, count === -1 ? inner.length : count);
  };
  const take = (of: RegExp) => all(of)[0]?.[1] ?? strange(`no ${of}`, inner[0]?.[0] ?? 'the end');
  const text = (of: RegExp) => {
    const said = take(of);
    return typeof said === 'string' ? said : strange('no text', tag);
  };
  const end = () => inner.length === 0 || strange('more than there should be', inner[0]![0]);
  return { all, take, text, end };
}

/** The blocks of an ipset, those within others included, which its description tells. */
function blocksOf(name: string, told: Told): readonly string[] {
  const { all, text, end } = taker(told, /^ipset type="hash:net"$/);
  const isIpv6 = all(/^option name="family" value="inet6"$/).length === 1;
  if (text(/^short$/) !== name) strange('another name', name);
  const [first, ...lines] = text(/^description$/).split('\n');
  const entries = all(/^entry$/).map(([tag, entry]) =>
    typeof entry === 'string' ? block(entry) : strange('no entry', tag),
  );
  end();
  if (first !== '' || lines.pop() !== '') strange('another description', name);
  const blocks = lines.map((line) => {
    const [, cidr = '', by] =
      /^([0-9a-f.:]+\/\d+)(?: in ([0-9a-f.:]+\/\d+))?:[ -~]*$/.exec(line) ?? strange('no block', line);
    if (by === undefined ? !entries.includes(block(cidr)) : !entries.includes(block(by)) || !isWithin(cidr, by))
      strange('not passed', line);
    return block(cidr);
  });
  if (blocks.some((one) => one.includes(':') !== isIpv6) || new Set(blocks).size !== blocks.length)
    strange('blocks', name);
  if (entries.length === 0 || entries.some((entry) => !blocks.includes(entry))) strange('an entry not told', name);
  if (entries.some((one) => entries.some((other) => one !== other && isWithin(one, other)))) strange('within', name);
  return blocks;
}

const POLICIES = [
  ['gatepost-out', 'outbound', 'HOST', 'ANY', 'destination'],
  ['gatepost-in', 'inbound', 'ANY', 'HOST', 'source'],
] as const;

/** Every file, and every ipset in one rule of the right policy. */
function read(body: string | Uint8Array): string[] {
  const files = new Map(filesOf(typeof body === 'string' ? Buffer.from(body, 'latin1') : body));
  const rules = POLICIES.flatMap(([policy, flow, from, to, side]) => {
    const path = `policies/${policy}.xml`;
    const { all, take, text, end } = taker(
      rootOf(files.get(path) ?? strange('no file', path)),
      /^policy target="CONTINUE"$/,
    );
    files.delete(path);
    if (text(/^short$/) !== policy) strange('another name', policy);
    text(/^description$/);
    take(new RegExp(`^ingress-zone name="${from}"$`));
    take(new RegExp(`^egress-zone name="${to}"$`));
    const own = all(/^rule /).flatMap((told) => {
      const isIpv6 = told[0] === 'rule family="ipv6"';
      const rule = taker(told, /^rule family="ipv[46]"$/);
      const [[sideTag], [portTag], ...rest] = [...rule.all(/^(?:source|destination) /), ...rule.all(/^port /)] as [
        Told,
        Told,
      ];
      const name =
        new RegExp(`^${side} ipset="(gatepost-[\\w-]{1,22})"$`).exec(sideTag)?.[1] ?? strange('no ipset', sideTag);
      const [, range = '', protocol] =
        /^port port="([\d-]+)" protocol="(tcp|udp)"$/.exec(portTag) ?? strange('no port', portTag);
      rule.take(/^accept$/);
      rule.end();
      if (rest.length > 0) strange('more in a rule', name);
      const file = `ipsets/${name}.xml`;
      const blocks = blocksOf(name, rootOf(files.get(file) ?? strange('no ipset', name)));
      files.delete(file);
      if (blocks.some((cidr) => cidr.includes(':') !== isIpv6)) strange('another family', name);
      return blocks.map((cidr) => `${flow} ${protocol} ${ports(range)} ${cidr}`);
    });
    end();
    return own;
  });
  if (files.size > 0) strange('files that no policy uses', [...files.keys()].join());
  return rules;
}

/** The least that firewalld starts with, our files beside it, and what it says of them: it may warn and be content. */
const LOAD = `set -e
apart=$(mktemp -d)
trap 'rm -r "$apart"' EXIT
echo DefaultZone=public > "$apart/firewalld.conf"
tar -C "$apart" -xf "$1"
said=$(firewall-offline-cmd --system-config="$apart" --check-config 2>&1)
test -z "$said" || { echo "$said"; exit 1; }
`;

/** Whether each of our files is well-formed XML. */
const WELL_FORMED = `set -e
apart=$(mktemp -d)
trap 'rm -r "$apart"' EXIT
tar -C "$apart" -xf "$1"
find "$apart" -name '*.xml' -exec xmllint --noout {} +
`;

/** Another byte for one of the same length, so that the headers stay right. */
const swap = (from: RegExp, to: string) => (body: string) =>
  body.replace(from, (found) => to.padEnd(found.length).slice(0, found.length));

export const firewalldCheck: FormatCheck = {
  id: 'firewalld',
  read,
  broken: {
    'an unknown element': (body) => body.replaceAll(/(<\/?)short>/g, '$1shart>'),
    'a port that is none': swap(/port="\d{3,5}" protocol="tcp"/, 'port="x"'),
    'an address that is none': swap(/<entry>20\.\d+\.\d+\.\d+/, '<entry>20.0.0.'),
    'host bits': swap(/<entry>20\.0\.1\.0\/24</, '<entry>20.0.1.1/24<'),
    'an ipset that is not there': (body) => body.replace(/ipset="gatepost-out/, 'ipset="gatepost-oyt'),
    'XML that is not closed': (body) => body.replace('</policy>', '<//olicy>'),
    'a target of its own': (body) => body.replaceAll('target="CONTINUE"', 'target="ACCEPT"  '),
    'another mode': (body) => body.replace('0000644', '0000777'),
    'a file that is cut': (body) => body.slice(0, 700),
    'no end': (body) => body.replace(/\0+$/, ''),
    'more after the end': (body) => `${body}${'x'.repeat(512)}`,
  },
  tools: [
    {
      name: 'firewall-offline-cmd',
      needs: ['firewall-offline-cmd', 'tar', 'unshare'],
      refusal: (file) => failureApart('sh', ['-c', LOAD, 'sh', file]),
      // It looks at no reference, masks host bits, and takes what nobody asked for; tar takes a mode that nobody wrote only by its checksum.
      blindTo: ['an ipset that is not there', 'host bits', 'a target of its own', 'no end', 'more after the end'],
    },
    {
      name: 'xmllint',
      needs: ['xmllint', 'tar'],
      refusal: (file) => failureOf('sh', ['-c', WELL_FORMED, 'sh', file]),
      // It knows XML, and nothing of firewalls.
      blindTo: [
        'an unknown element',
        'a port that is none',
        'an address that is none',
        'an ipset that is not there',
        'host bits',
        'a target of its own',
        'no end',
        'more after the end',
      ],
    },
  ],
};
