import { createReadStream } from 'node:fs';
import {
  type LegacyAccount,
  type LegacyCode,
  type LegacyColumn,
  importedColumns,
  parseLegacyRow,
  type Portal,
} from '@shiming/domain';
import { CsvFault, type CsvRow, readCsv } from './csv-reader.ts';
import { createSeenTexts } from './seen-texts.ts';

/** Why a row is bad: a column of it, or the row as a whole. */
export type BadRow = {
  column: LegacyColumn | '';
  code: LegacyCode | 'row.columns' | 'document_number.repeated';
};

/** A row of the file and what became of it. `line` is where it ends, as an editor counts. */
export type JudgedRow = { line: number } & (
  | { account: LegacyAccount; bad: null }
  | { account: null; bad: readonly BadRow[] }
);

/** Far above any row: a quote that is never closed must not take in the rest of the file. */
const maxRowLength = 10_000;

async function* decoded(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) {
      yield decoder.decode(chunk as Uint8Array, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new Error(`${file} 不是能读的文件。\n${file} is not a file that can be read.`, {
        cause: error,
      });
    }
    if (!(error instanceof TypeError)) throw error;
    throw new Error(
      `${file} 不是 UTF-8 编码，请另存为 UTF-8 的 CSV 再导入。\n` +
        `${file} is not UTF-8: save it as CSV in UTF-8 and import that.`,
      { cause: error },
    );
  }
}

/** The file's rows one by one as lists of texts, however large it is (RFC 4180, UTF-8 with or without BOM). */
async function* records(file: string): AsyncGenerator<CsvRow> {
  try {
    yield* readCsv(decoded(file), maxRowLength);
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    const { line, message } = error;
    throw new Error(
      `第 ${line} 行不是 CSV（${message}）。 / Line ${line} is not CSV (${message}).`,
      {
        cause: error,
      },
    );
  }
}

function assertHeader(
  header: readonly string[],
  portal: Portal,
): asserts header is readonly LegacyColumn[] {
  const columns = importedColumns(portal);
  const wanted = columns.toSorted().join();
  if (header.toSorted().join() === wanted) return;
  throw new Error(
    `第一行要是这些列名：${columns.join(',')}\nThe first line must name these columns: ${columns.join(',')}`,
  );
}

/**
 * Reads a file of accounts row by row; a number that comes a second time is a bad row.
 *
 * @throws Error a sentence for the person, when the file is no CSV in UTF-8 with the columns' names in its first line
 */
export async function* readLegacyFile(
  file: string,
  portal: Portal,
  nowMs: number,
): AsyncGenerator<JudgedRow> {
  const seen = createSeenTexts();
  let header: readonly LegacyColumn[] | null = null;
  for await (const { line, values } of records(file)) {
    if (header === null) {
      assertHeader(values, portal);
      header = values;
      continue;
    }
    if (values.length !== header.length) {
      yield { line, account: null, bad: [{ column: '', code: 'row.columns' }] };
      continue;
    }
    const row = Object.fromEntries(header.map((column, at) => [column, values[at] ?? '']));
    const parsed = parseLegacyRow(row, portal, nowMs);
    if (!parsed.ok) {
      yield { line, account: null, bad: parsed.refusals };
      continue;
    }
    const { number } = parsed.value.identity;
    if (!seen.add(number)) {
      const bad = [{ column: 'document_number', code: 'document_number.repeated' }] as const;
      yield { line, account: null, bad };
      continue;
    }
    yield { line, account: parsed.value, bad: null };
  }
  assertHeader(header ?? [], portal);
}
