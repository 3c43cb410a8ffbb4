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
  validity: ['domain/documents/validity', 'web/ui/date-parts'],
  'document-fields': [
    'web/identity/card-sketch',
    'web/registration/card-picture',
    'web/registration/document-fields',
    'web/registration/document.words',
  ],
  document: ['domain/documents/documents', 'domain/documents/travel-permit'],
  documents: ['web/copy/documents', 'web/copy/documents.words'],
  guardian: ['domain/guardian-age', 'web/guardian/lazy-code-field'],
  own: ['web/session/signed-in', 'web/ui/read'],
  action: ['web/ui/action', 'web/ui/dialog'],
  code: [
    'web/code/code',
    'web/code/code.words',
    'web/code/code-page.words',
    'web/code/not-sent',
    'web/ui/code-field',
    'web/ui/countdown',
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
  records: [
    'web/records/copy',
    'web/records/needs',
    'web/records/records.words',
    'web/records/words.words',
  ],
  care: [
    'web/organisation/asked-password',
    'web/organisation/care-copy',
    'web/organisation/care.words',
    'web/organisation/signed-in',
  ],
  link: ['web/shared/link-page', 'web/shared/link-secret'],
  profile: [
    'web/account/identity-facts',
    'web/account/missing-fields',
    'domain/profile/ethnicity',
    'domain/profile/options',
    'web/shared/county-name',
    'web/shared/field-text',
    'web/shared/identity-rows',
    'web/shared/identity-rows.words',
  ],
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
} as const;

const nameOf = new Map(
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
