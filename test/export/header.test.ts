import { describe, expect, it } from 'vitest';
import { exportOf } from '../../src/export/exported.js';
import { knownFormat } from '../../src/export/question.js';
import { FIXTURES, questionOf } from './fixtures.js';

const headerOf = (fixture: string, isAggregated = false) => {
  const found = FIXTURES.find(({ name }) => name === fixture)!;
  const question = questionOf(found, knownFormat('nftables'), { isAggregated });
  const lines = String(exportOf(found.snapshot, question).body).split('\n');
  return lines.filter((line) => line.startsWith('# '));
};

describe('the header', () => {
  it('says of what and when it is, what it lacks, and what is shared', () => {
    expect(headerOf('mixed')).toEqual([
      '# Mixed: nftables',
      '# Selection: product=own need=required status=current,retiring fill=third-party:172.16.4.0/24 fill=third-party:registry.example.io fill=admin-network:10.1.0.0/16 fill=admin-network:fd00:1::/64',
      '# As of revision 1, 2026-01-01T00:00:00.000Z',
      '# Not in here: *.cdn.example.net (this format has no wildcard that reaches as far)',
      '# Not in here: *.layers.example.org (this format has no wildcard that reaches as far)',
      '# Not in here: cluster-network (only you know it, and can say it with fill=)',
      '# Not in here: images.example.org (no address of it is in this selection)',
      '# Not in here: layers.example.org (no address of it is in this selection)',
      '# Not in here: one.example.edu (no address of it is in this selection)',
      '# Not in here: registry.example.io (no address of it is in this selection)',
      '# Not in here: two.example.edu (no address of it is in this selection)',
      '# Shared: 20.0.0.10/32 is behind api.example.com, get.example.com',
      '# In use once a chain of table inet gatepost has: jump gatepost_output, jump gatepost_input',
    ]);
  });

  it('says so where there is nothing to open', () => {
    expect(headerOf('empty')).toContain('# There is nothing to open.');
  });

  it('tells what is shared also where neighbours are joined', () => {
    expect(headerOf('mixed', true)).toContain('# Shared: 20.0.0.10/32 is behind api.example.com, get.example.com');
  });
});
