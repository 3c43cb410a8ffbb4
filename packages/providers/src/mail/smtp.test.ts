import { afterEach, describe, expect, test, vi } from 'vitest';
import { createNodeConnect } from '../testing/node-connect.ts';
import { type Script, startSmtpServer, trustOfTestServer } from '../testing/smtp-server.ts';
import type { Mail } from './port.ts';
import { createSmtpMail } from './smtp.ts';
import type { Connect } from './socket.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);
const MAIL: Mail = {
  to: 'zhang.san@example.com',
  subject: '重置密码',
  text: '您好：\n.\n请在 24 小时内打开链接。',
  html: '<p>您好：</p>\n.\n<p>请在 24 小时内打开链接。</p>',
};

/** The mail's id in all its tries, and leave to give it away. */
const HAND_OVER = { id: 'made-up-id', begin: async () => true };

type Server = Awaited<ReturnType<typeof startSmtpServer>>;
const servers: Server[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(changes: Partial<Script> = {}, options: { isTls?: boolean } = {}) {
  const server = await startSmtpServer(changes, options);
  servers.push(server);
  return server;
}

async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise((resolve) => void setImmediate(resolve));
}

const sender = (port: number, changes: Partial<Parameters<typeof createSmtpMail>[0]> = {}) =>
  createSmtpMail({
    host: '127.0.0.1',
    port,
    secure: 'none',
    username: 'user',
    password: '密码',
    from: { name: '示例账号中心', address: 'no-reply@mail.example.com' },
    connect: createNodeConnect(trustOfTestServer),
    now: () => NOW_MS,
    timeoutMs: 10_000,
    ...changes,
  });

/** Gives every byte on its own. */
const connectBytewise: Connect = (address, options) => {
  const socket = createNodeConnect()(address, options);
  const bytes = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      for (const byte of chunk) controller.enqueue(Uint8Array.of(byte));
    },
  });
  return { ...socket, readable: socket.readable.pipeThrough(bytes) };
};

const connectNowhere: Connect = () => {
  throw new TypeError('Specified port is not allowed');
};

const failed = (outcome: string, vendorCode: string) => ({
  outcome,
  vendor: 'smtp',
  vendorCode,
  vendorMessageId: null,
});

const accepted = {
  outcome: 'accepted',
  vendor: 'smtp',
  vendorCode: '250 2.0.0',
  vendorMessageId: '<made-up-id@mail.example.com>',
};

const decodeWords = (header: string) =>
  header
    .replace(/\?=\r\n =\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word: string) =>
      Buffer.from(word, 'base64').toString(),
    );

/** A message's headers, unfolded and decoded, and its parts. */
function read(message: string) {
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const headers = decodeWords(head)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
  const parts = rest
    .join('\r\n\r\n')
    .split(/(?:\r\n)?--=_part(?:--)?(?:\r\n|$)/)
    .filter((part) => part !== '')
    .map((part) => {
      const [head = '', body = ''] = part.split('\r\n\r\n');
      return { type: head.split('\r\n')[0], text: Buffer.from(body, 'base64').toString() };
    });
  return { names: headers.map(([name]) => name), headers: Object.fromEntries(headers), parts };
}

describe('a mail by SMTP', () => {
  test('is spoken as RFC 5321 has it, and the connection is given back', async () => {
    const server = await start();
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(accepted);
    await server.whenLeft();
    expect(server.state.commands.slice(0, 5)).toEqual([
      'EHLO mail.example.com',
      `AUTH PLAIN ${Buffer.from('\0user\0密码').toString('base64')}`,
      'MAIL FROM:<no-reply@mail.example.com>',
      'RCPT TO:<zhang.san@example.com>',
      'DATA',
    ]);
    expect(server.state.connections).toBe(1);
  });

  test('has the headers a mail needs, and both parts as they were given', async () => {
    const server = await start();
    await sender(server.port).send(MAIL, HAND_OVER);
    const { headers, parts } = read(server.state.messages[0] ?? '');
    expect(headers).toEqual({
      From: '示例账号中心 <no-reply@mail.example.com>',
      To: 'zhang.san@example.com',
      Subject: '重置密码',
      Date: 'Sat, 21 Nov 2026 04:00:00 +0000',
      'Message-ID': '<made-up-id@mail.example.com>',
      'Auto-Submitted': 'auto-generated',
      'MIME-Version': '1.0',
      'Content-Type': 'multipart/alternative; boundary="=_part"',
    });
    expect(parts).toEqual([
      { type: 'Content-Type: text/plain; charset=utf-8', text: MAIL.text.replaceAll('\n', '\r\n') },
      { type: 'Content-Type: text/html; charset=utf-8', text: MAIL.html.replaceAll('\n', '\r\n') },
    ]);
  });

  test('is ASCII in lines of at most 76, none beginning with a dot, however long or odd its texts', async () => {
    const server = await start();
    const subject = `${'关于您的账号𠮷'.repeat(20)} =?UTF-8?B?eA==?=`;
    const text = '.\n..\r\n--=_part--\r\n'.repeat(300);
    await sender(server.port).send({ ...MAIL, subject, text }, HAND_OVER);
    const message = server.state.messages[0] ?? '';
    for (const line of message.split('\r\n')) expect(line).toMatch(/^(?!\.)[\x20-\x7e]{0,76}$/);
    const { headers, parts } = read(message);
    expect(headers['Subject']).toBe(subject);
    expect(parts[0]?.text).toBe('.\r\n..\r\n--=_part--\r\n'.repeat(300));
    expect(parts).toHaveLength(2);
  });

  test('X-02: no header can be put in by way of subject or name', async () => {
    const server = await start();
    const evil = 'x\r\nBcc: li.si@example.com\r\n\r\ny\u0000\u0085z';
    const from = { name: evil, address: 'no-reply@mail.example.com' };
    const result = await sender(server.port, { from }).send({ ...MAIL, subject: evil }, HAND_OVER);
    expect(result).toEqual(accepted);
    const { names, headers } = read(server.state.messages[0] ?? '');
    expect(names).not.toContain('Bcc');
    expect(names).toHaveLength(8);
    expect(headers['Subject']).toBe('x Bcc: li.si@example.com y z');
  });

  test.each([
    'a@example.com\r\nRCPT TO:<li.si@example.com>',
    'a@example.com>\r\nDATA',
    'a@example.com\n',
    'a@example.com,li.si@example.com',
    'a@example.com li.si@example.com',
    '"a b"@example.com',
    'a@example.com>',
    '张三@example.com',
    'a@',
    'a',
    '',
  ])('X-02: %j is no address: refused, and no server hears of it', async (to) => {
    const server = await start();
    expect(await sender(server.port).send({ ...MAIL, to }, HAND_OVER)).toEqual(
      failed('refused', 'invalid_address'),
    );
    expect(server.state.connections).toBe(0);
  });

  test('signs in by LOGIN where PLAIN is not offered', async () => {
    const server = await start({ EHLO: '250-x\r\n250 AUTH=LOGIN', AUTH: '334 VXNlcm5hbWU6' });
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(accepted);
    expect(server.state.commands.slice(1, 4)).toEqual([
      'AUTH LOGIN',
      Buffer.from('user').toString('base64'),
      Buffer.from('密码').toString('base64'),
    ]);
  });

  test('a user name that LOGIN does not take is misconfigured, and the password is kept', async () => {
    const server = await start({
      EHLO: '250-x\r\n250 AUTH LOGIN',
      AUTH: '334 VXNlcm5hbWU6',
      login: '535 5.7.8 who is that',
    });
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(
      failed('misconfigured', '535 5.7.8'),
    );
    expect(server.state.commands).toHaveLength(3);
  });

  test('a reply in single bytes and with many lines is read', async () => {
    const server = await start({ greeting: `${'220-你好\r\n'.repeat(50)}220 x` });
    expect(await sender(server.port, { connect: connectBytewise }).send(MAIL, HAND_OVER)).toEqual(
      accepted,
    );
  });
});

describe('X-02: a mail over TLS', () => {
  test('STARTTLS: nothing but EHLO is said before it', async () => {
    const server = await start();
    expect(await sender(server.port, { secure: 'starttls' }).send(MAIL, HAND_OVER)).toEqual(
      accepted,
    );
    await server.whenLeft();
    const { commands, secured } = server.state;
    expect(commands.slice(0, 2)).toEqual(['EHLO mail.example.com', 'STARTTLS']);
    expect(secured).toEqual(commands.slice(2));
    expect(secured[0]).toBe('EHLO mail.example.com');
    expect(secured).toContain('DATA');
  });

  test('TLS from the start', async () => {
    const server = await start({}, { isTls: true });
    expect(await sender(server.port, { secure: 'tls' }).send(MAIL, HAND_OVER)).toEqual(accepted);
    expect(server.state.secured).toContain('DATA');
  });

  test.each([
    [{ EHLO: '250-x\r\n250 AUTH PLAIN' }, 'misconfigured', 'starttls_not_offered'],
    [{ STARTTLS: '454 4.7.0 not now' }, 'down', '454 4.7.0'],
    [{ STARTTLS: '220 go\r\n250 sent before TLS' }, 'misconfigured', 'malformed_answer'],
  ] as const)('is not sent in the clear when TLS fails: %j', async (changes, outcome, code) => {
    const server = await start(changes);
    expect(await sender(server.port, { secure: 'starttls' }).send(MAIL, HAND_OVER)).toEqual(
      failed(outcome, code),
    );
    expect(server.state.commands.join(' ')).not.toMatch(/AUTH|MAIL|RCPT/);
  });

  test('a server that is not to be trusted is not spoken to', async () => {
    const server = await start();
    const connect = createNodeConnect();
    expect(
      await sender(server.port, { connect, secure: 'starttls' }).send(MAIL, HAND_OVER),
    ).toEqual(failed('down', 'network_error'));
    expect(server.state.secured).toEqual([]);
  });
});

describe('what became of a mail is told apart', () => {
  test.each([
    [{ greeting: '554 5.7.1 no service for you' }, 'misconfigured', '554 5.7.1'],
    [{ greeting: '421 too many connections' }, 'down', '421'],
    [{ EHLO: '250 mail.example.com' }, 'misconfigured', 'auth_not_offered'],
    [{ EHLO: '250-x\r\n250 AUTH CRAM-MD5' }, 'misconfigured', 'auth_not_offered'],
    [{ AUTH: '535 5.7.8 wrong password' }, 'misconfigured', '535 5.7.8'],
    [{ AUTH: '454 4.7.0 try later' }, 'down', '454 4.7.0'],
    [{ MAIL: '530 5.7.0 sign in first' }, 'misconfigured', '530 5.7.0'],
    [{ MAIL: '553 mail from must equal authorized user' }, 'misconfigured', '553'],
    [{ RCPT: '550 no such user' }, 'refused', '550'],
    [{ RCPT: '550 5.1.1 no such user' }, 'refused', '550 5.1.1'],
    [{ RCPT: '551 5.1.6 moved' }, 'refused', '551 5.1.6'],
    [{ RCPT: '552 5.2.2 mailbox full' }, 'refused', '552 5.2.2'],
    [{ RCPT: '553 bad mailbox name' }, 'refused', '553'],
    [{ RCPT: '550 5.1.8 your domain does not exist' }, 'busy', '550 5.1.8'],
    [{ RCPT: '554 5.7.1 relay access denied' }, 'busy', '554 5.7.1'],
    [{ RCPT: '550-5.7.1 relay\r\n550 5.7.1 denied' }, 'busy', '550 5.7.1'],
    [{ RCPT: '450 4.2.0 greylisted' }, 'busy', '450 4.2.0'],
    [{ RCPT: '452 4.2.2 mailbox full' }, 'busy', '452 4.2.2'],
    [{ DATA: '451 4.3.0 later' }, 'busy', '451 4.3.0'],
    [{ DATA: '250 ok' }, 'busy', 'malformed_answer'],
    [{ content: '451 4.3.0 queue full' }, 'busy', '451 4.3.0'],
    [{ content: '550 5.1.1 no such user' }, 'refused', '550 5.1.1'],
    [{ content: '554 5.7.1 looks like spam' }, 'busy', '554 5.7.1'],
    [{ content: '354 what' }, 'unclear', 'malformed_answer'],
    [{ greeting: 'SSH-2.0-x' }, 'down', 'malformed_answer'],
    [{ greeting: 'x'.repeat(20_000) }, 'down', 'malformed_answer'],
    [{ greeting: `${'220-\r\n'.repeat(20_000)}220-` }, 'down', 'malformed_answer'],
  ] as const)('%j: %s %s, and the connection is given back', async (changes, outcome, code) => {
    const server = await start(changes);
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(failed(outcome, code));
    await server.whenLeft();
  });

  test.each([
    ['greeting', 'down'],
    ['EHLO', 'down'],
    ['AUTH', 'down'],
    ['MAIL', 'busy'],
    ['RCPT', 'busy'],
    ['DATA', 'busy'],
  ] as const)('a connection that ends at %s is %s: nothing was taken', async (at, outcome) => {
    const server = await start({ [at]: 'close' });
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(
      failed(outcome, 'network_error'),
    );
    expect(server.state.messages).toEqual([]);
  });

  test.each([
    ['greeting', 'down', 0],
    ['EHLO', 'down', 1],
    ['AUTH', 'down', 2],
    ['MAIL', 'busy', 3],
    ['RCPT', 'busy', 4],
    ['DATA', 'busy', 5],
    ['content', 'unclear', 5],
  ] as const)(
    'silence at %s is %s, and the connection is given back',
    async (at, outcome, heard) => {
      const server = await start({ [at]: null });
      const messages = at === 'content' ? 1 : 0;
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const result = sender(server.port).send(MAIL, HAND_OVER);
      const { state } = server;
      await until(
        () =>
          state.connections === 1 &&
          state.commands.length === heard &&
          state.messages.length === messages,
      );
      vi.advanceTimersByTime(10_000);
      expect(await result).toEqual(failed(outcome, 'timeout'));
      expect(server.state.messages).toHaveLength(messages);
      await server.whenLeft();
    },
  );

  test('a connection that ends after the content is unclear: it may have been taken', async () => {
    const server = await start({ content: 'close' });
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(
      failed('unclear', 'network_error'),
    );
    expect(server.state.messages).toHaveLength(1);
  });

  test('no server at all is down', async () => {
    const server = await start();
    await server.stop();
    servers.splice(0);
    expect(await sender(server.port).send(MAIL, HAND_OVER)).toEqual(
      failed('down', 'network_error'),
    );
  });

  test('a connect that throws is down', async () => {
    expect(await sender(25, { connect: connectNowhere }).send(MAIL, HAND_OVER)).toEqual(
      failed('down', 'network_error'),
    );
  });

  test('the mail is given away only with leave, asked for when the server is ready for it', async () => {
    const server = await start();
    const asked: string[] = [];
    const begin = async () => {
      asked.push(server.state.commands.at(-1) ?? '');
      return false;
    };
    expect(await sender(server.port).send(MAIL, { id: 'made-up-id', begin })).toEqual(
      failed('busy', 'not_begun'),
    );
    expect(asked).toEqual(['DATA']);
    await server.whenLeft();
    expect(server.state.messages).toEqual([]);
  });
});
