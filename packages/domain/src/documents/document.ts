import type { AuthorityCheck } from '../checks.ts';
import type { Parsed } from '../parsed.ts';
import type { ProfileField } from '../profile/fields.ts';
import type { DocumentType } from './documents.ts';
import type { NameScript } from './name.ts';

/** As the document prints it. */
export type Sex = 'male' | 'female';

/** Where the holder of a document other than the 身份证 comes from. */
export type Region = 'hong_kong' | 'macao' | 'taiwan';

/** What a number says of its holder; `null` where it says nothing. `birthDate` is `YYYY-MM-DD`. */
export type NumberSays = { birthDate: string | null; sex: Sex | null; region: Region | null };

/** A number that holds to the rules of its type, with what the number itself says. */
export type DocumentNumber = NumberSays & { type: DocumentType; number: string };

/** What was changed in a number on the way, and the person should see. */
export type NumberNotice =
  | 'renewal_digits_dropped'
  | 'number_lengthened'
  | 'check_digit_dropped'
  | 'form_completed';

/** Years from the day of issue, or 长期. */
export type ValidityTerm = 5 | 10 | 20 | 'long_term';

/** How the number of a document is written and read. All texts are compacted (`compactNumber`). */
export type NumberRule = {
  /** The form by which a number can be recognised, whatever its check digit and its dates. */
  form: RegExp;
  /** Reads a number; `today` is the date in Shanghai. Refuses with `document_number.*`. */
  read: (compact: string, today: string) => Parsed<Omit<DocumentNumber, 'type'>, NumberNotice>;
  /**
   * Of a card that prints the number of an earlier card, which stays in use beside it: the form of the earlier number, and
   * whether it agrees with the number of the card.
   */
  earlier?: { form: RegExp; agrees(earlier: string, number: string): boolean };
};

/**
 * An identity document as a value: everything that flows, checks and pages need to know of its type, but for words, and for
 * the rule of its number (`numberRules`), which only pages that ask for a number load.
 */
export type Document = {
  /** The groups in which a number is read aloud and checked; a number that matches none stays whole. */
  groups?: RegExp;
  /** What stands in front of the number where accounts are found by it, if another document may have the same. */
  keyPrefix?: string;
  /** How names are written on it. */
  name: NameScript;
  /**
   * The terms that it is issued for. Cards of permits end the day before the anniversary and their booklets on it; other
   * documents end on it. `isByAge`: which term is usual follows from the age at issue. `null` where the dates are not asked
   * for: passports and certificates of service have the terms of their issuer.
   */
  validity: {
    terms: readonly ValidityTerm[];
    endsDayBefore: boolean;
    isByAge: boolean;
  } | null;
  /** What the profile asks of its holder; the rest follows from the number, or does not apply. */
  profileFields: readonly ProfileField[];
  /** Whether its holders have a 户籍. */
  hasHousehold: boolean;
  /** The check that an authority may have a product for (T-VER-03); `none`: always a review. */
  check: AuthorityCheck | 'none';
  /** Whether its holder can open 网证, to which a failed check leads (T-VER-05). */
  hasNetworkCredential: boolean;
  /** The drawing that shows where number and dates stand; `null` where their places differ too much to draw. */
  sketch: 'citizen' | 'residence' | 'permit' | null;
};
