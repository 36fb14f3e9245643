import { describe, expect, it } from 'vitest';
import { readCommonMark, wordsOf } from '../../src/export/commonmark.js';

describe('the CommonMark of a cell', () => {
  it.each([
    ['https://a.com/x?y=1&z=2', 'https://a.com/x?y=1&z=2'],
    ['http://a.com', 'http://a.com/'],
    ['/docs/x', '/docs/x'],
    ['#part', '#part'],
    ['../up', '../up'],
    ['<https://a.com/a b(c)|d>', 'https://a.com/a%20b%28c%29%7Cd'],
    ['/a\\"onclick=x', '/a%22onclick=x'],
    ['/é', '/%C3%A9'],
    ['https://a.com/?a&amp;b', 'https://a.com/?a&b'],
  ])('has a link to %s', (destination, href) => {
    expect(readCommonMark(`[x](${destination})`)).toEqual([{ kind: 'link', href, of: [{ kind: 'text', text: 'x' }] }]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript&#58;alert(1)',
    'javascript&#x3A;alert(1)',
    '&#1;javascript:alert(1)',
    'java&#9;script:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'mailto:a@b.com',
    'https://[',
    ':x',
    'a%3A:b',
    '',
  ])('has of a link to %s its words alone', (destination) => {
    expect(readCommonMark(`[x](${destination})`)).toEqual([{ kind: 'text', text: 'x' }]);
  });

  it.each([
    ['a *b* **c** `d` ![e](f.png) \\* &amp; &#65; &#0; &copy;', 'a b c d e * & A \ufffd &copy;'],
    [
      'one\ntwo\n\nthree\n- four\n- five\n\n> six\n\n    seven\n\n# eight\n\n---',
      'one two three four five six seven eight',
    ],
    ['<b>x</b> <script>y</script>', '<b>x</b> <script>y</script>'],
    ['<div>\nx\n</div>', '<div> x </div>'],
    ['\u202ea\u200bb\u2028c', 'a b c'],
    ['[only](https://a.com) [](https://b.com)', 'only'],
    ['` `', ''],
    ['', ''],
  ])('of %j has the words %j', (text, words) => {
    expect(wordsOf(readCommonMark(text))).toBe(words);
  });

  it('has paragraphs and items on lines of their own', () => {
    expect(readCommonMark('a\n\n- b\n- c  \nd')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'break' },
      { kind: 'text', text: 'b' },
      { kind: 'break' },
      { kind: 'text', text: 'c' },
      { kind: 'break' },
      { kind: 'text', text: 'd' },
    ]);
  });
});
