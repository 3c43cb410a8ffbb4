import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sandboxCredentials } from './credentials.ts';
import { blockedAddress, sandboxMail, silentDomain } from './mail.ts';
import type { MailMode } from './mode.ts';
import { createSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { startMailServer } from './smtp.ts';
import { SmtpClient } from './testing/smtp-client.ts';

const nowMs = Date.parse('2026-11-21T12:00:00+08:00');
const address = 'lin@mail.test';
const link = 'https://service.test/reset#token=abc_-9';
const { username, password } = sandboxCredentials.smtp;

const content = `From: =?UTF-8?B?5a6e5ZCN5Lit5b+D?= <${sandboxMail.from}>
To: ${address}
Subject: =?UTF-8?B?6YeN572u5a+G56CB?=
Message-ID: <1@service.test>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from(`请在24小时内打开 ${link} 。`).toString('base64')}
--b
Content-Type: text/html; charset=utf-8

<p><a href="${link}">重置密码</a> <a href="https://service.test/help?a=1&amp;b=2">帮助</a></p>
--b--`;

let sandbox: Sandbox;
let server: Awaited<ReturnType<typeof startMailServer>>;
const clients: SmtpClient[] = [];

beforeEach(async () => {
  sandbox = createSandbox({ now: () => nowMs });
  server = await startMailServer({
    mail: sandbox.mail,
    port: 0,
    credentials: sandboxCredentials.smtp,
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

async function connect(): Promise<SmtpClient> {
  const client = await SmtpClient.connect(server.port);
  clients.push(client);
  await client.send('EHLO test');
  return client;
}

async function signedIn(): Promise<SmtpClient> {
  const client = await connect();
  expect((await client.signIn(username, password)).code).toBe(235);
  return client;
}

const deliver = async (to = [address], from: string = sandboxMail.from) =>
  (await (await signedIn()).deliver(from, to, content)).code;

describe('the SMTP server', () => {
  test('T-PWD-02: a mail arrives as a person reads it, in text and in HTML', async () => {
    expect(await deliver()).toBe(250);
    expect(sandbox.mail.messages('LIN@mail.test')).toEqual([
      {
        id: expect.any(String),
        transport: 'smtp',
        address,
        from: { name: '实名中心', address: sandboxMail.from },
        subject: '重置密码',
        text: `请在24小时内打开 ${link} 。`,
        html: expect.stringContaining('重置密码</a>'),
        messageId: '<1@service.test>',
        links: [link, 'https://service.test/help?a=1&b=2'],
        scannedLinks: 0,
        atMs: nowMs,
      },
    ]);
    expect(sandbox.mail.lastLink(address)).toBe(link);
    expect(sandbox.mail.lastLink('other@mail.test')).toBeNull();
  });

  test('each recipient has a mailbox', async () => {
    expect(await deliver([address, 'Gu@mail.test'])).toBe(250);
    expect(sandbox.mail.messages().map((each) => each.address)).toEqual([address, 'gu@mail.test']);
  });

  test('it offers AUTH without TLS, and nothing is sent by who has not signed in', async () => {
    const client = await SmtpClient.connect(server.port);
    clients.push(client);
    const { text } = await client.send('EHLO test');
    expect(text).toMatch(/^AUTH .*PLAIN/m);
    expect(text).not.toContain('STARTTLS');
    expect((await client.send(`MAIL FROM:<${sandboxMail.from}>`)).code).toBe(530);
    expect((await client.signIn(username, 'wrong')).code).toBe(535);
    expect((await client.signIn('wrong', password)).code).toBe(535);
  });

  test('AUTH LOGIN is taken too', async () => {
    const client = await connect();
    expect((await client.send('AUTH LOGIN')).code).toBe(334);
    expect((await client.send(btoa(username))).code).toBe(334);
    expect((await client.send(btoa(password))).code).toBe(235);
  });

  test('a sender that is not of the account is refused', async () => {
    expect(await deliver([address], 'ceo@mail.sandbox.test')).toBe(553);
  });

  test('a mail over 1 MiB is refused', async () => {
    const client = await signedIn();
    const long = `Subject: x\n\n${'x'.repeat(1_048_576)}`;
    expect((await client.deliver(sandboxMail.from, [address], long)).code).toBe(552);
    expect(sandbox.mail.messages()).toEqual([]);
  });
});

describe('modes of the SMTP server', () => {
  test.each<[MailMode, string, number]>([
    ['busy', address, 451],
    ['refusing', address, 550],
    ['throttled', address, 550],
    ['working', blockedAddress, 550],
  ])('%s: a mail to %s gets %i and is not delivered', async (mode, to, code) => {
    await sandbox.mail.setMode(mode);
    expect(await deliver([to])).toBe(code);
    expect(sandbox.mail.messages()).toEqual([]);
  });

  test('a blocked address does not keep a mail from the others', async () => {
    const client = await signedIn();
    await client.send(`MAIL FROM:<${sandboxMail.from}>`);
    expect((await client.send(`RCPT TO:<${blockedAddress}>`)).code).toBe(550);
    expect((await client.send(`RCPT TO:<${address}>`)).code).toBe(250);
  });

  test('down: connections are cut and refused, and the same port answers again afterwards', async () => {
    const client = await signedIn();
    await sandbox.mail.setMode('down');
    await expect(client.send('NOOP')).rejects.toThrow(/closed|ECONNRESET|EPIPE/);
    await expect(connect()).rejects.toThrow('ECONNREFUSED');
    await sandbox.mail.setMode('working');
    expect(await deliver()).toBe(250);
  });

  test('modes that change while they are applied end as the last one says', async () => {
    await Promise.all([
      sandbox.mail.setMode('down'),
      sandbox.mail.setMode('working'),
      sandbox.mail.setMode('down'),
      sandbox.mail.setMode('working'),
    ]);
    expect(await deliver()).toBe(250);
  });

  test('dropping: the mail is there once, and the sender never hears of it', async () => {
    await sandbox.mail.setMode('dropping');
    await expect(deliver()).rejects.toThrow(/closed|ECONNRESET/);
    expect(sandbox.mail.messages(address)).toHaveLength(1);
  });

  test('password_changed: the account is refused at AUTH, by 535', async () => {
    const client = await connect();
    await sandbox.mail.setMode('password_changed');
    expect((await client.signIn(username, password)).code).toBe(535);
    await sandbox.mail.setMode('working');
    expect(await deliver()).toBe(250);
  });

  test('throttled and greeting_limited say so as QQ does, at RCPT and at the greeting', async () => {
    const client = await signedIn();
    await sandbox.mail.setMode('throttled');
    expect(await client.deliver(sandboxMail.from, [address], content)).toEqual({
      code: 550,
      text: 'Sender frequency limited',
    });
    await sandbox.mail.setMode('greeting_limited');
    const refused = await SmtpClient.connect(server.port);
    clients.push(refused);
    expect(refused.greeting).toEqual({ code: 550, text: 'Connection frequency limited' });
  });

  test('silent_domain: recipients there get no reply, and the others their mail', async () => {
    await sandbox.mail.setMode('silent_domain');
    const client = await signedIn();
    const reply = client
      .deliver(sandboxMail.from, [`lin@${silentDomain}`], content)
      .catch(() => null);
    expect(await deliver()).toBe(250);
    client.close();
    expect(await reply).toBeNull();
    expect(sandbox.mail.messages().map((each) => each.address)).toEqual([address]);
  });

  test('reset forgets mails', async () => {
    expect(await deliver()).toBe(250);
    sandbox.reset();
    expect(sandbox.mail.messages()).toEqual([]);
  });
});

test('a busy port rejects with the port', async () => {
  await expect(
    startMailServer({
      mail: createSandbox().mail,
      port: server.port,
      credentials: sandboxCredentials.smtp,
    }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE', port: server.port });
});
