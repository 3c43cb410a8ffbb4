import type { OrganisationExport } from '@shiming/domain';
import { fetchCopy, type Translated } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { language } from '../copy/language.ts';
import { escape, type KeysIn, readablePage, text } from '../data/readable-page.ts';
import type { zh } from './readable.zh.ts';

export type OrganisationExportKey = KeysIn<OrganisationExport>;
type Words = Translated<typeof zh>;
type Table = Readonly<Record<string, string>>;

/** PIPL 45: the export of an organisation as a page, with all that the JSON has. */
export function readableOrganisation(data: OrganisationExport, words: Words): string {
  const terms: Table = words.terms;
  const values: Table = words.values;
  const list = (of: object): string =>
    `<dl>${Object.entries(of)
      .map(([key, value]) => `<dt>${text(terms[key] ?? key)}</dt><dd>${said(key, value)}</dd>`)
      .join('')}</dl>`;
  const said = (key: string, value: unknown): string => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return escape(words.none);
    if (Array.isArray(value)) {
      return `<ol>${value.map((each: object) => `<li>${list(each)}</li>`).join('')}</ol>`;
    }
    if (typeof value === 'object') return list(value);
    const code = typeof value === 'string' ? value : JSON.stringify(value);
    if (key === 'jpeg') {
      return `<img alt="${escape(words.terms.jpeg)}" style="max-width:100%" src="data:image/jpeg;base64,${escape(code)}">`;
    }
    if (/(?:^a|A)t$/.test(key)) return escape(formatInstant(Date.parse(code)));
    return text(values[code] ?? code);
  };
  return readablePage(words.title, list(data));
}

/** The same in the language of the page. */
export const makeReadable = async (data: OrganisationExport): Promise<string> =>
  readableOrganisation(
    data,
    await fetchCopy(
      language(),
      () => import('./readable.zh.ts'),
      () => import('./readable.en.ts'),
    ),
  );
