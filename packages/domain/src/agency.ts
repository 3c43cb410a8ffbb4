import { type Answers, collect } from './answers.ts';
import { readTicketCode } from './cases/ticket-code.ts';
import {
  type DocumentNumber,
  type DocumentType,
  parseDocumentNumber,
  parseName,
} from './documents/index.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/**
 * S-REG-09: how agencies help people who have no mobile number at a portal: for which document, how long a first password
 * works, and how many are handed over in a Shanghai calendar day by a member, by an agency, and for a person.
 */
export type AgencyRule = {
  documentType: DocumentType;
  passwordValidMs: number;
  perMember: number;
  perAgency: number;
  perPerson: number;
};

/** What became of a first password. */
const handoverStates = ['open', 'taken_up', 'expired', 'revoked'] as const;
export type HandoverState = (typeof handoverStates)[number];

/** Where a first password stands. `endsAtMs` is `null` once it was used. */
export function handoverStateOf(
  {
    endsAtMs,
    usedAtMs,
    revokedAtMs,
  }: { endsAtMs: number | null; usedAtMs: number | null; revokedAtMs: number | null },
  nowMs: number,
): HandoverState {
  if (usedAtMs !== null) return 'taken_up';
  if (revokedAtMs !== null) return 'revoked';
  return (endsAtMs ?? 0) > nowMs ? 'open' : 'expired';
}

/** What a member of an agency enters of a person, as typed. */
export type HandoverAnswers = { name: string; number: string; hasSeenCard: boolean };

/** The person to whom a first password is handed over. `today` is the date in Shanghai. */
export function parseHandover(
  typed: HandoverAnswers,
  rule: AgencyRule,
  portal: Portal,
  today: string,
): Answers<{ name: string; number: DocumentNumber }> {
  const parsed = collect({
    name: parseName(typed.name),
    number: parseDocumentNumber(rule.documentType, typed.number, today, portal),
    hasSeenCard: typed.hasSeenCard ? accept(true) : refuse('card_seen.missing'),
  });
  return parsed.ok
    ? { ok: true, value: { name: parsed.value.name, number: parsed.value.number } }
    : parsed;
}

/** A first password as typed: in capitals, without what groups it. Refuses with `first_password.*`. */
export function parseFirstPassword(typed: string): Parsed<string> {
  const password = readTicketCode(typed);
  if (password === '') return refuse('first_password.missing');
  return password.length === 12 ? accept(password) : refuse('first_password.format');
}
