/** An SMS as the owner of a number sees it. `mobile` is 11 digits; `code` is what an autofill would offer. */
export type PhoneMessage = {
  id: string;
  mobile: string;
  vendor: 'aliyun' | 'tencent';
  text: string;
  code: string | null;
  atMs: number;
};

/** Everybody's phone: what was delivered, oldest first. It remembers the last 200 messages. */
export type Phone = {
  messages(mobile?: string): PhoneMessage[];
  /** The newest code that came to this number, `null` when there is none. */
  lastCode(mobile: string): string | null;
};

const rememberedMessages = 200;

export class PhoneMemory implements Phone {
  readonly #remembers: number;
  #messages: PhoneMessage[] = [];

  constructor(remembers = rememberedMessages) {
    this.#remembers = remembers;
  }

  messages(mobile?: string): PhoneMessage[] {
    return this.#messages.filter((message) => mobile === undefined || message.mobile === mobile);
  }

  lastCode(mobile: string): string | null {
    return this.messages(mobile).findLast(({ code }) => code !== null)?.code ?? null;
  }

  deliver(message: Omit<PhoneMessage, 'id'>): void {
    this.#messages = [...this.#messages, { id: crypto.randomUUID(), ...message }].slice(
      -this.#remembers,
    );
  }

  clear(): void {
    this.#messages = [];
  }
}
