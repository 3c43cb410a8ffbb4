import { citizens } from '@shiming/sandbox';

/** Columns a text takes in a terminal: East Asian wide characters take two. */
function columns(text: string): number {
  return text.length + (text.match(/[⺀-〿㐀-鿿＀-￯]/gu)?.length ?? 0);
}

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)));

/** The sandbox's made-up citizens, one a line: what their document says and what the authority answers. */
export function citizenTable(): string {
  const rows = [
    ['姓名 Name', '证件号码 Document', '有效期 Valid', '权威机构的答复 The authority says'],
    ...citizens.map(({ name, number, validity, note }) => [
      name,
      number,
      `${validity.start} – ${validity.end ?? '长期'}`,
      `${note.zh} ${note.en}`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => columns(row[column]!))));
  return rows
    .map((row) => `  ${row.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
