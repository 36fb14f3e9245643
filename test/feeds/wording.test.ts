import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/feeds/phrases.js';
import { textOf } from '../../src/feeds/text.js';
import { titleOf } from '../../src/feeds/title.js';
import { SORTS, asChanges, hostileChange, hostileText } from './changes.js';

describe('a title says what to do', () => {
  it.each(SORTS)('%s', (title, difference) => {
    expect(titleOf(asChanges([difference])[0]!, 'Replicated')).toBe(title);
  });

  it('and does not hide that a name has to be opened and an address closed', () => {
    const [, difference] = SORTS[0]!;
    const action = { byName: 'open', byAddress: 'close' } as const;
    expect(titleOf(asChanges([{ ...difference, action }])[0]!, 'Replicated')).toBe(
      'api.replicated.com: open 162.159.137.43 by name, close 162.159.137.43 by address (new)',
    );
  });
});

describe('a text', () => {
  const sortOf = (title: string) => SORTS.findLast(([other]) => other === title)![1];
  const address = sortOf('api.replicated.com: open 162.159.137.43 by address (new)');
  const requirement = sortOf('replicated/upgrade/online/quay.io: open (widened)');

  it('says what, who has to do what, by when, and what there was before', () => {
    expect(textOf(asChanges([address])[0]!, 'Replicated').split('\n')).toEqual([
      'Address changed: 162.159.137.43/32 of api.replicated.com. It is in use now, and was not before.',
      'A firewall that knows names: nothing to do.',
      'A firewall that knows only addresses: open it.',
      'In use since 2023-04-06T17:30:00.000Z.',
      'It was announced for 2023-04-06T00:00:00.000Z, 31 days beforehand.',
      'Before: status announced, effectiveFrom 2023-04-06T00:00:00.000Z.',
      'Now: status current, effectiveFrom null.',
      'Published 2023-04-06T17:30:00.000Z as change 7-1.',
    ]);
  });

  it('says of what changed only what differs', () => {
    expect(textOf(asChanges([requirement])[0]!, 'Replicated')).toContain(
      '\nBefore: need not-required.\nNow: need required.\n',
    );
  });

  it.each([
    [59, '59 seconds'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [7_200, '2 hours'],
    [172_800, '2 days'],
    [172_799, '47 hours'],
  ])('says %i seconds as %s', (leadTimeSeconds, said) => {
    expect(textOf(asChanges([{ ...address, leadTimeSeconds }])[0]!, 'Replicated')).toContain(`, ${said} beforehand.`);
  });
});

describe('no text, however hostile,', () => {
  it('makes a second line, or turns the direction of writing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('adds to the lines that a change has', () => {
    fc.assert(
      fc.property(hostileChange, hostileText, (difference, product) => {
        const [change] = asChanges([difference]);
        expect(titleOf(change!, product)).not.toContain('\n');
        const kinds =
          /^(?:Catalog|Requirement|Port|Host|Address|Every firewall|A firewall|In use|It |Announced|Before|Now|Published)/;
        for (const line of textOf(change!, product).split('\n')) expect(line).toMatch(kinds);
      }),
    );
  });
});
