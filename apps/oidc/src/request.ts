import { AsyncLocalStorage } from 'node:async_hooks';
import { appErrorIn } from '@shiming/domain';
import type { Ctx } from '@shiming/services/context';
import type { Client } from '@shiming/services/oidc/clients';
import {
  type Loaded,
  loadForBrowser,
  loadForService,
  type Person,
  tokenIn,
} from '@shiming/services/oidc/person';
import { commitTokens, endTokenGroup, type TokenName } from '@shiming/services/oidc/tokens';

type Statements = Parameters<typeof commitTokens>[1];

/**
 * What one request of the provider reads and writes. The provider asks its store for one row after another; here what
 * belongs together is read at once, and what it writes is one transaction at the end, before the answer goes out.
 */
export class OidcRequest {
  readonly ctx: Ctx;
  /** The services as registered, kept for a minute. */
  readonly findClient: (clientId: string) => Promise<Client | null>;
  /** The session of our own that the browser holds. */
  readonly cookie: string | null;
  /** That the person has come back without wanting to go on. */
  isDenied = false;
  /** That it has ended the person's session. */
  hasSignedOut = false;
  #loaded: Loaded = { tokens: new Map(), person: null };
  #writes: (() => Promise<Statements>)[] = [];
  /** What is to end where a code has been used by another request meanwhile. */
  #groups: string[] = [];

  constructor(
    ctx: Ctx,
    options: {
      findClient: (clientId: string) => Promise<Client | null>;
      cookie: string | null;
    },
  ) {
    this.ctx = ctx;
    this.findClient = options.findClient;
    this.cookie = options.cookie;
  }

  /** Whom the request is of, as far as it has been read. */
  get person(): Person | null {
    return this.#loaded.person;
  }

  /** Reads who holds the session, together with what the request names. */
  async openBrowser(names: readonly TokenName[]): Promise<Person | null> {
    this.#loaded = await loadForBrowser(this.ctx, names, this.cookie);
    return this.person;
  }

  /** A token that was read, or is read now, with the person it is about. */
  async token(name: TokenName) {
    const known = await tokenIn(this.#loaded, this.ctx, name);
    if (known !== undefined || this.#loaded.tokens.size > 0) return known;
    const loaded = await loadForService(this.ctx, name);
    this.#loaded = loaded.person === null ? { ...loaded, person: this.person } : loaded;
    return tokenIn(this.#loaded, this.ctx, name);
  }

  /** What has come of an interaction that began at `begunAtMs`, for the provider to go on from. */
  outcome(begunAtMs: number): object {
    if (this.isDenied) return { error: 'access_denied', error_description: 'the person declined' };
    const { account, session } = this.person ?? {};
    const authTimeMs = session?.authTimeMs ?? 0;
    const hasProved = account !== undefined && authTimeMs > begunAtMs;
    return {
      // The page of the service has asked.
      consent: {},
      ...(hasProved
        ? { login: { accountId: account.id, ts: Math.floor(authTimeMs / 1_000) } }
        : {}),
    };
  }

  write(statements: () => Promise<Statements>): void {
    this.#writes.push(statements);
  }

  endsWithRace(group: string): void {
    this.#groups.push(group);
  }

  /** Writes it all. Returns `false`, and writes nothing, where another request has used what this one uses. */
  async finish(): Promise<boolean> {
    const statements = await Promise.all(this.#writes.splice(0).map((write) => write()));
    try {
      await commitTokens(this.ctx, statements.flat());
      return true;
    } catch (error) {
      if (appErrorIn(error)?.data.code !== 'request.stale') throw error;
      const ends = this.#groups.flatMap((group) => [...endTokenGroup(this.ctx, group)]);
      await commitTokens(this.ctx, ends);
      return false;
    }
  }
}

const requests = new AsyncLocalStorage<OidcRequest>();

/** Runs the provider for one request. */
export const withRequest = <T>(request: OidcRequest, run: () => T): T => requests.run(request, run);

/** The request that is being answered. */
export function currentRequest(): OidcRequest {
  const request = requests.getStore();
  if (request === undefined) throw new Error('no request is being answered');
  return request;
}
