import type { VouchObstacle } from './binding.ts';
import type { LinkPurpose } from './challenge-purposes.ts';
import type { FaceObstacle } from './face.ts';
import type { FieldCode } from './field-codes.ts';
import type { PhotoRefusal } from './jpeg.ts';
import type { CaseTask } from './cases/case.ts';
import type { ContactKind } from './notices.ts';
import type { StepId } from './steps.ts';

/** Which field was refused, and why. Keys are the names of the procedure's input. */
export type FieldRefusals = Readonly<Record<string, FieldCode>>;

/** The name of a refusal's HTTP status. */
export type RefusalStatus =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PRECONDITION_FAILED'
  | 'PAYLOAD_TOO_LARGE'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL_SERVER_ERROR'
  | 'SERVICE_UNAVAILABLE';

type Refusal<P> = { status: RefusalStatus; params?: P };

/** A refusal by its status; `P` is what it says beside its code. */
const refusal = <P = unknown>(status: RefusalStatus): Refusal<P> => ({ status });

/**
 * Everything a procedure may refuse with: a closed union, so that a missing sentence in a copy table
 * does not compile. Instants are milliseconds. What a person may expect as an answer (a mismatch at the
 * authority, a gateway that refuses a number) is an outcome in the data, not an error.
 */
export const refusals = {
  'internal.unexpected': refusal<{ requestId: string }>('INTERNAL_SERVER_ERROR'),
  'service.unavailable': refusal('SERVICE_UNAVAILABLE'),
  'request.not_found': refusal('NOT_FOUND'),
  'request.origin_refused': refusal('FORBIDDEN'),
  'request.too_large': refusal('PAYLOAD_TOO_LARGE'),
  'request.too_many': refusal<{ retryAtMs: number }>('TOO_MANY_REQUESTS'),
  'request.stale': refusal<{ changes?: readonly { action: string; atMs: number }[] }>('CONFLICT'),
  'page.superseded': refusal('CONFLICT'),
  'page.outdated': refusal('CONFLICT'),
  'input.invalid': refusal<{ fields: FieldRefusals }>('BAD_REQUEST'),
  'session.required': refusal('UNAUTHORIZED'),
  'proof.required': refusal('FORBIDDEN'),
  'puzzle.expired': refusal('BAD_REQUEST'),
  'puzzle.wrong': refusal('BAD_REQUEST'),
  'puzzle.ticket_refused': refusal('BAD_REQUEST'),
  /** Where strangers have tried often: a ticket for heavy work is needed. */
  'puzzle.work_required': refusal('BAD_REQUEST'),
  'code.too_soon': refusal<{ retryAtMs: number }>('TOO_MANY_REQUESTS'),
  'code.day_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  'code.wrong': refusal<{ triesLeft: number }>('BAD_REQUEST'),
  'code.expired': refusal('BAD_REQUEST'),
  'code.tries_used_up': refusal('TOO_MANY_REQUESTS'),
  'registration.not_started': refusal('NOT_FOUND'),
  'registration.out_of_order': refusal<{ step: StepId }>('CONFLICT'),
  'registration.to_be_activated': refusal('CONFLICT'),
  /**
   * `isInReview`: somebody else's claim on the number is being decided (S-DUP-01). `claimNumber`: that of a claim of an account
   * whose mobile the person has just proved.
   */
  'registration.number_taken': refusal<{ isInReview?: true; claimNumber?: string }>('CONFLICT'),
  /** For a person who has proved to hold the contact: an account is signed in to by it (S-REG-03). */
  'registration.contact_taken': refusal('CONFLICT'),
  'face.not_offered': refusal<{ why: FaceObstacle }>('PRECONDITION_FAILED'),
  /** The challenge was used, is too old, or was given out for something else. */
  'face.challenge_over': refusal('CONFLICT'),
  /** A picture was sent before, or twice. */
  'face.frame_repeated': refusal('CONFLICT'),
  'face.day_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  /** Somebody without a record of study has no classmates. */
  'window.not_needed': refusal('PRECONDITION_FAILED'),
  'window.ticket_over': refusal('CONFLICT'),
  'window.own_ticket': refusal('FORBIDDEN'),
  /** What one clerk has passed, another person revokes. */
  'window.second_person': refusal('FORBIDDEN'),
  'vouch.needs_record': refusal('PRECONDITION_FAILED'),
  'vouch.waiting': refusal('CONFLICT'),
  /** The request was withdrawn, answered or is too old. */
  'vouch.over': refusal('CONFLICT'),
  /** `days` is how long a mobile has to be proved, or the last help is ago. */
  'vouch.not_entitled': refusal<{ why: VouchObstacle; days: number }>('FORBIDDEN'),
  'login.refused': refusal<{ triesLeft: number }>('UNAUTHORIZED'),
  'login.locked': refusal<{ retryAtMs: number }>('TOO_MANY_REQUESTS'),
  /** Only for browsers unknown to the account: too many of them together have failed. */
  'login.strangers_locked': refusal<{ retryAtMs: number }>('TOO_MANY_REQUESTS'),
  'recovery.no_match': refusal('BAD_REQUEST'),
  'recovery.registered_too_early': refusal<{ registeredSinceMs: number }>('PRECONDITION_FAILED'),
  'wechat.unavailable': refusal('SERVICE_UNAVAILABLE'),
  'wechat.not_bound': refusal('PRECONDITION_FAILED'),
  'wechat.bound_elsewhere': refusal('CONFLICT'),
  'ministry.unavailable': refusal('SERVICE_UNAVAILABLE'),
  /** The person went back, or the ministry let them in nowhere. */
  'ministry.denied': refusal('FORBIDDEN'),
  /** What came back does not hold: it was used, is too old, of another browser, or not the ministry's. */
  'ministry.refused': refusal('BAD_REQUEST'),
  'ministry.linked_elsewhere': refusal('CONFLICT'),
  'ministry.name_differs': refusal('CONFLICT'),
  'ministry.not_linked': refusal('PRECONDITION_FAILED'),
  'recovery.not_started': refusal('NOT_FOUND'),
  'link.used': refusal<{ for: LinkPurpose }>('BAD_REQUEST'),
  'link.expired': refusal('BAD_REQUEST'),
  'photo.link_over': refusal('BAD_REQUEST'),
  'recovery.day_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  'profile.incomplete': refusal('PRECONDITION_FAILED'),
  /** Neither a mobile nor anything else is bound to the real-name information (S-LOG-02). */
  'binding.required': refusal('PRECONDITION_FAILED'),
  'profile.fixed_after_verification': refusal('CONFLICT'),
  'verification.day_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  'verification.in_progress': refusal('CONFLICT'),
  'verification.no_authority': refusal('PRECONDITION_FAILED'),
  'verification.permit_taken': refusal('CONFLICT'),
  'record.day_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  'record.in_progress': refusal('CONFLICT'),
  'photo_check.closed': refusal<{ opensOn: string; closesOn: string }>('CONFLICT'),
  'photo_check.answered': refusal('CONFLICT'),
  'service.not_verified': refusal('PRECONDITION_FAILED'),
  /** What was sent needs a letter with the seal of the organisation. */
  'organisation.letter_required': refusal('BAD_REQUEST'),
  'organisation.session_required': refusal('UNAUTHORIZED'),
  'photo.refused': refusal<{ reason: PhotoRefusal }>('BAD_REQUEST'),
  'review.open': refusal('CONFLICT'),
  'review.not_offered': refusal('PRECONDITION_FAILED'),
  'review.incomplete': refusal<{ missing: readonly CaseTask[] }>('PRECONDITION_FAILED'),
  'review.period_limit': refusal<{ limit: number; resumesAtMs: number }>('TOO_MANY_REQUESTS'),
  'review.opened': refusal('CONFLICT'),
  'consent.required': refusal('PRECONDITION_FAILED'),
  'account.closing': refusal('CONFLICT'),
  'authorisation.open': refusal('CONFLICT'),
  /** A matter that was answered, withdrawn, or has run out. */
  'matter.over': refusal('CONFLICT'),
  /** A signed request of an office with a nonce that was used. */
  'office.replayed': refusal('CONFLICT'),
  'authorisation.under_age': refusal<{ fromAge: number }>('FORBIDDEN'),
  'account.was_verified': refusal('CONFLICT'),
  'account.number_taken': refusal('CONFLICT'),
  'number_claim.none': refusal('CONFLICT'),
  'number_claim.pending': refusal('CONFLICT'),
  'number_claim.objection_open': refusal<{ untilMs: number }>('CONFLICT'),
  'account.suspended': refusal('FORBIDDEN'),
  'account.closed': refusal<{ restorableUntilMs: number | null }>('FORBIDDEN'),
  'identity.required': refusal('CONFLICT'),
  'contact.not_proved': refusal('CONFLICT'),
  /** For a person who has proved to hold the contact: another account is signed in to by it (S-BND-03). */
  'contact.bound_elsewhere': refusal<{ kind: ContactKind; maskedHolder: string }>('CONFLICT'),
  'guardian.required': refusal('PRECONDITION_FAILED'),
  'guardian.code_refused': refusal('BAD_REQUEST'),
  'guardian.not_entitled': refusal('FORBIDDEN'),
  'desk.not_holder': refusal('CONFLICT'),
  'desk.held': refusal<{ byName: string; untilMs: number }>('CONFLICT'),
  'desk.own_case': refusal('FORBIDDEN'),
  'desk.same_person': refusal('FORBIDDEN'),
  'desk.closed': refusal('CONFLICT'),
  'desk.look_required': refusal('PRECONDITION_FAILED'),
  'desk.not_stuck': refusal('CONFLICT'),
  'desk.cannot_assign': refusal('CONFLICT'),
  'desk.too_many': refusal<{ limit: number }>('CONFLICT'),
  'desk.consent_withdrawn': refusal('PRECONDITION_FAILED'),
  'help_desk.own_account': refusal('FORBIDDEN'),
  'help_desk.same_person': refusal('FORBIDDEN'),
  'help_desk.change_waiting': refusal('CONFLICT'),
  'help_desk.change_closed': refusal('CONFLICT'),
  'staff.session_required': refusal('UNAUTHORIZED'),
  'staff.forbidden': refusal('FORBIDDEN'),
  'staff.proof_required': refusal('FORBIDDEN'),
  'staff.sign_in_refused': refusal('UNAUTHORIZED'),
  'staff.passkey_refused': refusal('BAD_REQUEST'),
  'staff.own_account': refusal('FORBIDDEN'),
  'staff.number_required': refusal('FORBIDDEN'),
  'staff.same_person': refusal('CONFLICT'),
  'service.same_person': refusal('FORBIDDEN'),
  /** `others`: the names of the administrators who may send the link before `fromMs`. */
  'staff.address_changed': refusal<{
    changedAtMs: number;
    fromMs: number;
    others: readonly string[];
  }>('CONFLICT'),
  'staff.last_factor': refusal('CONFLICT'),
};

export type AppErrorCode = keyof typeof refusals;

type ParamsOf<C extends AppErrorCode> = (typeof refusals)[C] extends Refusal<infer P> ? P : never;

type DataOf<C extends AppErrorCode, D = { code: C } & ParamsOf<C>> = { [K in keyof D]: D[K] };

/** A refusal as it is sent: its code, with what it says beside it. */
export type AppErrorData = { [C in AppErrorCode]: DataOf<C> }[AppErrorCode];

/** A refusal. `data` goes to the person; `logNote` never leaves the server and carries nothing personal. */
export class AppError extends Error {
  readonly data: AppErrorData;
  readonly logNote: string | undefined;

  constructor(data: AppErrorData, logNote?: string) {
    super(data.code);
    this.name = 'AppError';
    this.data = data;
    this.logNote = logNote;
  }
}

/**
 * What a log line may say of an error: its note, the database's code for it, or its name. Its message may carry what
 * somebody typed: that of a database library has the SQL with its parameters.
 */
export function noteOf(error: unknown): string {
  let name = 'not an error';
  let current = error;
  while (current instanceof Error) {
    if ('logNote' in current && typeof current.logNote === 'string') return current.logNote;
    if ('code' in current && typeof current.code === 'string') return current.code;
    name = current instanceof AppError ? current.data.code : current.name;
    current = current.cause;
  }
  return name;
}

/** The alarm that an error raises for the operator, or `undefined`. It carries nothing personal. */
export const alarmOf = (error: unknown): string | undefined =>
  error instanceof Error && 'alarm' in error && typeof error.alarm === 'string'
    ? error.alarm
    : undefined;

/** The refusal in an error or in what caused it: database libraries wrap what passes through them. */
export function appErrorIn(error: unknown): AppError | null {
  let current = error;
  while (current instanceof Error) {
    if (current instanceof AppError) return current;
    current = current.cause;
  }
  return null;
}
