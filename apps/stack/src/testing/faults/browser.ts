/** What became of a call. `unanswered`: nobody knows whether it was done. */
export type Answer =
  | { is: 'done'; data: unknown; requestId: string }
  | { is: 'refused'; code: string; requestId: string }
  | { is: 'unanswered'; why: string };

type Asked = { method: string; body?: string | Uint8Array<ArrayBuffer>; type?: string };

/** A browser of the product: it keeps its cookies, and comes from one address. */
export class Browser {
  readonly #origin: string;
  readonly #address: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(origin: string, address: string, cookies: Readonly<Record<string, string>> = {}) {
    this.#origin = origin;
    this.#address = address;
    for (const [name, value] of Object.entries(cookies)) {
      this.#cookies.set(`__Host-${name}`, { value, path: '/' });
    }
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(`__Host-${name}`)?.value;
  }

  /** The id in a cookie of the form `id.secret`. */
  idIn(name: string): string {
    return this.cookie(name)?.split('.')[0] ?? '';
  }

  /** Sends a request, without going where the answer points. */
  async open(url: string | URL, { method, body, type }: Asked = { method: 'GET' }) {
    const { pathname } = new URL(url);
    const held = [...this.#cookies].filter(
      ([, { path }]) => path === '/' || pathname === path || pathname.startsWith(`${path}/`),
    );
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'x-real-ip': this.#address,
        cookie: held.map(([name, { value }]) => `${name}=${value}`).join('; '),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      const isOver = attributes.some((each) => /^max-age=0$/i.test(each)) || pair.length === at + 1;
      if (isOver) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), path });
    }
    return answer;
  }

  async #ask(path: string, asked: Asked): Promise<Answer> {
    try {
      const answer = await this.open(`${this.#origin}${path}`, asked);
      const text = await answer.text();
      const requestId = answer.headers.get('x-request-id') ?? '';
      const said = JSON.parse(text) as {
        result?: { data?: unknown };
        error?: { data?: { app?: { code?: string } } };
      };
      if (answer.ok) return { is: 'done', data: said.result?.data, requestId };
      const code = said.error?.data?.app?.code ?? `status ${answer.status}`;
      return answer.status >= 500
        ? { is: 'unanswered', why: code }
        : { is: 'refused', code, requestId };
    } catch (error) {
      return { is: 'unanswered', why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Calls a procedure that changes something. `prefix` is that of the portal. */
  call(prefix: string, path: string, input?: unknown): Promise<Answer> {
    return this.#ask(`${prefix}/trpc/${path}`, {
      method: 'POST',
      type: 'application/json',
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    });
  }

  ask(prefix: string, path: string): Promise<Answer> {
    return this.#ask(`${prefix}/trpc/${path}`, { method: 'GET' });
  }

  putPhoto(prefix: string, side: string, bytes: Uint8Array): Promise<Answer> {
    return this.#ask(`${prefix}/photos/${side}`, {
      method: 'PUT',
      type: 'image/jpeg',
      body: new Uint8Array(bytes),
    });
  }
}
