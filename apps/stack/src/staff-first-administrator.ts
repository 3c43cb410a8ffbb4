import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { appErrorIn } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { createFirstAdministrator } from '@shiming/services';
import { runCommand } from './lifetime.ts';
import { readKey, readNamedKeys, readPublicOrigin, withDatabase } from './settings.ts';

/** What is said of a refusal; `null` for what is none of this command's. */
function sentenceOf(error: unknown): string | null {
  const refusal = appErrorIn(error)?.data;
  if (refusal?.code === 'staff.forbidden') {
    return (
      '已有管理员，或已有未用的邀请链接（72 小时内有效）。请由管理员在工作台邀请其他人。\n' +
      'There is an administrator, or a link that was not used yet (good for 72 hours). Administrators invite everybody else in the console.'
    );
  }
  if (refusal?.code !== 'input.invalid') return null;
  const fields = Object.entries(refusal.fields).map(([field, code]) => `${field}: ${code}`);
  return `填写有误 / Not right: ${fields.join(', ')}`;
}

/** Asks for the document number, which so is in no history of commands and no list of processes. */
async function askNumber(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question('本人证件号码 / Own document number: ');
  } finally {
    terminal.close();
  }
}

/** Makes the first administrator of the local service, or of `DATABASE_URL` with its keys, and prints the link. */
await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [loginName, name, email] = positionals;
  if (loginName === undefined || name === undefined || email === undefined) {
    throw new Error(
      '用法：pnpm staff:first-administrator <登录名> <姓名> <工作邮箱>\n' +
        'Usage: pnpm staff:first-administrator <login name> <name> <work mail>',
    );
  }
  const number = await askNumber();
  await withDatabase(async ({ db, url }) => {
    const ctx = {
      db,
      now: () => Date.now(),
      crypto: webCrypto,
      keys: {
        vault: readNamedKeys('VAULT_KEYS'),
        index: readNamedKeys('INDEX_KEYS'),
        token: readKey('TOKEN_KEY'),
        audit: readKey('AUDIT_KEY'),
      },
      publicOrigin: readPublicOrigin(),
      actor: { type: 'system', job: 'first-administrator' } as const,
      requestId: webCrypto.randomToken(16),
    };
    try {
      const { link } = await createFirstAdministrator(ctx, { loginName, name, email, number });
      console.log(`数据库 Database  ${url}
请在 72 小时内打开，只能用一次，不要转发 / Open within 72 hours, once; do not forward:

${link}
`);
    } catch (error) {
      const sentence = sentenceOf(error);
      if (sentence === null) throw error;
      console.error(`\n${sentence}\n`);
      process.exitCode = 1;
    }
  });
});
