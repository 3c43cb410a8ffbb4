import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';

/** What the server says, by the command it answers; `login` is what it says to a user name after AUTH LOGIN. `null` is silence, `'close'` the end of the connection. */
export type Script = Record<
  'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'login' | 'MAIL' | 'RCPT' | 'DATA' | 'content',
  string | null
>;

const WORKING: Script = {
  greeting: '220 mail.example.com ESMTP',
  EHLO: '250-mail.example.com\r\n250-SIZE 1000000\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN',
  STARTTLS: '220 2.0.0 go ahead',
  AUTH: '235 2.7.0 welcome',
  login: '334 UGFzc3dvcmQ6',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go ahead',
  content: '250 2.0.0 queued as 4A',
};

/** A key that both ends know stands in for certificates, which Node cannot make. */
const psk = Buffer.alloc(32, 7);
const PSK_ONLY = { ciphers: 'PSK+AES256', maxVersion: 'TLSv1.2' } as const;
export const trustOfTestServer: tls.ConnectionOptions = {
  ...PSK_ONLY,
  pskCallback: () => ({ psk, identity: 'test' }),
  checkServerIdentity: () => undefined,
};

/** An SMTP server on a real port of this machine that keeps to `changes` of a working server's script. */
export async function startSmtpServer(changes: Partial<Script> = {}, { isTls = false } = {}) {
  const script = { ...WORKING, ...changes };
  const state = {
    commands: [] as string[],
    /** Commands that came over TLS. */
    secured: [] as string[],
    /** As it came, up to the end mark. */
    messages: [] as string[],
    connections: 0,
  };
  const open = new Set<net.Socket>();

  function serve(stream: net.Socket, isSecure: boolean, greeting: string | null) {
    let unread = '';
    let isInMessage = false;
    let hasUserName = false;
    const reply = (text: string | null) => {
      if (text === 'close') stream.destroy();
      else if (text !== null) stream.write(`${text}\r\n`);
    };
    const answer = (line: string) => {
      state.commands.push(line);
      if (isSecure) state.secured.push(line);
      const verb = line.split(' ')[0] ?? '';
      if (verb === 'QUIT') return stream.end('221 bye\r\n');
      if (Object.hasOwn(script, verb)) reply(script[verb as keyof Script]);
      else {
        reply(hasUserName ? WORKING.AUTH : script.login);
        hasUserName = true;
      }
      if (verb === 'DATA') isInMessage = script.DATA?.startsWith('354') ?? false;
      if (verb === 'STARTTLS' && script.STARTTLS?.startsWith('220')) {
        stream.removeAllListeners('data');
        tlsServer.emit('connection', stream);
      }
      return undefined;
    };
    stream.on('error', () => {});
    stream.on('data', (data) => {
      unread += data.toString();
      for (;;) {
        const mark = isInMessage ? '\r\n.\r\n' : '\r\n';
        const end = unread.indexOf(mark);
        if (end < 0) return;
        const text = unread.slice(0, end);
        unread = unread.slice(end + mark.length);
        if (isInMessage) {
          isInMessage = false;
          state.messages.push(text);
          reply(script.content);
        } else answer(text);
      }
    });
    if (greeting !== null) reply(greeting);
  }

  const tlsServer = tls.createServer({ ...PSK_ONLY, pskCallback: () => psk }, (stream) =>
    serve(stream, true, isTls ? script.greeting : null),
  );
  tlsServer.on('tlsClientError', () => {});
  const server = net.createServer((stream) => {
    state.connections += 1;
    open.add(stream);
    stream.on('close', () => open.delete(stream));
    stream.on('error', () => {});
    if (isTls) tlsServer.emit('connection', stream);
    else serve(stream, false, script.greeting);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    state,
    port: address.port,
    /** Resolves when no client holds a connection. */
    async whenLeft() {
      for (const stream of open) await once(stream, 'close');
    },
    async stop() {
      for (const stream of open) stream.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
