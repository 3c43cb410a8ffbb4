import type { Answers } from '../answers.ts';
import { checkValidity, type DocumentNumber } from '../documents/index.ts';
import {
  type Correction,
  type CorrectionAnswers,
  type Identity,
  parseCorrection,
} from '../identity.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import { type CaseChannel, caseChannels, type CaseFlag } from './case.ts';
import { cleanText } from '../text.ts';

/** T-REV-01, T-CON-05: what is typed for a review beside the photos. Type and number are the account's. */
export type ReviewAnswers = CorrectionAnswers & { reason: string; channel: string };

/** What a reviewer compares with the photos, and why the person asks. */
export type ReviewStatement = Correction & { reason: string };

/** Longest reason, in code points. */
export const reviewReasonMaxLength = 200;

function parseReason(typed: string): Parsed<string> {
  const reason = cleanText(typed);
  if (reason === '') return refuse('review_reason.missing');
  return Array.from(reason).length > reviewReasonMaxLength
    ? refuse('text.too_long')
    : accept(reason);
}

function parseChannel(typed: string): Parsed<CaseChannel> {
  const channel = caseChannels.find((known) => known === typed);
  return channel === undefined ? refuse('review_channel.missing') : accept(channel);
}

/** The answers of the page. `today` is the date in Shanghai. Refuses every field that does not do at once. */
export function parseReviewAnswers(
  typed: ReviewAnswers,
  document: DocumentNumber,
  today: string,
): Answers<{ statement: ReviewStatement; channel: CaseChannel }> {
  const correction = parseCorrection(typed, document, today);
  const reason = parseReason(typed.reason);
  const channel = parseChannel(typed.channel);
  if (correction.ok && reason.ok && channel.ok) {
    const statement = { ...correction.value, reason: reason.value };
    return { ok: true, value: { statement, channel: channel.value } };
  }
  return {
    ok: false,
    fields: {
      ...(correction.ok ? {} : correction.fields),
      ...(reason.ok ? {} : { reason: reason.code }),
      ...(channel.ok ? {} : { channel: channel.code }),
    },
  };
}

/**
 * Where what a person states disagrees: with the account, with the usual term for their age, with what the authority
 * last answered (`null`: nothing, or that it was down).
 */
export function flagsOf(
  stated: Correction,
  account: Identity,
  authority: 'mismatched' | 'no_record' | null,
  today: string,
): CaseFlag[] {
  const { type, birthDate } = account;
  const validity = stated.validity && checkValidity({ type, birthDate, today, ...stated.validity });
  const isUnusual = validity?.ok === true && validity.notices.includes('unusual_term');
  // The end follows from the other two, and older accounts hold the anniversary for a card that ends the day before it.
  const dates = ['start', 'term'] as const;
  const found: readonly (readonly [CaseFlag, boolean])[] = [
    ['name_changed', stated.name !== account.name],
    [
      'validity_changed',
      dates.some((date) => stated.validity?.[date] !== account.validity?.[date]),
    ],
    ['unusual_term', isUnusual],
    ['authority_mismatched', authority === 'mismatched'],
    ['authority_no_record', authority === 'no_record'],
  ];
  return found.filter(([, isFound]) => isFound).map(([flag]) => flag);
}
