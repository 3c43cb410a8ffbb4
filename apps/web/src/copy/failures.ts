import type { FieldCode } from '@shiming/domain';
import { createSignal } from 'solid-js';
import type { Failure } from '../api.ts';
import type { FieldProblem } from '../form/create-form.ts';
import { type Language, language } from './language.ts';
import { ui } from './ui.ts';

/** A sentence for every way in which a request can fail; a missing one does not compile. */
export type FailureTable = {
  [C in Failure['code']]: string | ((failure: Extract<Failure, { code: C }>) => string);
};

type Sentences = { errors: FailureTable; fields: Record<FieldCode, string> };

/** Most visits end without one of these sentences, so no page waits for them. */
const fetchers: Record<Language, () => Promise<Sentences>> = {
  zh: async () => {
    const [errors, fields] = await Promise.all([
      import('./errors.zh.ts'),
      import('./fields.zh.ts'),
    ]);
    return { errors: errors.zh, fields: fields.zh };
  },
  en: async () => {
    const [errors, fields] = await Promise.all([
      import('./errors.en.ts'),
      import('./fields.en.ts'),
    ]);
    return { errors: errors.en, fields: fields.en };
  },
};

const [tables, setTables] = createSignal<Partial<Record<Language, Sentences>>>({});
const fetching: Partial<Record<Language, Promise<void>>> = {};

/**
 * Fetches the sentences of the language that is read now, once: after the first paint, so that they are here even
 * when the network is what fails. Whoever reads one before it is here reads that something went wrong, until it comes.
 */
export function fetchSentences(): Promise<void> {
  const wanted = language();
  fetching[wanted] ??= fetchers[wanted]().then(
    (fetched) => void setTables((known) => ({ ...known, [wanted]: fetched })),
    () => {
      delete fetching[wanted];
    },
  );
  return fetching[wanted];
}

function sentences(): Sentences | undefined {
  const known = tables()[language()];
  if (known === undefined) void fetchSentences();
  return known;
}

/** What a failed request tells the person. */
export function failureSentence(failure: Failure): string {
  // The table's type pairs each code with its own parameters; an index by a union loses the pairing.
  const sentence = sentences()?.errors[failure.code] as string | ((failure: Failure) => string);
  return typeof sentence === 'function' ? sentence(failure) : (sentence ?? ui().failed);
}

/** What stands beside a field. */
export function problemSentence(problem: FieldProblem): string {
  if (typeof problem !== 'string') return failureSentence(problem);
  return sentences()?.fields[problem] ?? ui().failed;
}
