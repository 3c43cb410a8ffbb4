import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SmtpCredentials } from './credentials.ts';
import { sandboxMail, silentDomain } from './mail.ts';
import type { IncomingMail, MailHost } from './mail.ts';

const host = '127.0.0.1';
const maxMessageBytes = 1_048_576;

type Listener = { port: number; close(): Promise<void> };

/**
 * Serves the mailboxes over SMTP (RFC 5321) on a port of this machine; port 0 takes a free one. The account must sign
 * in (AUTH PLAIN or LOGIN, RFC 4954); there is no TLS, as nothing leaves the machine. In the mode `down` nothing
 * listens on the port, and connections that were open are cut. Rejects with the listening error.
 */
export async function startMailServer(options: {
  mail: MailHost;
  port: number;
  credentials: SmtpCredentials;
}): Promise<Listener> {
  const { mail, credentials } = options;
  let listener: Listener | null = await listen(mail, options.port, credentials);
  const { port } = listener;
  let isClosed = false;
  let applied: Promise<void> = Promise.resolve();

  const apply = async () => {
    const wanted = !isClosed && mail.mode !== 'down';
    if (wanted && listener === null) listener = await listen(mail, port, credentials);
    if (!wanted && listener !== null) {
      await listener.close();
      listener = null;
    }
  };
  // One after another: a port that is being given back cannot be taken yet.
  const applyInTurn = () => {
    applied = applied.catch(() => {}).then(apply);
    return applied;
  };
  mail.onMode(applyInTurn);
  await applyInTurn();
  return {
    port,
    close: () => {
      isClosed = true;
      return applyInTurn();
    },
  };
}

async function listen(mail: MailHost, port: number, account: SmtpCredentials): Promise<Listener> {
  const sockets = new Map<number, Socket>();
  const smtp = new SMTPServer({
    name: 'localhost',
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxMessageBytes,
    onConnect(_session, callback) {
      callback(
        mail.mode === 'greeting_limited' ? reply(550, 'Connection frequency limited') : null,
      );
    },
    onAuth({ username, password }, _session, callback) {
      const isCurrent = mail.mode !== 'password_changed' && password === account.password;
      if (username === account.username && isCurrent) {
        callback(null, { user: username });
      } else callback(reply(535, 'Authentication failed'));
    },
    onMailFrom({ address }, _session, callback) {
      if (mail.mode === 'busy') callback(reply(451, 'Try again later'));
      else if (address !== sandboxMail.from) callback(reply(553, 'Not a sender of this account'));
      else callback();
    },
    onRcptTo({ address }, _session, callback) {
      const isSilent = address.toLowerCase().endsWith(`@${silentDomain}`);
      if (mail.mode === 'silent_domain' && isSilent) return;
      if (mail.mode === 'throttled') callback(reply(550, 'Sender frequency limited'));
      else callback(mail.refuses(address) ? reply(550, 'No such mailbox') : null);
    },
    onData(stream, session, callback) {
      const take = async () => {
        try {
          const content = await buffer(stream);
          if (stream.sizeExceeded) throw reply(552, 'Message too large');
          await mail.receive(await parse(content, session.envelope.rcptTo));
        } catch (error) {
          callback(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        if (mail.mode === 'dropping') sockets.get(session.remotePort)?.destroy();
        else callback(null, `Ok: queued as ${session.id}`);
      };
      void take();
    },
  });
  smtp.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.listen(port, host, resolve);
  });
  smtp.removeAllListeners('error');
  // A client that breaks off is its own affair.
  smtp.on('error', () => {});
  return {
    port: (smtp.server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        smtp.close(resolve);
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

async function parse(
  content: Uint8Array,
  recipients: readonly { address: string }[],
): Promise<IncomingMail> {
  const { from, subject, text, html, messageId } = await PostalMime.parse(content);
  return {
    transport: 'smtp',
    recipients: recipients.map(({ address }) => address),
    from: { name: from?.name ?? '', address: from?.address ?? '' },
    subject: subject ?? '',
    text: text ?? null,
    html: html ?? null,
    messageId: messageId ?? null,
  };
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
