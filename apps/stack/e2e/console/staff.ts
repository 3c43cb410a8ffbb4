import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSampled, type StaffRole } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { noSessions } from '@shiming/services/context';
import type { TestWorld } from '@shiming/services/testing';
import { madeUpNumber, staffNamed } from '@shiming/services/testing/staff';
import type { Page } from 'playwright-core';
import { database, databaseUrl, dataDir, mailsTo, onDesktop, webUrl } from '../harness.ts';
import { press, tabTo, typeInto, withoutPointer } from './keyboard.ts';

/** The keys of the running stack, as its Worker has them in the environment. */
function keysOfStack(): Record<string, string> {
  const file = readFileSync(join(dataDir, 'keys.env'), 'utf8');
  return Object.fromEntries(
    [...file.matchAll(/^(\w+)="(.+)"$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

function keyNamed(name: string) {
  const [id = '', key = id] = (keysOfStack()[name] ?? '').split(':');
  return { id, key: new Uint8Array(Buffer.from(key, 'base64url')) };
}

/** Of the world of the services' tests what the context of a request needs, over the running stack. */
export function worldOfStack(): TestWorld {
  const keys = {
    vault: [keyNamed('VAULT_KEYS')],
    index: [keyNamed('INDEX_KEYS')],
    token: [keyNamed('TOKEN_KEYS')],
    audit: [keyNamed('AUDIT_KEYS')],
  };
  const ctx = (more: object = {}) => ({
    db: database(),
    now: () => Date.now(),
    crypto: webCrypto,
    keys,
    actor: { type: 'anonymous' },
    visitor: {
      address: '127.0.0.1',
      deviceId: '',
      deviceMarks: [],
      held: noSessions,
      label: 'Chrome',
    },
    requestId: webCrypto.randomToken(12),
    ...more,
  });
  return { ctx, nowMs: () => Date.now() } as unknown as TestWorld;
}

/** Whether a request is among those that are decided twice without anybody knowing: only the key of the stack tells. */
export async function isInBlindSample(caseId: string): Promise<boolean> {
  return isSampled(await webCrypto.hmac(keyNamed('TOKEN_KEYS').key, `review.sample:${caseId}`));
}

/**
 * Signs this page's browser in to the console as a new member of staff: past invitation and passkey, which have
 * journeys of their own.
 */
export async function signInStaff(
  page: Page,
  role: StaffRole,
  name: string,
  scope: string | null = null,
): Promise<void> {
  const { sessionToken } = await staffNamed(worldOfStack(), role, { name, scope });
  await page.context().addCookies([
    {
      name: '__Host-staff',
      value: sessionToken,
      url: webUrl.replace('http:', 'https:'),
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
    },
  ]);
}

/** Runs the command for the first administrator against the running stack. */
export function firstAdministrator(...args: string[]) {
  return spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../../src/staff-first-administrator.ts', import.meta.url)), ...args],
    {
      encoding: 'utf8',
      // What it asks for on the way: the document number.
      input: `${madeUpNumber()}\n`,
      env: {
        ...process.env,
        ...keysOfStack(),
        DATABASE_URL: databaseUrl,
        PUBLIC_ORIGIN: webUrl,
        PORTALS: 'teacher',
      },
    },
  );
}

type Passkey = {
  credentialId: string;
  isResidentCredential: boolean;
  privateKey: string;
  signCount: number;
};

/**
 * A security chip in the computer of this page, which answers for its owner at once; with a passkey that was made in
 * it on another day.
 */
export async function withAuthenticator(page: Page, made?: Passkey) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  if (made !== undefined) {
    await session.send('WebAuthn.addCredential', { authenticatorId, credential: made });
  }
  return {
    /** The passkey in it, as the last use of it left it. */
    async passkey(): Promise<Passkey> {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      const [credential] = credentials;
      if (credential === undefined) throw new Error('no passkey was made');
      return credential;
    },
  };
}

/** A member of staff with a passkey of their own. */
export type Member = { name: string; passkey: Passkey };

/** Makes a passkey at the page that the link of an invitation opens. */
async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await typeInto(page, '给它起个名字', '窗口电脑');
  await press(page, 'button', '设置通行密钥并登录');
}

/** The console as the first administrator has it, by keyboard alone. */
async function asAdministrator(use: (page: Page) => Promise<void>): Promise<void> {
  await onDesktop((page) =>
    withoutPointer(page, async () => {
      await withAuthenticator(page);
      const made = firstAdministrator('admin', '周管理', 'admin@staff.example.cn');
      await acceptInvitation(page, /\/console\/invitation#\S+/.exec(made.stdout)?.[0] ?? '');
      await use(page);
    }),
  );
}

/**
 * Has people join the staff as people do, by keyboard alone: the administrator invites each, who opens the link in the
 * mail and makes a passkey. `look` is given each page on the way.
 */
export async function invited(
  people: readonly { role: 'reviewer' | 'senior'; loginName: string; name: string }[],
  look: (page: Page, name: string) => Promise<void>,
): Promise<Member[]> {
  await asAdministrator(async (page) => {
    for (const { role, loginName, name } of people) {
      await page.getByRole('heading', { level: 1, name: '人员' }).waitFor();
      await press(page, 'link', '邀请');
      await typeInto(page, '登录名', loginName);
      await typeInto(page, '姓名', name);
      await typeInto(page, '工作邮箱', mailOf(loginName));
      await typeInto(page, '本人证件号码', madeUpNumber());
      await tabTo(page, page.getByRole('radio', { name: /^审核员/ }));
      if (role === 'senior') await page.keyboard.press('ArrowDown');
      await look(page, `invite-${role}`);
      await press(page, 'button', '发出邀请');
      await page.getByRole('status').filter({ hasText: '已邀请' }).waitFor();
      await press(page, 'link', '人员');
    }
  });
  const members: Member[] = [];
  for (const { loginName, name } of people) {
    await onDesktop((page) =>
      withoutPointer(page, async () => {
        const authenticator = await withAuthenticator(page);
        await acceptInvitation(page, await linkTo(loginName));
        await page.getByRole('heading', { level: 1, name: '审核队列' }).waitFor();
        await look(page, 'accepted');
        members.push({ name, passkey: await authenticator.passkey() });
      }),
    );
  }
  return members;
}

const mailOf = (loginName: string) => `${loginName}@staff.example.cn`;

async function linkTo(loginName: string): Promise<string> {
  for (;;) {
    const link = (await mailsTo(mailOf(loginName))).at(-1)?.links[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The console as a member of the staff has it: signed in by passkey, and by keyboard alone. */
export async function atDesk(member: Member, use: (page: Page) => Promise<void>): Promise<void> {
  await onDesktop((page) =>
    withoutPointer(page, async () => {
      const authenticator = await withAuthenticator(page, member.passkey);
      await page.goto('/console');
      await press(page, 'button', '用通行密钥登录');
      await page.getByRole('heading', { level: 1, name: '审核队列' }).waitFor();
      member.passkey = await authenticator.passkey();
      await use(page);
    }),
  );
}
