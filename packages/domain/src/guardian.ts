import { type Answers, collect } from './answers.ts';
import { codeOf, readCode } from './contact.ts';
import {
  documentOf,
  type DocumentNumber,
  parseDocumentNumber,
  parseDocumentType,
  parseName,
} from './documents/index.ts';
import { needsGuardian } from './guardian-age.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/** Who consents for a child (PIPL 31). */
export const guardianRelations = ['father', 'mother', 'guardian'] as const;
export type GuardianRelation = (typeof guardianRelations)[number];

/** How a guardian decides: signed in to an account of their own, right after a proof. */
export type GuardianChannel = 'own_account';

/**
 * Why a guardian's consent has ended: the guardian took it back, the child is asked itself from now on, or it was refused
 * and never given.
 */
export type GuardianEnding = 'withdrawn' | 'of_age' | 'refused';

/** How many random bytes a guardian's code is made of. */
export const guardianCodeBytes = 8;

/** The one-time code that a guardian gets for a child, in eight characters without look-alikes (40 bits). */
export const guardianCodeOf = codeOf;

/** The code as typed, or `null` where it cannot be one. */
export const readGuardianCode = (typed: string): string | null => {
  const code = readCode(typed);
  return /^[\dA-HJKMNP-TV-Z]{8}$/.test(code) ? code : null;
};

/** What a guardian fills in for a child, as typed. */
export type GuardianAnswers = {
  documentType: string;
  number: string;
  name: string;
  relation: string;
  hasConsented: boolean;
};

/** The child that a guardian consents for. */
export type GuardedChild = { document: DocumentNumber; name: string; relation: GuardianRelation };

/** X-06, PIPL 31: the guardian's page. `today` is the date in Shanghai. */
export function parseGuardianAnswers(
  typed: GuardianAnswers,
  portal: Portal,
  today: string,
): Answers<GuardedChild> {
  const type = parseDocumentType(typed.documentType, portal);
  const relation = guardianRelations.find((known) => known === typed.relation);
  const parsed = collect({
    document: type.ok ? parseChildNumber(type.value, typed.number, portal, today) : type,
    name: parseName(typed.name, type.ok ? documentOf(type.value).name : undefined),
    relation: relation === undefined ? refuse('relation.missing') : accept(relation),
    hasConsented: typed.hasConsented ? accept(true) : refuse('consent.missing'),
  });
  if (parsed.ok) return parsed;
  const { document, ...fields } = parsed.fields;
  if (document === undefined) return parsed;
  const place = type.ok ? 'number' : 'documentType';
  return { ok: false, fields: { ...fields, [place]: document } };
}

function parseChildNumber(
  type: DocumentNumber['type'],
  typed: string,
  portal: Portal,
  today: string,
): Parsed<DocumentNumber> {
  const number = parseDocumentNumber(type, typed, today, portal);
  if (!number.ok) return number;
  const { birthDate } = number.value;
  return birthDate === null || needsGuardian(portal, birthDate, today)
    ? accept(number.value)
    : refuse('child_number.of_age');
}
