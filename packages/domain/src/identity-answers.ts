import type { Answers } from './answers.ts';
import { parseEarlierNumber } from './documents/index.ts';
import type { Identity } from './identity.ts';
import type { Portal } from './portals/index.ts';
import { type DocumentAnswers, parseDocumentAnswers } from './registration.ts';

/** 实名信息 of an account (S-NAM-01): the answers about a document, and the number of an earlier card where the card prints one. */
export function parseIdentityAnswers(
  typed: DocumentAnswers & { earlierNumber?: string | undefined },
  portal: Portal,
  today: string,
): Answers<{ identity: Identity; earlierNumber: string | null }> {
  const identity = parseDocumentAnswers(typed, portal, today);
  if (!identity.ok) return identity;
  const earlierNumber = parseEarlierNumber(typed.earlierNumber ?? '', identity.value, today);
  return earlierNumber.ok
    ? { ok: true, value: { identity: identity.value, earlierNumber: earlierNumber.value } }
    : { ok: false, fields: { earlierNumber: earlierNumber.code } };
}
