import * as z from 'zod/mini';

/**
 * The shapes that the procedures take: what JSON must look like before the rules of a page read it.
 * Whether a name is a name is decided once, in the verb, by the same functions that the browser uses.
 */
const text = (maxLength: number) =>
  z.string().check(
    z.maxLength(maxLength, 'text.too_long'),
    // Half of a character beyond the BMP is no text: a database over the wire does not take it.
    z.regex(/^\P{Cs}*$/u, 'input.shape'),
  );

const line = text(200);
const dateAnswers = z.strictObject({ year: line, month: line, day: line });
const ticket = text(100);

/** What a ticket of the puzzle is good for. It opens nothing else. */
export const puzzlePurposes = ['register', 'login', 'recover', 'contact'] as const;
export type PuzzlePurpose = (typeof puzzlePurposes)[number];
const purpose = z.enum(puzzlePurposes);

export const DrawPuzzleInput = z.strictObject({ purpose });
export const SolvePuzzleInput = z.strictObject({
  puzzleId: text(40),
  /** Left edge of the piece, in pixels of the picture as drawn. */
  x: z.number().check(z.gte(0), z.lte(4096)),
});
export const SolveProofOfWorkInput = z.strictObject({ purpose, solution: text(4000) });

export const SaveDocumentInput = z.strictObject({
  documentType: line,
  number: line,
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
  hasConsented: z.boolean(),
});
export const SavePasswordInput = z.strictObject({ password: line, passwordAgain: line });
export const SendCodeInput = z.strictObject({ email: text(320), mobile: line, ticket });
export const ProveContactInput = z.strictObject({ code: line });
export const SubmitRegistrationInput = z.strictObject({ hasAgreed: z.boolean() });

export const SignInInput = z.strictObject({ number: line, password: line, ticket });
export const IdentifyInput = z.strictObject({
  documentType: line,
  number: line,
  name: line,
  ticket,
});
export const SendRecoveryCodeInput = z.strictObject({ ticket });
export const SendLinkInput = z.strictObject({ ticket });
export const OpenLinkInput = z.strictObject({ link: text(100) });
export const ResetByLinkInput = z.strictObject({
  link: text(100),
  password: line,
  passwordAgain: line,
});
export const ResetPasswordInput = z.strictObject({
  code: line,
  password: line,
  passwordAgain: line,
});
export const ChangePasswordInput = z.strictObject({
  current: line,
  password: line,
  passwordAgain: line,
});
export const EndSessionInput = z.strictObject({ sessionId: text(40) });

export const SaveProfileInput = z.strictObject({
  ethnicity: line,
  sex: line,
  birthDate: dateAnswers,
  localDocumentNumber: line,
  travelPermitNumber: line,
});

export const VerifyInput = z.strictObject({
  name: line,
  validityStart: dateAnswers,
  validityTerm: line,
});
export const EnterServiceInput = z.strictObject({ serviceId: text(40) });
