import type { FieldCode } from './field-codes.ts';

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
  | { code: 'request.stale' }
  | { code: 'input.invalid'; fields: FieldRefusals }
  | { code: 'session.required' }
  | { code: 'proof.required' }
  | { code: 'puzzle.expired' }
  | { code: 'puzzle.wrong' }
  | { code: 'puzzle.ticket_refused' }
  | { code: 'code.too_soon'; retryAtMs: number }
  | { code: 'code.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'code.wrong'; triesLeft: number }
  | { code: 'code.expired' }
  | { code: 'code.tries_used_up' }
  | { code: 'registration.not_started' }
  | { code: 'registration.out_of_order'; step: RegistrationStepName }
  | { code: 'registration.number_taken' }
  | { code: 'login.refused' }
  | { code: 'login.locked'; retryAtMs: number }
  | { code: 'recovery.no_match' }
  | { code: 'recovery.not_started' }
  | { code: 'link.used' }
  | { code: 'link.expired' }
  | { code: 'recovery.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'profile.incomplete' }
  | { code: 'profile.fixed_after_verification' }
  | { code: 'verification.day_limit'; limit: number; resumesAtMs: number }
  | { code: 'verification.in_progress' }
  | { code: 'verification.no_authority' }
  | { code: 'service.not_verified' };

export type AppErrorCode = AppErrorData['code'];

/** The steps of a registration, named here because a refusal says which one is missing. */
export type RegistrationStepName = 'document' | 'password' | 'contact' | 'code' | 'review';

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

/** The refusal in an error or in what caused it: database libraries wrap what passes through them. */
export function appErrorIn(error: unknown): AppError | null {
  let current = error;
  while (current instanceof Error) {
    if (current instanceof AppError) return current;
    current = current.cause;
  }
  return null;
}
