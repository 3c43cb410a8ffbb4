import { type Answers, collect, together } from '../answers.ts';
import type { TicketStatement } from '../cases/ticket.ts';
import { parseTicketText } from '../cases/ticket-text.ts';
import type { CaseFlag } from '../cases/case.ts';
import { accept, type Parsed, refuse } from '../parsed.ts';
import { cleanText } from '../text.ts';
import { parseOrganisationCode } from './code.ts';
import { type OrganisationContactAnswers, parseOrganisationContact } from './contact.ts';

/** What an organisation asks with its letter (S-USR-02, S-USR-03), as typed. */
export type LetterAnswers = OrganisationContactAnswers & {
  name: string;
  code: string;
  text: string;
  agreesToPhotos: boolean;
};

/** The organisation that a letter speaks for, and who is to be reached there. */
export type LetterOrganisation = {
  name: string;
  code: string;
  person: string;
  mobile: string;
  /** The privacy notice to which the contact person has consented; letters of before have none. */
  noticeVersion?: string;
};

function parseOrganisationName(typed: string): Parsed<string> {
  const name = cleanText(typed);
  if (Array.from(name).length < 2) return refuse('organisation_name.missing');
  return Array.from(name).length > 100 ? refuse('text.too_long') : accept(name);
}

/** The answers of the form: what the case states, and the flags that its code brings. */
export function parseLetter(typed: LetterAnswers): Answers<{
  statement: TicketStatement & { organisation: LetterOrganisation };
  flags: CaseFlag[];
}> {
  const code = parseOrganisationCode(typed.code);
  const parsed = together(
    collect({
      name: parseOrganisationName(typed.name),
      code,
      text: parseTicketText(typed.text),
    }),
    parseOrganisationContact(typed),
  );
  if (!parsed.ok) return parsed;
  const { text, email, ...organisation } = parsed.value;
  const isUnusual = code.ok && code.notices.length > 0;
  return {
    ok: true,
    value: {
      statement: {
        topic: 'other',
        text,
        name: organisation.person,
        number: null,
        email,
        agreesToPhotos: typed.agreesToPhotos,
        organisation,
      },
      flags: isUnusual ? ['organisation_code_unusual'] : [],
    },
  };
}

/** How long the password can be set after a letter was approved. */
export const letterRule = { passwordDays: 7 } as const;
