import type { CorrectionKind, DataCorrectionKind } from './account-fields.ts';
import { suspensionReasons } from './account-status.ts';
import { type Answers, collect, together } from './answers.ts';
import { readSearch } from './desk.ts';
import { parseEmail } from './email.ts';
import { parseMobile } from './mobile.ts';
import { documentOf, parseName } from './documents/index.ts';
import { AppError } from './errors.ts';
import { type Identity, parsePrintedValidity, printValidity } from './identity.ts';
import type { ContactKind } from './notices.ts';
import { parseFieldText, type Profile } from './profile/profile.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import { cleanText } from './text.ts';

/** Why the help desk looks at something: coded, for the person reads it too. */
export const helpDeskReasons = [
  'caller_check',
  'verification_help',
  'contact_lost',
  'correction',
  'complaint',
  'security',
] as const;
export type HelpDeskReason = (typeof helpDeskReasons)[number];

/** A correction that nobody decides is over after three days. */
export const correctionValidMs = 72 * 3_600_000;

/** Longest note and longest evidence, in code points. */
export const helpDeskTextMaxLength = 500;

/**
 * T-CON-08: a correction as typed. `evidence` says what was seen, in words. The `value` is the reason where the account is to be
 * suspended, and none where it is to be restored.
 */
export type AccountCorrectionAnswers = { kind: CorrectionKind; value: string; evidence: string };

const parseText = (typed: string, missing: 'evidence.missing' | 'help_desk_note.missing') => {
  const text = cleanText(typed);
  if (Array.from(text).length < 4) return refuse(missing);
  return Array.from(text).length > helpDeskTextMaxLength ? refuse('text.too_long') : accept(text);
};

/**
 * The written reason of a look, for the audit, which names nobody: so no five digits on end, no mail address, and
 * nothing of `known`, what is known of the person. Refuses with `help_desk_note.*` or `text.too_long`.
 */
export function parseHelpDeskNote(typed: string, known: readonly string[] = []): Parsed<string> {
  const note = parseText(typed, 'help_desk_note.missing');
  if (!note.ok) return note;
  const isPersonal =
    /\p{Nd}{5}|[@＠]/u.test(note.value.replace(/[\s-]/gu, '')) ||
    known.some((each) => each !== '' && note.value.includes(each));
  return isPersonal ? refuse('help_desk_note.personal') : note;
}

function parseValue(
  { kind, value }: Pick<AccountCorrectionAnswers, 'kind' | 'value'>,
  identity: Identity | null,
  today: string,
): Parsed<string, string> {
  if (kind === 'restore') return accept('active');
  if (kind === 'suspend') {
    const reason = suspensionReasons.find((known) => known === value);
    return reason === undefined ? refuse('suspension_reason.missing') : accept(reason);
  }
  if (kind === 'mobile') return parseMobile(value);
  if (kind === 'email') return parseEmail(value, true);
  if (identity === null) return refuse('input.shape');
  if (kind === 'name') return parseName(value, documentOf(identity.type).name);
  if (kind !== 'validity') return parseFieldText(kind, value, identity, today);
  const validity = parsePrintedValidity(value, identity, today);
  return validity.ok ? accept(printValidity(validity.value)) : validity;
}

/** What was seen as evidence, in words. */
export const parseEvidence = ({
  evidence,
}: Pick<AccountCorrectionAnswers, 'evidence'>): Answers<{ evidence: string }> =>
  collect({ evidence: parseText(evidence, 'evidence.missing') });

/**
 * What is to be put right, by the rules of the document, and by what evidence. That it is another value than before is
 * for the verb to know. `today` is the date in Shanghai.
 */
export const parseAccountCorrection = (
  typed: AccountCorrectionAnswers,
  identity: Identity | null,
  today: string,
): Answers<{ value: string; evidence: string }> =>
  together(collect({ value: parseValue(typed, identity, today) }), parseEvidence(typed));

/** What a correction changes of name, validity and profile. */
export function corrected(
  { kind, value }: { kind: Exclude<DataCorrectionKind, ContactKind>; value: string },
  { identity, profile }: { identity: Identity; profile: Profile | null },
  today: string,
): { identity: Identity } | { profile: Profile } {
  if (kind === 'name') return { identity: { ...identity, name: value } };
  if (kind === 'validity') {
    const validity = parsePrintedValidity(value, identity, today);
    if (!validity.ok) throw new AppError({ code: 'request.stale' });
    return { identity: { ...identity, validity: validity.value } };
  }
  if (profile === null) throw new AppError({ code: 'request.stale' });
  return { profile: { ...profile, [kind]: value } };
}

/** What an account is searched for by. There is no index of names, by design. */
export type AccountSearch = {
  by: 'number' | 'caseNumber' | 'mobile' | 'email' | 'name';
  value: string;
};

/** Reads what was typed into the help desk's search; `null` for nothing of these. `today` is the date in Shanghai. */
export function readAccountSearch(typed: string, today: string): AccountSearch | null {
  const mobile = parseMobile(typed);
  if (mobile.ok) return { by: 'mobile', value: mobile.value };
  const email = parseEmail(typed, true);
  return email.ok ? { by: 'email', value: email.value } : readSearch(typed, today);
}
