type Cell = string | number | null;

/** What a spreadsheet would take for a formula. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r＝＋－＠]/u.test(text);

/** A cell as `join` writes it: of nothing, nothing. */
function field(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const text = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as CSV (RFC 4180), with the byte order mark by which Excel knows UTF-8. A text that a spreadsheet would
 * calculate gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay
 * numbers.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}
