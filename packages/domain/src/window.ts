import { readTicketCode, ticketCodeOf } from './cases/ticket-code.ts';
import type { CheckKind } from './checks.ts';
import { isVerified, type Level } from './levels.ts';

/**
 * E-WIN-01: somebody whom no check online confirms comes to a counter with the card. The ticket says whom it is about; a clerk
 * looks at person and card, and what is recorded counts as the check that it stands for.
 */
const windowStatuses = ['open', 'passed', 'refused', 'replaced', 'revoked'] as const;
export type WindowStatus = (typeof windowStatuses)[number];

/** The checks that a window can stand for: of the document, or of the face. */
export type WindowCheck = Extract<CheckKind, 'four_factors' | 'face'>;

/** Why the clerk passes or refuses somebody. Each has a sentence for the person. */
export const windowReasons = {
  passed: ['register_outdated', 'not_in_register', 'not_online'],
  refused: ['not_the_person', 'document_invalid', 'details_differ'],
} as const;
export type WindowOutcome = keyof typeof windowReasons;
export const windowOutcomes = ['passed', 'refused'] as const satisfies readonly WindowOutcome[];
export type WindowReason = (typeof windowReasons)[WindowOutcome][number];
export const windowReasonCodes = [...windowReasons.passed, ...windowReasons.refused] as const;

export const isReasonOf = (outcome: WindowOutcome, reason: WindowReason): boolean =>
  windowReasons[outcome].some((each) => each === reason);

/** Why a second person revokes a pass. Each has a sentence for the person. */
export const windowRevocations = ['wrong_person', 'false_document', 'mistaken'] as const;
export type WindowRevocation = (typeof windowRevocations)[number];

const day = 24 * 3_600_000;

/** Eight characters: they can be read out, and a clerk who guesses runs into the limit. */
const codeLength = 8;

/** The code of a ticket, out of random bytes. */
export const windowCodeOf = (random: Uint8Array): string =>
  ticketCodeOf(random).slice(0, codeLength);

/** A code as typed or scanned; `null` for what is none. */
export function readWindowCode(typed: string): string | null {
  const code = readTicketCode(typed);
  return code.length === codeLength ? code : null;
}

/** How long a ticket is good, how many one person takes in a Shanghai day, and how many tickets a clerk opens in one. */
export const windowRule = { validMs: 7 * day, perDay: 5, opensPerDay: 300 } as const;

/** What a window can do for somebody at a level; `null`: nothing is left. */
export function windowCheckAt(level: Level): WindowCheck | null {
  if (level === 4) return null;
  return isVerified({ level }) ? 'face' : 'four_factors';
}
