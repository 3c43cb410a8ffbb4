import { type SuspensionReason, suspensionReasons } from './account-status.ts';
import { type Answers, collect } from './answers.ts';
import { parseContactChange } from './contact.ts';
import { readSearch } from './desk.ts';
import { parseEmail } from './email.ts';
import { parseMobile } from './mobile.ts';
import { parseName } from './documents/index.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { CorrectionKind } from './staff.ts';
import { cleanText } from './text.ts';

/** What of an account the help desk sees masked until it asks for it. */
export const helpDeskItems = [
  'name',
  'number',
  'mobile',
  'email',
  'localDocumentNumber',
  'travelPermitNumber',
] as const;
export type HelpDeskItem = (typeof helpDeskItems)[number];

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

function parseReason(typed: string): Parsed<SuspensionReason> {
  const reason = suspensionReasons.find((known) => known === typed);
  return reason === undefined ? refuse('suspension_reason.missing') : accept(reason);
}

function parseValue(kind: CorrectionKind, value: string): Answers<{ value: string }> {
  switch (kind) {
    case 'name':
      return collect({ value: parseName(value) });
    case 'suspend':
      return collect({ value: parseReason(value) });
    case 'restore':
      return collect({ value: accept('active') });
    case 'mobile':
    case 'email':
      return parseContactChange({ kind, value });
  }
}

/** What is to be put right, and by what evidence. That it is another value than before is for the verb to know. */
export function parseAccountCorrection({
  kind,
  value,
  evidence,
}: AccountCorrectionAnswers): Answers<{ value: string; evidence: string }> {
  const parsed = parseValue(kind, value);
  const seen = collect({ evidence: parseText(evidence, 'evidence.missing') });
  if (parsed.ok && seen.ok) return { ok: true, value: { ...parsed.value, ...seen.value } };
  return {
    ok: false,
    fields: { ...(parsed.ok ? {} : parsed.fields), ...(seen.ok ? {} : seen.fields) },
  };
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
  const email = parseEmail(typed);
  return email.ok ? { by: 'email', value: email.value } : readSearch(typed, today);
}
