import { expect, test } from 'vitest';
import { CsvFault, type CsvRow, readCsv } from './csv-reader.ts';

async function rowsOf(text: string, size = text.length): Promise<CsvRow[]> {
  const chunks = async function* () {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  };
  const rows = [];
  for await (const row of readCsv(chunks(), 100)) rows.push(row);
  return rows;
}

test.each([
  [
    'lines that end in three ways',
    'a,b\r\nc,d\ne,f\rg,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
    [1, 2, 3, 4],
  ],
  [
    'ends of lines inside quotes',
    '"a\r\nb",c\r\n"d\n\re",f\r\n',
    [
      ['a\nb', 'c'],
      ['d\n\ne', 'f'],
    ],
    [2, 5],
  ],
  ['blanks around values', ' a\u3000, "b" \u3000,\u3000"c"\u3000\n', [['a', 'b', 'c']], [1]],
  ['quotes inside quotes', '"a""b","""",""\n', [['a"b', '"', '']], [1]],
  ['rows in which nothing stands', '\n,,\r\na,\n ,"",\n,,', [['a', '']], [3]],
  ['commas inside quotes', '"a,b",c', [['a,b', 'c']], [1]],
] as const)('reads %s, however the text is cut', async (_, text, values, lines) => {
  for (const size of [1, 2, 3, text.length]) {
    const rows = await rowsOf(text, size);
    expect(rows.map((row) => row.values)).toEqual(values);
    expect(rows.map((row) => row.line)).toEqual(lines);
  }
});

test.each([
  ['a\nb"c\n', 2, 'a quote inside a value'],
  ['a\r\n"b"c\n', 2, 'text after a quote'],
  ['"b" "c"', 1, 'a quote inside a value'],
  ['a\n"never closed', 2, 'too long'],
  [`a\n"${'x'.repeat(100)}`, 2, 'too long'],
] as const)('refuses %j at line %i: %s', async (text, line, fault) => {
  await expect(rowsOf(text)).rejects.toEqual(new CsvFault(line, fault));
});
