/**
 * Modules of `web` and `domain` that pages need together, by the name of the chunk that they make: each apart would begin with imports and
 * a vocabulary of its own, 0.2 KB compressed. `.words` are those of the language that the pages are built in.
 */
const together = {
  identity: [
    'domain/identity',
    'web/identity/printed-validity',
    'web/identity/validity-answers',
    'web/identity/validity-fields',
  ],
  validity: ['domain/documents/validity', 'domain/guardian-age', 'web/ui/date-parts'],
  'document-fields': [
    'web/identity/card-sketch',
    'web/registration/card-picture',
    'web/registration/document-fields',
    'web/registration/document.words',
  ],
  document: ['domain/documents/documents', 'domain/documents/travel-permit'],
  documents: ['web/copy/documents', 'web/copy/documents.words'],
  name: ['domain/documents/name', 'domain/documents/radicals', 'web/copy/document-problems'],
  'name-field': ['web/identity/identity.words', 'web/identity/name-field'],
  form: [
    'domain/answers',
    'domain/parsed',
    'domain/text',
    'web/copy/form-problems',
    'web/form/create-form',
    'web/ui/choices',
    'web/ui/field',
    'web/ui/form-body',
    'web/ui/submit-button',
    'web/ui/text-field',
  ],
  own: ['web/session/signed-in', 'web/ui/read'],
  action: ['web/data/lazy-give-consent', 'web/ui/action', 'web/ui/dialog'],
  puzzle: ['web/puzzle/lazy-puzzle', 'web/puzzle/puzzle-calls', 'web/puzzle/with-ticket'],
  code: ['web/code/code', 'web/code/code.words', 'web/ui/code-field', 'web/ui/countdown'],
  'code-page': ['web/code/code-page.words', 'web/code/not-sent', 'web/contact/stages'],
  contact: ['domain/email', 'domain/mobile'],
  'contact-fields': [
    'web/copy/organisation-problems',
    'web/organisation/contact-copy',
    'web/organisation/contact-fields',
    'web/organisation/contact-fields.words',
  ],
  care: [
    'web/organisation/asked-password',
    'web/organisation/care-copy',
    'web/organisation/care.words',
    'web/organisation/signed-in',
  ],
  recovery: ['domain/number-claims', 'domain/recovery', 'domain/user-name'],
  steps: ['domain/steps', 'web/registration/steps'],
  levels: ['web/copy/levels', 'web/copy/levels.words', 'web/ui/stamp'],
  profile: [
    'domain/profile/ethnicity',
    'domain/profile/options',
    'web/account/identity-facts',
    'web/account/missing-fields',
    'web/shared/county-name',
    'web/shared/field-text',
    'web/shared/identity-rows',
    'web/shared/identity-rows.words',
  ],
  photo: [
    'web/review/copy',
    'web/review/photo/fit-jpeg',
    'web/review/photo/look',
    'web/review/photo/uploads',
    'web/review/review.words',
    'web/shared/orientation',
    'web/shared/photo-names.words',
  ],
  sides: ['domain/cases/kinds', 'domain/cases/photo-sides', 'web/review/view'],
  records: [
    'web/records/copy',
    'web/records/needs',
    'web/records/records.words',
    'web/records/words.words',
  ],
  consents: ['web/data/consents-copy', 'web/data/consents.words'],
  retention: [
    'domain/consents',
    'domain/retention',
    'domain/retention-own-words',
    'web/data/retention-table.words',
    'web/data/term',
  ],
  closing: ['web/data/closing', 'web/data/closing.words', 'web/ui/closing-note'],
  authorisation: [
    'web/authorisation/authorisation.words',
    'web/authorisation/copy',
    'web/authorisation/matter-facts',
    'web/authorisation/roles.words',
  ],
  ticket: ['web/ticket/copy', 'web/ticket/files', 'web/ticket/ticket.words'],
  ministry: ['web/ministry/lazy-note', 'web/ministry/vouched'],
  link: ['web/shared/link-page', 'web/shared/link-secret'],
  about: ['web/about/holds', 'web/about/rules', 'web/about/text'],
} as const;

const nameOf: ReadonlyMap<string, string> = new Map(
  Object.entries(together).flatMap(([name, modules]) => modules.map((each) => [each, name])),
);

/** The name of the chunk of a module, by its path, where the pages are built in a language; null where it has one of its own. */
export function chunkOf(id: string, own: 'zh' | 'en'): string | null {
  const [, where, file = ''] = /[\\/](web|domain)[\\/]src[\\/](.*)\.tsx?$/.exec(id) ?? [];
  const module = file.replaceAll('\\', '/').replace(new RegExp(`\\.${own}$`), '.words');
  return nameOf.get(`${where}/${module}`) ?? null;
}

/** All of them, for a test. */
export const modulesTogether: readonly string[] = [...nameOf.keys()];
