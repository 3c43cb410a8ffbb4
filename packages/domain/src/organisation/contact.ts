import { type Answers, collect } from '../answers.ts';
import { parseName } from '../documents/name.ts';
import { parseEmail } from '../email.ts';
import { parseMobile } from '../mobile.ts';
import { accept, refuse } from '../parsed.ts';

/** Who is to be reached at an organisation, as typed. `contactAgrees`: that this person consents to it (PIPL 13). */
export type OrganisationContactAnswers = {
  person: string;
  mobile: string;
  email: string;
  contactAgrees: boolean;
};

/** The answers about the contact person of an organisation. */
export function parseOrganisationContact(
  typed: OrganisationContactAnswers,
): Answers<{ person: string; mobile: string; email: string }> {
  const person = parseName(typed.person);
  const parsed = collect({
    // One sentence for all that can be wrong: those about names come with pages about documents.
    person: person.ok ? person : refuse('organisation_person.missing'),
    mobile: parseMobile(typed.mobile),
    email: parseEmail(typed.email, true),
    contactAgrees: typed.contactAgrees ? accept(true) : refuse('organisation_person.unasked'),
  });
  if (!parsed.ok) return parsed;
  const { contactAgrees: _, ...value } = parsed.value;
  return { ok: true, value };
}
