import { createModeSwitch } from './mode.ts';
import type { MailMode, ScannerMode } from './mode.ts';

/** What this product has had approved at the mail service: the one sender address. */
export const sandboxMail = { from: 'noreply@mail.sandbox.test' } as const;

/** An address that no mail service delivers to. */
export const blockedAddress = 'blocked@mail.sandbox.test';

/** The domain of recipients about whom the SMTP server says nothing in the mode `silent_domain`. */
export const silentDomain = 'silent.test';

/** A mail as a transport took it. `text` and `html` are the decoded parts, `null` for a part it does not have. */
export type IncomingMail = {
  transport: 'smtp' | 'aliyun';
  recipients: readonly string[];
  from: { name: string; address: string };
  subject: string;
  text: string | null;
  html: string | null;
  messageId: string | null;
};

/**
 * A mail as the owner of a mailbox sees it. `address` is the recipient in lower case; `links` are the http(s) links
 * of the text, then of the HTML, each once; `scannedLinks` counts those a scanner has opened.
 */
export type MailMessage = Omit<IncomingMail, 'recipients'> & {
  id: string;
  address: string;
  links: string[];
  scannedLinks: number;
  atMs: number;
};

export type MailOptions = {
  now: () => number;
  /** How a scanner opens a link. */
  visit: (request: Request) => Promise<Response>;
  /** How many mails are remembered (default 1000). */
  remembers?: number | undefined;
};

const rememberedMessages = 1000;
const scanTimeoutMs = 5000;

/**
 * The mail service and everybody's mailbox, oldest mail first; it remembers the last 1000. Its SMTP server listens on
 * a real port and is started apart (`startMailServer`).
 */
export class MailHost {
  readonly scanner = createModeSwitch<ScannerMode>('off');
  readonly #options: MailOptions;
  #messages: MailMessage[] = [];
  #mode: MailMode = 'working';
  #apply: (() => Promise<void>) | null = null;

  constructor(options: MailOptions) {
    this.#options = options;
  }

  messages(address?: string): MailMessage[] {
    const wanted = address?.toLowerCase();
    return this.#messages.filter((message) => wanted === undefined || message.address === wanted);
  }

  /** The first link in the newest mail to this address, `null` when there is none. */
  lastLink(address: string): string | null {
    return this.messages(address).at(-1)?.links[0] ?? null;
  }

  get mode(): MailMode {
    return this.#mode;
  }

  /** Resolves once the SMTP server, if one is started, behaves so. */
  async setMode(mode: MailMode): Promise<void> {
    this.#mode = mode;
    await this.#apply?.();
  }

  /** Whether this address gets a refusal for good. */
  refuses(address: string): boolean {
    return this.#mode === 'refusing' || address.toLowerCase() === blockedAddress;
  }

  /** Called with every change of mode, by the one transport that has something to start or stop. */
  onMode(apply: () => Promise<void>): void {
    this.#apply = apply;
  }

  /** Puts a mail into the mailbox of each recipient, once the scanner has opened its links. */
  async receive({ recipients, ...mail }: IncomingMail): Promise<void> {
    const links = linksOf(mail);
    const scannedLinks = this.scanner.mode === 'on' ? await this.#scan(links) : 0;
    const delivered = recipients.map((address) => ({
      id: crypto.randomUUID(),
      address: address.toLowerCase(),
      ...mail,
      links,
      scannedLinks,
      atMs: this.#options.now(),
    }));
    this.#messages = [...this.#messages, ...delivered].slice(
      -(this.#options.remembers ?? rememberedMessages),
    );
  }

  /** Forgets every mail, and works again. */
  reset(): void {
    this.#messages = [];
    this.scanner.setMode('off');
    void this.setMode('working');
  }

  async #scan(links: readonly string[]): Promise<number> {
    const visits = await Promise.all(
      links.map(async (link) => {
        const signal = AbortSignal.timeout(scanTimeoutMs);
        try {
          const response = await this.#options.visit(
            new Request(link, { redirect: 'manual', signal }),
          );
          await response.arrayBuffer();
          return 1;
        } catch {
          return 0;
        }
      }),
    );
    return visits.reduce<number>((sum, each) => sum + each, 0);
  }
}

function linksOf({ text, html }: Pick<IncomingMail, 'text' | 'html'>): string[] {
  const inText = (text ?? '').match(/https?:\/\/[^\s<>"'()（）「」【】，。；、]+/g) ?? [];
  const inHtml = [...(html ?? '').matchAll(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)]
    .map(([, double, single]) => (double ?? single ?? '').trim().replaceAll('&amp;', '&'))
    .filter((link) => /^https?:\/\//.test(link));
  return [...new Set([...inText.map((link) => link.replace(/[.,;:!?]+$/, '')), ...inHtml])];
}

/** Opens a link as a mail scanner does, but never leaves this machine. */
export async function visitLocally(request: Request): Promise<Response> {
  const { hostname } = new URL(request.url);
  if (!/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) {
    throw new TypeError(`not an address of this machine: ${hostname}`);
  }
  return fetch(request);
}
