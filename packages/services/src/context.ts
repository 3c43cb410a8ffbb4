import type { Database } from '@shiming/db';
import {
  type Answers,
  AppError,
  type AppErrorData,
  type Operator,
  type Parsed,
  type Portal,
  shanghaiDate,
  type StaffRole,
} from '@shiming/domain';
import type {
  Crypto,
  FaceAuthority,
  IdentityAuthority,
  MailSender,
  Ministry,
  Passkeys,
  PasswordHasher,
  PhotoStore,
  ProofOfWork,
  PuzzlePainter,
  RecordSource,
  SmsSender,
  Totp,
  WeChatPlatform,
} from '@shiming/providers';

/** A key by its id. */
export type NamedKey = { id: string; key: Uint8Array };

/** Every secret the services use. Of each list the first key is the current one; the others still read. */
export type Keys = {
  vault: readonly [NamedKey, ...NamedKey[]];
  index: readonly [NamedKey, ...NamedKey[]];
  /** Keys the hashes of codes, tickets, sessions and addresses. */
  token: readonly [NamedKey, ...NamedKey[]];
  /** Keys the audit chain. A key that is retired stays in the list as long as blocks that it sealed are kept. */
  audit: readonly [NamedKey, ...NamedKey[]];
};

/** A portal, and what speaks in its name. */
export type Door = {
  portal: Portal;
  /** Where people open the portal: what links in messages begin with. No slash at the end. */
  address: string;
  sms: SmsSender;
  mail: MailSender;
  /** `null` where the portal has no service account. */
  weChat: WeChatPlatform | null;
  /** Who runs the portal, and what its pages link to. */
  operator: Operator;
};

/**
 * Everything the services need from outside, handed in once per request, with the portal of the request. Nothing is
 * optional.
 */
export type Deps = Door & {
  /** The portals of this operator. The first is also that of the staff. */
  doors: readonly [Door, ...Door[]];
  db: Database;
  /** The time, in milliseconds. */
  now(): number;
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
  crypto: Crypto;
  hasher: PasswordHasher;
  authority: IdentityAuthority;
  /**
   * Who compares faces, and the operator's words for who receives a picture; `assessment` is the impact assessment that
   * allows it. `null` where the operator compares none.
   */
  faces: { authority: FaceAuthority; receiver: string; assessment: string } | null;
  /** The ministry's sign-in; `null` where the operator is no client of it. */
  ministry: Ministry | null;
  /** The authorities of records; `null` where the operator has none. */
  records: RecordSource | null;
  painter: PuzzlePainter;
  proofOfWork: ProofOfWork;
  photos: PhotoStore;
  passkeys: Passkeys;
  totp: Totp;
  keys: Keys;
  /** The origin of all portals and of the console. */
  publicOrigin: string;
  /** Lets work finish after the answer has gone out. */
  defer(work: () => Promise<unknown>): void;
};

/**
 * The same dependencies at another portal of this operator: what a row keeps of its portal speaks there. A portal that the
 * operator no longer has is spoken for by the first.
 */
export function inPortal<D extends Door & Pick<Deps, 'doors'>>(deps: D, portalId: string): D {
  if (deps.portal.id === portalId) return deps;
  const { doors } = deps;
  return { ...deps, ...(doors.find(({ portal }) => portal.id === portalId) ?? doors[0]) };
}

/** Who acts. Comes from the session, never from input. */
export type Actor =
  | { type: 'anonymous' }
  | { type: 'applicant'; accountId: string; sessionId: string }
  | { type: 'staff'; staffId: string; role: StaffRole; hasNumber: boolean; sessionId: string }
  | { type: 'system'; job: string };

/** The browser on the other side, as far as limits and the list of sessions need it. */
export type Visitor = {
  /** Network address: an IPv4 address or the /64 of an IPv6 one. Only ever used through a keyed hash. */
  address: string;
  /** The random id of this browser's device cookie. */
  deviceId: string;
  /** What shows, without naming them, to which accounts this browser has signed in before. */
  deviceMarks: readonly string[];
  /** The cookies of the sessions, of applicants and of the console, that this browser holds. */
  held: { session: string | null; staff: string | null };
  /** Browser and system in a word each. */
  label: string;
};

export type Ctx = Deps & { actor: Actor; visitor: Visitor; requestId: string };

/** What a browser holds in which nobody is signed in. */
export const noSessions: Visitor['held'] = { session: null, staff: null };

/** The context of a job: nobody is on the other side. */
export const systemCtx = (deps: Deps, job: string): Ctx => ({
  ...deps,
  actor: { type: 'system', job },
  visitor: { address: '', deviceId: '', deviceMarks: [], held: noSessions, label: '' },
  requestId: deps.crypto.randomToken(12),
});

/** A guard that reads as one line. */
export function refuseUnless(condition: boolean, refusal: AppErrorData): asserts condition {
  if (!condition) throw new AppError(refusal);
}

/** Returns what was typed, parsed, or refuses it with `input.invalid`, a field alone under the name that it has in the form. */
export function accepted<T>(parsed: Answers<T>): T;
export function accepted<T>(parsed: Parsed<T, string>, field: string): T;
export function accepted<T>(parsed: Answers<T> | Parsed<T, string>, field = ''): T {
  if (parsed.ok) return parsed.value;
  const fields = 'fields' in parsed ? parsed.fields : { [field]: parsed.code };
  throw new AppError({ code: 'input.invalid', fields });
}

export const today = (ctx: Pick<Deps, 'now'>): string => shanghaiDate(ctx.now());
