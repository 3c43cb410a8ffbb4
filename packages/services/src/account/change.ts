import { accountTable, attestationTable } from '@shiming/db';
import {
  type AccountStatus,
  type ContactKind,
  contactKinds,
  type Identity,
  numberKey,
  type Profile,
  profileField,
  profileFieldIds,
  type ServiceField,
} from '@shiming/domain';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { bindByMail, bindsByMail, mailBinding, revokeBinding } from './binding.ts';
import { voidGiven } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { keyIdAfter, placeOf, seal } from '../vault/vault.ts';
import {
  type Account,
  findIdentity,
  guardAccountUnchanged,
  identifierOf,
  openProfile,
} from './account.ts';
import type { ContactOf } from './create.ts';
import { formerPasswordsOf } from './former-passwords.ts';
import { putIdentifier, removeIdentifier } from './identifiers.ts';
import { mailProofLink } from './mail-proof.ts';
import { type ServiceEvent, tellServices } from './tell-services.ts';

/** What changes of an account; the rest stays. */
export type AccountChange = {
  /**
   * Another name or validity: what was attested of the former one no longer stands. An account without an identity gets its
   * number with it, and one whose number was corrected another.
   */
  identity?: Identity;
  /** Whether the number of the identity opens another account, from which this one claims it. */
  claimsNumber?: boolean;
  /** With an identity: the number of the card before, which the present one prints. */
  earlierNumber?: string | null;
  /** `null` takes the contact off the account. */
  contact?: Partial<Record<ContactKind, ContactOf | null>>;
  /** With another value of a field that a check is about, what was attested of the document no longer stands. */
  profile?: Profile;
  status?: { status: AccountStatus; restorableUntilMs: number | null };
  /** The hash of another password, which replaces the current one; `null` leaves no password. */
  passwordHash?: string | null;
};

/**
 * Statements that change an account, unless somebody else changed it since it was read (request.stale). No other
 * statement changes what an account is; those beside it in this room keep it under current parameters and keys.
 */
export async function changeAccount(ctx: Ctx, account: Account, change: AccountChange) {
  const { identity, claimsNumber, earlierNumber, contact, profile, passwordHash, status } = change;
  const { identitySealed, profileSealed } = accountTable;
  const sealed = async (column: SQLiteColumn, value: object | undefined) =>
    value && (await seal(ctx, placeOf(column, account.id), value));
  const before = identity && (await findIdentity(ctx, account));
  const isOtherNumber =
    identity !== undefined && (!before || numberKey(before) !== numberKey(identity));
  const isSealedAgain = (identity ?? profile) !== undefined;
  // A proved contact opens the account where the portal signs in with it, and where the one before did. Those of a closed
  // account are free for others (S-DUP-06a), until it is restored.
  const opens = (kind: ContactKind, { provedAtMs }: ContactOf) =>
    provedAtMs !== null &&
    account.status !== 'closed' &&
    (ctx.portal.signInWith.includes(kind) || identifierOf(account, kind)?.signsIn === true);
  const put = async (kind: ContactKind, to: ContactOf | null | undefined) => {
    if (to === undefined) return [];
    return to === null
      ? removeIdentifier(ctx, account.id, kind)
      : putIdentifier(ctx, account.id, { ...to, kind, signsIn: opens(kind, to) });
  };
  return [
    guardAccountUnchanged(ctx, account),
    ctx.db
      .update(accountTable)
      .set({
        documentType: identity?.type,
        identitySealed: await sealed(identitySealed, identity),
        identityVersion: identity && sql`${accountTable.identityVersion} + 1`,
        profileSealed: await sealed(profileSealed, profile),
        keyId: isSealedAgain ? keyIdAfter(ctx, account.keyId) : undefined,
        ...status,
        passwordHash,
        formerPasswordHashes:
          passwordHash === undefined
            ? undefined
            : formerPasswordsOf({
                ...account,
                // As the last release wrote that there is none.
                passwordHash:
                  account.passwordHash === ctx.hasher.decoy ? null : account.passwordHash,
              }),
        version: sql`${accountTable.version} + 1`,
      })
      .where(eq(accountTable.id, account.id)),
    ...(profile && (await isCheckedAnew(ctx, account, profile)) ? revokeChecked(ctx, account) : []),
    ...(isOtherNumber
      ? await putIdentifier(ctx, account.id, {
          kind: 'document_number',
          value: numberKey(identity),
          provedAtMs: null,
          ...(claimsNumber === true ? { signsIn: false } : {}),
        })
      : []),
    ...(earlierNumber === null && identifierOf(account, 'earlier_number') !== undefined
      ? removeIdentifier(ctx, account.id, 'earlier_number')
      : []),
    ...(typeof earlierNumber === 'string'
      ? await putIdentifier(ctx, account.id, {
          kind: 'earlier_number',
          value: earlierNumber,
          provedAtMs: null,
        })
      : []),
    ...(await put('mobile', contact?.mobile)),
    ...(await put('email', contact?.email)),
    // A link that is on its way proves the address before.
    ...(contact?.email === undefined
      ? []
      : [
          ...voidGiven(ctx.db, mailProofLink(account.id)),
          revokeBinding(ctx, mailBinding(account.id)),
          ...(contact.email !== null && bindsByMail(contact.email)
            ? await bindByMail(ctx, {
                accountId: account.id,
                email: contact.email.value,
                atMs: ctx.now(),
              })
            : []),
        ]),
    ...tellServices(ctx, account.id, [
      // What the level is then the job finds out.
      ['level'],
      ...eventsOfFields([
        ...(before?.name === identity?.name ? [] : (['name'] as const)),
        ...(isOtherNumber ? (['document'] as const) : []),
        ...contactKinds.filter((kind) => contact?.[kind] !== undefined),
      ]),
      ...eventsOfStatus(account, status?.status),
      ...eventsOfPassword(account, passwordHash),
    ]),
  ] as const;
}

/** What services learn of the fields that are others now. */
const eventsOfFields = (fields: readonly ServiceField[]): ServiceEvent[] =>
  fields.length === 0 ? [] : [['claims', fields.join(' ')]];

/** What services learn of another status: whether the account is open. */
function eventsOfStatus(account: Account, status: AccountStatus = account.status): ServiceEvent[] {
  const isOpen = status === 'active';
  if (isOpen === (account.status === 'active')) return [];
  return isOpen ? [['enabled']] : [['disabled'], ['logout']];
}

function eventsOfPassword(account: Account, hash: string | null | undefined): ServiceEvent[] {
  if (hash === undefined || hash === account.passwordHash) return [];
  const change = hash === null ? 'revoke' : account.passwordHash === null ? 'create' : 'update';
  return [['credential', change]];
}

async function isCheckedAnew(ctx: Ctx, account: Account, profile: Profile): Promise<boolean> {
  const before = await openProfile(ctx, account);
  const isOther = (field: keyof Profile) =>
    (before?.[field] ?? null) !== null && before?.[field] !== profile[field];
  return profileFieldIds.some((field) => profileField(field).isChecked === true && isOther(field));
}

/** The statement (in a list of one) that revokes what was attested of the document of an account. */
const revokeChecked = (ctx: Ctx, { id }: Account) =>
  [
    ctx.db
      .update(attestationTable)
      .set({ revokedAtMs: ctx.now(), lookAtMs: null })
      .where(
        and(
          eq(attestationTable.accountId, id),
          isNotNull(attestationTable.about),
          isNull(attestationTable.revokedAtMs),
        ),
      ),
  ] as const;

/** The statement (in a list of one) that keeps the same password under the hasher's current parameters. */
export const keepRehashed = (
  { db }: Pick<Ctx, 'db'>,
  { id, passwordHash }: { id: string; passwordHash: string },
  rehashed: string,
) =>
  [
    db
      .update(accountTable)
      .set({ passwordHash: rehashed })
      .where(and(eq(accountTable.id, id), eq(accountTable.passwordHash, passwordHash))),
  ] as const;
