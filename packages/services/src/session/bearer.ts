import type { Ctx, Deps } from '../context.ts';
import { isKeyedHash, keyedHash, keyedHashes } from '../vault/keyed-hash.ts';

type Secrets = Pick<Deps, 'crypto' | 'keys'>;

/**
 * What a browser holds as a cookie `id.secret`, and of which a table keeps a keyed hash. `name` stands in the hash, so a
 * secret of one kind opens none of another.
 */
export function bearerKind(name: string) {
  const textOf = (id: string, secret: string) => `${name}:${id}:${secret}`;
  const hashOf = (ctx: Secrets, id: string, secret: string) => keyedHash(ctx, textOf(id, secret));
  return {
    hashOf,
    /** The hash under each key held. */
    hashesOf: (ctx: Secrets, id: string, secret: string) => keyedHashes(ctx, textOf(id, secret)),
    isRight: (ctx: Secrets, id: string, secret: string, hash: string) =>
      isKeyedHash(ctx, textOf(id, secret), hash),
    /** A new one: its id, the cookie, and what the table keeps of its secret. With an `id`, another secret of that one. */
    issue: async (ctx: Ctx, id = ctx.crypto.randomToken(12)) => {
      const secret = ctx.crypto.randomToken(32);
      return { id, token: `${id}.${secret}`, secretHash: await hashOf(ctx, id, secret) };
    },
  };
}

/** No cookie of ours is longer. What a browser made up need not travel to the database. */
const longest = 256;

/**
 * The id and secret of a cookie, and the version that a page shows where it says one (`id.secret.version`); `null` for
 * what has not both.
 */
export function splitToken(
  token: string | null,
): { id: string; secret: string; version: number | null } | null {
  if (token === null || token.length > longest) return null;
  const [id, secret, version] = token.split('.');
  return id === undefined || secret === undefined
    ? null
    : { id, secret, version: version === undefined ? null : Number(version) };
}
