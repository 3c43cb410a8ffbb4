import { utf8ToBase64 } from '../base64.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { formatMessage, isMailbox } from './message.ts';
import type { HandOver, Mail, MailResult, MailSender } from './port.ts';
import { smtpReplies, type SmtpStage, unanswered } from './smtp-replies.ts';
import type { Connect, Socket } from './socket.ts';

/** Ends the conversation. `outcome` is `null` when the server did not say what becomes of the mail. */
class NotAccepted extends Error {
  readonly outcome: Outcome | null;
  readonly vendorCode: string;

  constructor(outcome: Outcome | null, vendorCode: string) {
    super(vendorCode);
    this.outcome = outcome;
    this.vendorCode = vendorCode;
  }
}

/** A reply's code, with the enhanced one (RFC 2034) where there is one (`550 5.1.1`), and the texts of its lines. */
type Reply = { code: string; lines: string[] };

/** More than any server has to say at once: RFC 5321 allows 512 octets a line. */
const MAX_REPLY_LENGTH = 16_384;

/** @throws NotAccepted unless the reply's code begins with `wanted`. */
function demand(wanted: '2' | '3', { code, lines }: Reply, stage: SmtpStage) {
  if (code.startsWith(wanted)) return;
  if (!/^[45]/.test(code)) throw new NotAccepted(null, 'malformed_answer');
  throw new NotAccepted(outcomeOf(`${code} ${lines.join(' ')}`, smtpReplies[stage]), code);
}

function converse(socket: Socket) {
  const reader = socket.readable.getReader();
  const writer = socket.writable.getWriter();
  const decoder = new TextDecoder();
  let unread = '';

  async function nextLine(): Promise<string> {
    for (;;) {
      const end = unread.indexOf('\n');
      if (end >= 0) {
        const line = unread.slice(0, end).trimEnd();
        unread = unread.slice(end + 1);
        return line;
      }
      if (unread.length > MAX_REPLY_LENGTH) throw new NotAccepted(null, 'malformed_answer');
      const { value, done } = await reader.read();
      if (done) throw new NotAccepted(null, 'network_error');
      unread += decoder.decode(value);
    }
  }

  async function listen(): Promise<Reply> {
    const lines: string[] = [];
    let length = 0;
    for (;;) {
      const [, digits, mark, text = ''] = /^(\d{3})(?:([ -])(.*))?$/.exec(await nextLine()) ?? [];
      length += text.length + 1;
      if (digits === undefined || length > MAX_REPLY_LENGTH) {
        throw new NotAccepted(null, 'malformed_answer');
      }
      lines.push(text);
      if (mark === '-') continue;
      const enhanced = /^\d\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0];
      return { code: enhanced === undefined ? digits : `${digits} ${enhanced}`, lines };
    }
  }

  const say = (text: string) => writer.write(new TextEncoder().encode(`${text}\r\n`));

  return {
    listen,
    say,
    async ask(text: string): Promise<Reply> {
      await say(text);
      return listen();
    },
    /** The conversation goes on over TLS. What the server said too early was not protected, and ends it. */
    startTls(): Socket {
      if (unread !== '') throw new NotAccepted('misconfigured', 'malformed_answer');
      reader.releaseLock();
      writer.releaseLock();
      return socket.startTls();
    },
  };
}

type Conversation = ReturnType<typeof converse>;

/** Says who we are; answers with the extensions offered, in capitals. */
async function greet(server: Conversation, domain: string): Promise<string[]> {
  const reply = await server.ask(`EHLO ${domain}`);
  demand('2', reply, 'connection');
  return reply.lines.slice(1).map((line) => line.toUpperCase());
}

/** AUTH (RFC 4954) by PLAIN or LOGIN. */
async function logIn(
  server: Conversation,
  extensions: readonly string[],
  { username, password }: { username: string; password: string },
) {
  const mechanisms = extensions.find((line) => /^AUTH[ =]/.test(line))?.split(/[ =]/) ?? [];
  if (mechanisms.includes('PLAIN')) {
    demand(
      '2',
      await server.ask(`AUTH PLAIN ${utf8ToBase64(`\0${username}\0${password}`)}`),
      'sign_in',
    );
  } else if (mechanisms.includes('LOGIN')) {
    demand('3', await server.ask('AUTH LOGIN'), 'sign_in');
    demand('3', await server.ask(utf8ToBase64(username)), 'sign_in');
    demand('2', await server.ask(utf8ToBase64(password)), 'sign_in');
  } else {
    throw new NotAccepted('misconfigured', 'auth_not_offered');
  }
}

type Progress = {
  socket: Socket | null;
  stage: SmtpStage;
  isHandedOver: boolean;
  /** Nobody waits for it. */
  isOver: boolean;
};

/**
 * Mail over SMTP submission (RFC 6409): one connection a mail, one recipient.
 *
 * A mail is handed over with its content. Until then nothing was taken, and a silent server is `down` or, from MAIL on,
 * `busy`. From then on it is `unclear`. What each reply means is in `smtp-replies.ts`.
 *
 * @param options.secure `tls` from the start (port 465), `starttls` (587; refused where the server does not offer
 * it, before anything is said that matters), or `none` for a server on the same machine.
 * @param options.from `address` is also the envelope's sender. Its domain names us in EHLO and in message ids.
 * @param options.connect `connect` of `cloudflare:sockets`. Cloudflare lets nothing out to port 25.
 * @param options.timeoutMs For the whole of it.
 */
export function createSmtpMail(options: {
  host: string;
  port: number;
  secure: 'tls' | 'starttls' | 'none';
  username: string;
  password: string;
  from: { name: string; address: string };
  connect: Connect;
  now: () => number;
  timeoutMs: number;
}): MailSender {
  const { from, secure } = options;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);

  /** Says how far it gets in `progress`, for a caller that stops waiting. @throws NotAccepted, or what the socket throws. */
  async function submit(
    mail: Mail,
    messageId: string,
    begin: HandOver['begin'],
    progress: Progress,
  ): Promise<Reply> {
    const { host: hostname, port } = options;
    const secureTransport = ({ tls: 'on', starttls: 'starttls', none: 'off' } as const)[secure];
    progress.socket = options.connect(
      { hostname, port },
      { secureTransport, allowHalfOpen: false },
    );
    let server = converse(progress.socket);
    demand('2', await server.listen(), 'connection');
    let extensions = await greet(server, domain);
    if (secure === 'starttls') {
      if (!extensions.includes('STARTTLS')) {
        throw new NotAccepted('misconfigured', 'starttls_not_offered');
      }
      demand('2', await server.ask('STARTTLS'), 'connection');
      progress.socket = server.startTls();
      server = converse(progress.socket);
      extensions = await greet(server, domain);
    }
    progress.stage = 'sign_in';
    await logIn(server, extensions, options);
    progress.stage = 'sender';
    demand('2', await server.ask(`MAIL FROM:<${from.address}>`), 'sender');
    progress.stage = 'recipient';
    demand('2', await server.ask(`RCPT TO:<${mail.to}>`), 'recipient');
    progress.stage = 'content';
    demand('3', await server.ask('DATA'), 'content');
    if (!(await begin())) throw new NotAccepted('busy', 'not_begun');
    if (progress.isOver) throw new NotAccepted('busy', 'timeout');
    const message = formatMessage(mail, { from, messageId, dateMs: options.now() });
    progress.isHandedOver = true;
    const reply = await server.ask(`${message}.`);
    demand('2', reply, 'content');
    // A courtesy: nobody waits for the answer, and its failure changes nothing.
    server.say('QUIT').catch(() => {});
    return reply;
  }

  return {
    async send(mail, { id, begin }) {
      const messageId = `<${id}@${domain}>`;
      const result = (outcome: Outcome, vendorCode: string): MailResult => ({
        outcome,
        vendor: 'smtp',
        vendorCode,
        vendorMessageId: outcome === 'accepted' ? messageId : null,
      });
      if (!isMailbox(mail.to)) return result('refused', 'invalid_address');

      const progress: Progress = {
        socket: null,
        stage: 'connection',
        isHandedOver: false,
        isOver: false,
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new NotAccepted(null, 'timeout')), options.timeoutMs);
      });
      try {
        const reply = await Promise.race([submit(mail, messageId, begin, progress), timeout]);
        return result('accepted', reply.code);
      } catch (error) {
        const { outcome, vendorCode } =
          error instanceof NotAccepted ? error : new NotAccepted(null, 'network_error');
        const unsaid = progress.isHandedOver ? 'unclear' : unanswered[progress.stage];
        return result(outcome ?? unsaid, vendorCode);
      } finally {
        clearTimeout(timer);
        progress.isOver = true;
        // Ends what a timeout left waiting, too.
        progress.socket?.close().catch(() => {});
      }
    },
  };
}
