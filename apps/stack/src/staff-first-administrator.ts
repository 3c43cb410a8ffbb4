import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { appErrorIn } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto/gm';
import { createFirstAdministrator } from '@shiming/services/staff/first-administrator';
import { recoverAdministrator } from '@shiming/services/staff/recover-administrator';
import { runCommand } from './lifetime.ts';
import { readNamedKeys, readPortals, readPublicOrigin, withDatabase } from './settings.ts';

/** What is said of a refusal; `null` for what is none of this command's. */
function sentenceOf(error: unknown): string | null {
  const refusal = appErrorIn(error)?.data;
  if (refusal?.code === 'staff.forbidden') {
    return (
      '已有管理员，或已有未用的邀请链接（72 小时内有效）。请由管理员在工作台邀请其他人。\n' +
      'There is an administrator, or a link that was not used yet (good for 72 hours). Administrators invite everybody else in the console.'
    );
  }
  if (refusal?.code === 'request.not_found') {
    return `没有这个登录名的在用管理员。
There is no administrator in use with this login name.`;
  }
  if (refusal?.code !== 'input.invalid') return null;
  const fields = Object.entries(refusal.fields).map(([field, code]) => `${field}: ${code}`);
  return `填写有误 / Not right: ${fields.join(', ')}`;
}

/** Asks for the document number, which so is in no history of commands and no list of processes. */
async function askNumber(note: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`本人证件号码 / Own document number${note}: `);
  } finally {
    terminal.close();
  }
}

const usage =
  '用法：pnpm staff:first-administrator <登录名> <姓名> <工作邮箱>\n' +
  '      pnpm staff:first-administrator --recover <登录名>\n' +
  'Usage: pnpm staff:first-administrator <login name> <name> <work mail>\n' +
  '       pnpm staff:first-administrator --recover <login name>';

/**
 * Makes the first administrator of the local service, or of `DATABASE_URL` with its keys, and prints the link; with
 * `--recover`, restores the sign-in of an administrator whom no other administrator can help.
 */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { recover: { type: 'boolean', default: false } },
  });
  const [loginName, name, email] = positionals;
  const isWhole = values.recover || (name !== undefined && email !== undefined);
  if (loginName === undefined || !isWhole) throw new Error(usage);
  const number = await askNumber(
    values.recover ? '（已登记过的直接回车 / Enter if it is on record）' : '',
  );
  await withDatabase(async ({ db, url }) => {
    const ctx = {
      db,
      now: () => Date.now(),
      crypto: webCrypto,
      keys: {
        vault: readNamedKeys('VAULT_KEYS'),
        index: readNamedKeys('INDEX_KEYS'),
        token: readNamedKeys('TOKEN_KEYS'),
        audit: readNamedKeys('AUDIT_KEYS'),
      },
      portal: readPortals()[0].portal,
      publicOrigin: readPublicOrigin(),
      actor: { type: 'system', job: 'first-administrator' } as const,
      requestId: webCrypto.randomToken(16),
    };
    try {
      const { link, note } = values.recover
        ? await recovered(ctx, { loginName, number })
        : {
            ...(await createFirstAdministrator(ctx, {
              loginName,
              name: name ?? '',
              email: email ?? '',
              number,
            })),
            note: '',
          };
      console.log(`数据库 Database  ${url}
${note}请在 72 小时内打开，只能用一次，不要转发 / Open within 72 hours, once; do not forward:

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

async function recovered(
  ctx: Parameters<typeof recoverAdministrator>[0],
  input: { loginName: string; number: string },
): Promise<{ link: string; note: string }> {
  const { link, told } = await recoverAdministrator(ctx, input);
  return {
    link,
    note: `
已恢复管理员 ${input.loginName} 的登录：所有设备都已退出，原来的登录方式都已作废，要用下面的链接重新设置。
这件事已记入审计，已发邮件告诉本人、其他管理员和审计员（${told} 封）。
The sign-in of ${input.loginName} is restored: every device is signed out, and earlier ways to sign in are void; the link sets them up again.
It stands in the audit, and mails tell the administrator, the other administrators and the auditors (${told}).

`,
  };
}
