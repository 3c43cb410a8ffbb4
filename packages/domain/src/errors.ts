import type { FieldCode } from './field-codes.ts';
import type { PhotoRefusal } from './jpeg.ts';
import type { CaseTask } from './cases/case.ts';
import type { StepId } from './steps.ts';

/** Which field was refused, and why. Keys are the names of the procedure's input. */
export type FieldRefusals = Readonly<Record<string, FieldCode>>;

/**
 * Everything a procedure may refuse with: a closed union, so that a missing sentence in a copy table
 * does not compile. Instants are milliseconds. What a person may expect as an answer (a mismatch at the
 * authority, a gateway that refuses a number) is an outcome in the data, not an error.
 */
export type AppErrorData =
  | { code: 'internal.unexpected'; requestId: string }
  | { code: 'service.unavailable' }
  | { code: 'request.not_found' }
  | { code: 'request.origin_refused' }
  | { code: 'request.too_large' }
  | { code: 'request.too_many'; retryAtMs: number }
  | { code: 'request.stale'; changes?: readonly { action: string; atMs: number }[] }
  | { code: 'page.superseded' }
  | { code: 'page.outdated' }
  | { code: 'input.invalid'; fields: FieldRefusals }
  | { code: 'session.required' }
  | { code: 'proof.required' }
  | { code: 'puzzle.expired' }
  | { code: 'puzzle.wrong' }
  | { code: 'puzzle.ticket_refused' }
  /** Where strangers have tried often: a ticket for heavy work is needed. */
  | { code: 'puzzle.work_required' }
  | { code: 'code.too_soon'; retryAtMs: number }
  | { code: 'code.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'code.wrong'; triesLeft: number }
  | { code: 'code.expired' }
  | { code: 'code.tries_used_up' }
  | { code: 'registration.not_started' }
  | { code: 'registration.out_of_order'; step: StepId }
  | { code: 'registration.number_taken' }
  | { code: 'login.refused'; triesLeft: number }
  | { code: 'login.locked'; retryAtMs: number }
  /** Only for browsers unknown to the account: too many of them together have failed. */
  | { code: 'login.strangers_locked'; retryAtMs: number }
  | { code: 'recovery.no_match' }
  | { code: 'recovery.registered_too_early'; registeredSinceMs: number }
  | { code: 'wechat.unavailable' }
  | { code: 'wechat.not_bound' }
  | { code: 'wechat.bound_elsewhere' }
  | { code: 'recovery.not_started' }
  | { code: 'link.used' }
  | { code: 'link.expired' }
  | { code: 'photo.link_over' }
  | { code: 'recovery.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'profile.incomplete' }
  | { code: 'profile.fixed_after_verification' }
  | { code: 'verification.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'verification.in_progress' }
  | { code: 'verification.no_authority' }
  | { code: 'verification.permit_taken' }
  | { code: 'service.not_verified' }
  | { code: 'photo.refused'; reason: PhotoRefusal }
  | { code: 'review.open' }
  | { code: 'review.not_offered' }
  | { code: 'review.incomplete'; missing: readonly CaseTask[] }
  | { code: 'review.period_limit'; limit: number; resumesAtMs: number }
  | { code: 'review.opened' }
  | { code: 'consent.required' }
  | { code: 'account.closing' }
  | { code: 'guardian.required' }
  | { code: 'guardian.code_refused' }
  | { code: 'guardian.not_entitled' }
  | { code: 'desk.not_holder' }
  | { code: 'desk.held'; byName: string; untilMs: number }
  | { code: 'desk.own_case' }
  | { code: 'desk.same_person' }
  | { code: 'desk.closed' }
  | { code: 'desk.look_required' }
  | { code: 'desk.not_stuck' }
  | { code: 'desk.cannot_assign' }
  | { code: 'desk.too_many'; limit: number }
  | { code: 'desk.consent_withdrawn' }
  | { code: 'help_desk.own_account' }
  | { code: 'help_desk.same_person' }
  | { code: 'help_desk.change_waiting' }
  | { code: 'help_desk.change_closed' }
  | { code: 'staff.session_required' }
  | { code: 'staff.forbidden' }
  | { code: 'staff.proof_required' }
  | { code: 'staff.sign_in_refused' }
  | { code: 'staff.passkey_refused' }
  | { code: 'staff.own_account' }
  | { code: 'staff.number_required' }
  | { code: 'staff.same_person' }
  /** `others`: the names of the administrators who may send the link before `fromMs`. */
  | {
      code: 'staff.address_changed';
      changedAtMs: number;
      fromMs: number;
      others: readonly string[];
    }
  | { code: 'staff.last_factor' };

export type AppErrorCode = AppErrorData['code'];

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

/** The refusal in an error or in what caused it: database libraries wrap what passes through them. */
export function appErrorIn(error: unknown): AppError | null {
  let current = error;
  while (current instanceof Error) {
    if (current instanceof AppError) return current;
    current = current.cause;
  }
  return null;
}
