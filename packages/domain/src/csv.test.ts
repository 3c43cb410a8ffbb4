import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('T-CON-07: RFC 4180: CRLF, quotes where needed, and the byte order mark for Excel', () => {
  expect(
    csvOf([
      ['日期', '数'],
      ['a,b', 1],
      ['say "x"', null],
      ['two\nlines', -2],
    ]),
  ).toBe('\ufeff日期,数\r\n"a,b",1\r\n"say ""x""",\r\n"two\nlines",-2\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1'])(
  'T-CON-07: a text that a spreadsheet would calculate is a text: %j',
  (text) => {
    const [, cell = ''] = /^\ufeff"?([^"]*)"?\r\n$/u.exec(csvOf([[text]])) ?? [];
    expect(cell).toBe(`'${text}`);
  },
);

test('what a spreadsheet takes for a text stays as it is, and a return is quoted', () => {
  expect(csvOf([['a=b', '1-2', 'a\rb']])).toBe('\ufeffa=b,1-2,"a\rb"\r\n');
});
