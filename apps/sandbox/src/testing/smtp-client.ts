import { createConnection } from 'node:net';
import type { Socket } from 'node:net';

/** A reply: its code, and its lines without it. */
export type SmtpReply = { code: number; text: string };

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The least of an SMTP client: one line out, one reply in. A reply that never comes rejects. */
export class SmtpClient {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;
  /** What the server said first. */
  greeting: SmtpReply = { code: 0, text: '' };

  static async connect(port: number): Promise<SmtpClient> {
    const socket = createConnection({ port, host: '127.0.0.1' });
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const client = new SmtpClient(socket);
    client.greeting = await client.#reply();
    return client;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#lines = linesOf(socket);
  }

  send(line: string): Promise<SmtpReply> {
    this.#socket.write(`${line}\r\n`);
    return this.#reply();
  }

  signIn(username: string, password: string): Promise<SmtpReply> {
    return this.send(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`);
  }

  /** Sends a whole mail; resolves with the first reply that is not of success, or the last one. */
  async deliver(from: string, to: readonly string[], content: string): Promise<SmtpReply> {
    const commands = [`MAIL FROM:<${from}>`, ...to.map((each) => `RCPT TO:<${each}>`), 'DATA'];
    for (const command of commands) {
      const reply = await this.send(command);
      if (reply.code >= 400) return reply;
    }
    return this.send(`${content.replaceAll('\n', '\r\n')}\r\n.`);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #reply(): Promise<SmtpReply> {
    const texts: string[] = [];
    for (;;) {
      const { done, value } = await this.#lines.next();
      if (done === true) throw new Error('the server closed the connection');
      texts.push(value.slice(4));
      if (value[3] !== '-') return { code: Number(value.slice(0, 3)), text: texts.join('\n') };
    }
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = (rest + String(chunk)).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
