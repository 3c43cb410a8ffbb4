import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { appErrorIn, type LegacyAccount, type Portal } from '@shiming/domain';
import { hasTheirKeys, importAccounts } from '@shiming/services/legacy/import-accounts';
import { type JudgedRow, readLegacyFile } from './legacy-file.ts';
import { sentenceOf } from './legacy-sentences.ts';

/** How often a batch is tried again that the database did not take: it restarts, or has too much to do at that moment. */
const triesAgain = 60;
const pauseMs = 5_000;

/** Rows of one transaction: enough that a row costs little, and far less than the five seconds that sqld gives one. */
const perBatch = 250;

export type ImportReport = { rows: number; bad: number; imported: number; existing: number };

/** The lines that say what is wrong with a row: where, which column, which reason; nothing of what stands there. */
const complaints = ({ line, bad }: JudgedRow): string[] =>
  (bad ?? []).map(
    ({ column, code }) => `第 ${line} 行 line ${line}  ${column}  ${code}  ${sentenceOf(code)}`,
  );

/** Writes the complaints of a file to another, which appears under its name when it is whole. */
function openReport(file: string) {
  const part = `${file}.part`;
  const output = createWriteStream(part);
  const failed = once(output, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  return {
    async write(line: string) {
      if (!output.write(`${line}\n`)) await Promise.race([once(output, 'drain'), failed]);
    },
    async close() {
      output.end();
      await Promise.race([once(output, 'close'), failed]);
      renameSync(part, file);
    },
    /** Takes away what was written, where the file that is read breaks off. */
    async discard() {
      if (!output.destroyed)
        await Promise.race([once(output.end(), 'close'), failed]).catch(() => {});
      rmSync(part, { force: true });
    },
  };
}

async function* batches(rows: AsyncIterable<JudgedRow>): AsyncGenerator<LegacyAccount[]> {
  let batch: LegacyAccount[] = [];
  for await (const { account } of rows) {
    if (account !== null) batch.push(account);
    if (batch.length < perBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Imports a batch, again where the database did not answer: what it took nevertheless is there already then. */
async function importPatiently(
  ctx: Parameters<typeof importAccounts>[0],
  accounts: readonly LegacyAccount[],
  pause: (ms: number) => Promise<unknown>,
) {
  for (let left = triesAgain; ; left -= 1) {
    try {
      return await importAccounts(ctx, accounts);
    } catch (error) {
      if (left === 0 || appErrorIn(error)?.data.code !== 'service.unavailable') throw error;
      await pause(pauseMs);
    }
  }
}

/**
 * Imports a file of accounts. It is read through first: with one bad row nothing is imported, unless `skipsBad`. An
 * account that is there already is left as it is, so a run that broke off is finished by the next. `say` is given the
 * report line by line; with `badRows`, what is wrong with rows stands in that file instead, which is whole before the first row is imported.
 *
 * @throws Error a sentence for the person, when the file is no CSV in UTF-8 with the right columns, or the keys are another service's
 */
export async function importLegacyFile(
  ctx: Parameters<typeof importAccounts>[0],
  options: {
    file: string;
    portal: Portal;
    skipsBad: boolean;
    badRows?: string | undefined;
    say: (line: string) => void;
    pause?: (ms: number) => Promise<unknown>;
  },
): Promise<ImportReport> {
  const { file, portal, skipsBad, badRows, say, pause = wait } = options;
  if (badRows !== undefined && resolve(badRows) === resolve(file)) {
    throw new Error(
      `${file} 是要导入的文件，不能用来写有误的行。\n${file} is what is imported: write the bad rows to another file.`,
    );
  }
  if (!(await hasTheirKeys(ctx))) {
    throw new Error(
      '这些密钥打不开数据库里已有的账号，没有导入任何账号：请用该服务的 VAULT_KEYS 和 INDEX_KEYS。\n' +
        'These keys do not open the accounts that are in the database, and nothing was imported: take the VAULT_KEYS and INDEX_KEYS of that service.',
    );
  }
  const complaintsTo = badRows === undefined ? null : openReport(badRows);
  const nowMs = ctx.now();
  const report: ImportReport = { rows: 0, bad: 0, imported: 0, existing: 0 };
  try {
    for await (const row of readLegacyFile(file, portal, nowMs)) {
      report.rows += 1;
      if (row.bad === null) continue;
      report.bad += 1;
      for (const line of complaints(row)) {
        if (complaintsTo === null) say(line);
        else await complaintsTo.write(line);
      }
    }
    await complaintsTo?.close();
  } catch (error) {
    await complaintsTo?.discard();
    throw error;
  }
  if (report.bad === 0 || skipsBad) {
    for await (const accounts of batches(readLegacyFile(file, portal, nowMs))) {
      const { imported, existing } = await importPatiently(ctx, accounts, pause);
      report.imported += imported;
      report.existing += existing;
    }
  } else {
    say('没有导入任何账号：请改正后再来，或用 --skip-bad 跳过有误的行。');
    say('Nothing was imported: mend the file, or leave out the bad rows by --skip-bad.');
  }
  say(
    `行 rows ${report.rows} · 有误 bad ${report.bad} · 导入 imported ${report.imported} · 已有、未动 there already, left as they are ${report.existing}`,
  );
  return report;
}
