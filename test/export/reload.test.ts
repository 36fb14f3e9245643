import { expect, it } from 'vitest';
import { exportOf } from '../../src/export/exported.js';
import { nftables } from '../../src/export/nftables.js';
import { failureApart, whereIs } from './check.js';
import { FIXTURES, questionOf } from './fixtures.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const isLeftOut = whereIs('nft') === undefined && !process.env['CI'];
if (isLeftOut) console.warn('nft is left out: it is not here. .ci/run names the Debian packages.');

it.skipIf(isLeftOut)(
  'nftables: a customer’s own chain in the table stays, with its policy, when other rules are loaded',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-reload-'));
    try {
      const files = await Promise.all(
        ['mixed', 'nested', 'empty'].map(async (name) => {
          const fixture = FIXTURES.find((one) => one.name === name)!;
          const question = questionOf(fixture, nftables, { chosen: new Map([['table', 'filter']]) });
          const file = path.join(folder, `${name}.nft`);
          await writeFile(file, exportOf(fixture.snapshot, question).body);
          return file;
        }),
      );
      const own = path.join(folder, 'own.nft');
      await writeFile(
        own,
        'table inet filter {\n chain output {\n type filter hook output priority 0; policy drop;\n jump gatepost_output\n }\n}\n',
      );
      const [mixed = '', nested = '', empty = ''] = files;
      const script = [
        'set -e',
        `nft -f ${mixed}`,
        `nft -f ${own}`,
        `nft -f ${nested}`,
        "nft list chain inet filter output | grep -q 'policy drop'",
        'nft list chain inet filter output | grep -q gatepost_output',
        "nft list set inet filter gatepost_outbound_ipv4 | grep -q '20.0.0.0/22 . tcp . 443'",
        "! nft list set inet filter gatepost_outbound_ipv4 | grep -q '20.0.2.0/25'",
        `nft -f ${empty}`,
        "nft list chain inet filter output | grep -q 'policy drop'",
        '! nft list ruleset | grep -q elements',
      ].join('\n');
      expect(failureApart('sh', ['-c', script])).toBeNull();
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
