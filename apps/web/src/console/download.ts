import { csvOf } from '@shiming/domain';

/** Hands a table to the browser as a file, which a spreadsheet reads and does not calculate. */
export function downloadCsv(name: string, rows: Parameters<typeof csvOf>[0]): void {
  const blob = new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
