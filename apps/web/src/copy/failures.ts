import type { AppErrorCode, AppErrorData, FieldCode } from '@shiming/domain';
import { createSignal } from 'solid-js';
import type { Failure } from '../api.ts';
import type { FieldProblem } from '../form/create-form.ts';
import { fetchCopy } from './define-copy.ts';
import { type Language, language } from './language.ts';
import { ui } from './ui.ts';

/** A sentence for every way in which the server refuses; a missing one does not compile. */
export type FailureTable = {
  [C in AppErrorCode]: string | ((failure: Extract<AppErrorData, { code: C }>) => string);
};

/** What is wrong with the fields that only pages of the staff have. Applicants' phones need not load it. */
export type StaffFieldCode = Extract<
  FieldCode,
  `${'decision_reasons' | 'school_code' | 'window_code' | 'agency_code' | 'card_seen' | 'credential_text' | 'office_name' | 'office_key' | 'service_address' | 'service_keys' | 'login_name' | 'staff_email' | 'staff_number' | 'totp_code' | 'help_desk_note' | 'suspension_reason' | 'evidence' | 'correction' | 'date_range'}.${string}`
>;

/** What is wrong with a document, its number, its validity and a name: only pages about them load it (`document-problems.ts`). */
export type DocumentFieldCode = Extract<
  FieldCode,
  `${'document_type' | 'document_number' | 'child_number' | 'name' | 'validity_start' | 'validity_term' | 'validity_end'}.${string}`
>;

/** What is wrong with passwords and contacts, which pages about a document do not load (`account-problems.ts`). */
export type AccountFieldCode = Extract<
  FieldCode,
  `${'password' | 'email' | 'mobile' | 'user_name' | 'undo_code'}.${string}`
>;

/** What is wrong with the profile (`profile-problems.ts`). */
export type ProfileFieldCode = Extract<
  FieldCode,
  `${'ethnicity' | 'sex' | 'birth_date' | 'local_document_number' | 'travel_permit_number'}.${string}`
>;

/** What is wrong with the fields of it that everybody has, which stand beside a document, too (`plain-problems.ts`). */
export type PlainFieldCode = Extract<
  FieldCode,
  `${'nickname' | 'household_region' | 'earlier_number'}.${string}`
>;

/** What is wrong with an organisation, which only its pages load (`organisation-problems.ts`). */
export type OrganisationFieldCode = Extract<FieldCode, `organisation_${string}`>;

/** What is wrong with a first password, which one page alone takes (`first-password-problems.ts`). */
export type FirstPasswordFieldCode = Extract<FieldCode, `first_password.${string}`>;

/** What is wrong with the other fields (`form-problems.ts`). */
export type ApplicantFieldCode = Exclude<
  FieldCode,
  | StaffFieldCode
  | AccountFieldCode
  | ProfileFieldCode
  | PlainFieldCode
  | DocumentFieldCode
  | OrganisationFieldCode
  | FirstPasswordFieldCode
>;

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

type Table = Readonly<Record<string, unknown>>;
type Part = [own: () => Promise<{ zh: Table }>, other: () => Promise<{ en: Table }>];

/**
 * A table that pages do not wait for. A reader before it is here gets nothing yet, and then what it says. What did not arrive is fetched
 * again, each time after twice as long, up to a minute.
 */
function fetchedTable(...parts: Part[]) {
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const [tables, setTables] = createSignal<Partial<Record<Language, Table>>>({});
  /** Of how many parts it is known whether they arrive. */
  const [settled, setSettled] = createSignal<Partial<Record<Language, number>>>({});
  const fetching: Partial<Record<Language, Promise<void>>> = {};
  const fetchNow = (): Promise<void> => {
    const wanted = language();
    const count = parts.length;
    const settle = (): void => {
      clearTimeout(timer);
      setSettled((known) =>
        (known[wanted] ?? 0) >= count ? known : { ...known, [wanted]: count },
      );
    };
    fetching[wanted] ??= Promise.all(parts.map((part) => fetchCopy(wanted, ...part))).then(
      (fetched) => {
        // Beside what is known: a fetch with fewer parts may arrive after one with more.
        setTables((known) => ({
          ...known,
          [wanted]: Object.assign({}, known[wanted], ...fetched),
        }));
        waitMs = firstWaitMs;
        return settle();
      },
      () => {
        delete fetching[wanted];
        settle();
        timer = setTimeout(fetchNow, waitMs);
        waitMs = Math.min(2 * waitMs, longestWaitMs);
      },
    );
    return fetching[wanted];
  };
  const isComing = () => (settled()[language()] ?? 0) < parts.length;
  return {
    /** Whether there are parts of which it is not known yet whether they arrive. */
    isComing,
    add: (...part: Part): void => {
      parts.push(part);
      // What was fetched before lacks them, in each language.
      const fetched = Object.keys(fetching) as Language[];
      for (const each of fetched) delete fetching[each];
      if (fetched.length > 0) void fetchNow();
    },
    fetchNow,
    read(key: string): unknown {
      const said = tables()[language()]?.[key];
      if (said === undefined) void fetchNow();
      return said;
    },
  };
}

const errors = fetchedTable([() => import('./errors.zh.ts'), () => import('./errors.en.ts')]);

const fields = fetchedTable();

/** Fetches the sentences of refusals, once: most visits end without one, and a server that refuses can be reached. */
export const fetchErrors = errors.fetchNow;

/** Fetches the sentences beside the fields of the pages that are here, once. */
export const fetchProblems = fields.fetchNow;

function fetchInForm({ target }: Event): void {
  if (target instanceof Element && target.closest('form') !== null) void fetchProblems();
}

/** Fetches them when a form is first touched, long before it is sent: many visits only read. */
export function hearTouches(): void {
  for (const type of ['focusin', 'pointerdown']) addEventListener(type, fetchInForm);
}

/** Adds sentences for the fields of a page. They are fetched with the others, or now if those have been. */
export const addProblems = fields.add;

/** What a failed request tells the person. */
export function failureSentence(failure: Failure): string {
  if (failure.code in ui().local)
    return ui().local[failure.code as keyof ReturnType<typeof ui>['local']];
  // The table's type pairs each code with its own parameters; an index by a union loses the pairing.
  const sentence = errors.read(failure.code) as string | ((failure: Failure) => string) | undefined;
  return typeof sentence === 'function' ? sentence(failure) : (sentence ?? ui().failed);
}

/** What stands beside a field: nothing while its sentence is on the way, and that it is wrong while the sentence cannot be fetched. */
export function problemSentence(problem: FieldProblem): string {
  if (typeof problem !== 'string') return failureSentence(problem);
  const sentence = fields.read(problem) as string | undefined;
  return sentence ?? (fields.isComing() ? '' : ui().check);
}
