import { type IndexKind, sealedName } from '@shiming/db';
import { canonicalEmail, type ContactKind } from '@shiming/domain';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Ctx, Deps, NamedKey } from '../context.ts';
import { keyedHash, keyedHashes } from './keyed-hash.ts';

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** Why something sealed cannot be opened here; the note names a key and nothing personal. */
export class SealError extends Error {
  readonly logNote: string;
  constructor(logNote: string) {
    super(logNote);
    this.name = 'SealError';
    this.logNote = logNote;
  }
}

/**
 * Seals a value for one place: `context` names table, column and row, so that a sealed value moved
 * elsewhere does not open. Answers `keyId.ciphertext`.
 */
export async function seal(deps: VaultDeps, context: string, value: unknown): Promise<string> {
  const [current] = deps.keys.vault;
  return `${current.id}.${await deps.crypto.seal(current.key, JSON.stringify(value), context)}`;
}

/**
 * Opens what `seal` made in the same context. The value was parsed before it was sealed and the seal is
 * authentic, so it is trusted to be a `T`.
 *
 * @throws SealError when the key is no longer held; Error when anything was altered.
 */
export async function open<T>(deps: VaultDeps, context: string, sealed: string): Promise<T> {
  const dot = sealed.indexOf('.');
  const named = keyOf(deps.keys.vault, sealed.slice(0, dot));
  return JSON.parse(await deps.crypto.open(named.key, sealed.slice(dot + 1), context)) as T;
}

/** The place for which a value of a column is sealed: the column, and the row. */
export const placeOf = (column: SQLiteColumn, rowId: string): string =>
  `${sealedName(column)}:${rowId}`;

/** Seals bytes as `seal` does texts. Answers the key's id, led by its length, and the sealed bytes. */
export async function sealBytes(
  deps: VaultDeps,
  context: string,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const [current] = deps.keys.vault;
  // Ids are letters and digits.
  const id = Array.from(current.id, (character) => character.charCodeAt(0));
  const sealed = await deps.crypto.sealBytes(current.key, bytes, context);
  const named = new Uint8Array(1 + id.length + sealed.length);
  named.set([id.length, ...id]);
  named.set(sealed, 1 + id.length);
  return named;
}

/** Opens what `sealBytes` made in the same context, and fails as `open` does. */
export async function openBytes(
  deps: VaultDeps,
  context: string,
  named: Uint8Array,
): Promise<Uint8Array> {
  const [length = 0] = named;
  const id = String.fromCharCode(...named.subarray(1, 1 + length));
  const { key } = keyOf(deps.keys.vault, id);
  return deps.crypto.openBytes(key, named.subarray(1 + length), context);
}

function keyOf(keys: readonly NamedKey[], id: string): NamedKey {
  const named = keys.find((key) => key.id === id);
  if (named === undefined) throw new SealError(`vault: key ${id} is not held`);
  return named;
}

/** The id of the key that seals now: stored beside what it sealed, for the rotation job to find. */
export const currentKeyId = (deps: VaultDeps): string => deps.keys.vault[0].id;

/** No key has this name. */
export const mixedKeys = 'mixed';

/**
 * What a row says of its key when one of its values is sealed again and the others stay as they are: where
 * they are not all under the current key, a name that no key has, so that the rotation job comes by.
 */
export const keyIdAfter = (deps: VaultDeps, keyId: string): string =>
  keyId === currentKeyId(deps) ? keyId : mixedKeys;

const indexWith = async (deps: VaultDeps, named: NamedKey, kind: IndexKind, value: string) =>
  `${named.id}.${await deps.crypto.hmac(named.key, `${kind}:${value}`)}`;

/** The blind index of a value under the current key. `kind` keeps equal values of different kinds apart. */
export function blindIndex(deps: VaultDeps, kind: IndexKind, value: string): Promise<string> {
  return indexWith(deps, deps.keys.index[0], kind, value);
}

/** The blind index under every key still held: what a look-up searches for while keys rotate. */
export function blindIndexes(deps: VaultDeps, kind: IndexKind, value: string): Promise<string[]> {
  return Promise.all(deps.keys.index.map((named) => indexWith(deps, named, kind, value)));
}

type HashCtx = Pick<Ctx, 'crypto' | 'keys'>;

/** A keyed hash for limits: tells addresses and numbers apart without keeping them. */
export const subjectHash = (ctx: HashCtx, kind: string, value: string): Promise<string> =>
  keyedHash(ctx, `subject:${kind}:${value}`);

/** The same under every key held: for what was kept under an older one and must be found. */
export const subjectHashes = (ctx: HashCtx, kind: string, value: string): Promise<string[]> =>
  keyedHashes(ctx, `subject:${kind}:${value}`);

/** The same of a mobile number or mail address. However an address is written, its mailbox is one subject. */
export const contactHash = (ctx: HashCtx, kind: ContactKind, contact: string) =>
  subjectHash(ctx, kind, kind === 'email' ? canonicalEmail(contact) : contact);
