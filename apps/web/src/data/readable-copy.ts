import {
  type AccountExport,
  type NoticeFacts,
  type ReasonCode,
  reasonCodes,
  reasonText,
  type CaseItem,
  caseItems,
  profileFields,
  type ProfileField,
} from '@shiming/domain';
import { fetchCopy, type Translated } from '../copy/define-copy.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { language } from '../copy/language.ts';
import { bilingual } from '../portal.ts';
import { fetchCounty } from '../shared/county-name.ts';
import { fieldText } from '../shared/field-text.ts';
import { isOrientation, uprightMatrix, uprightSize } from '../shared/orientation.ts';
import { photoAddress } from '../review/view.ts';
import { escape, type KeysIn, readablePage, text } from './readable-page.ts';
import type { zh } from './readable.zh.ts';

/** Every name that the export gives to a part of it; the keys of facts are not among them. */
export type ExportKey = KeysIn<AccountExport>;

type Words = Translated<typeof zh>;
type Table = Readonly<Record<string, unknown>>;

/** A photo as a `data:` URL, or why there is none: its time was over, or it did not arrive. */
export type CopiedPhoto = `data:${string}` | 'gone' | 'failed';

const isPart = ([, value]: [string, unknown]) => typeof value === 'object';

/** What a table says of a code, or the code itself. */
const inWords = (table: Table, code: string): string => {
  const said = table[code];
  return typeof said === 'string' ? said : code;
};

const instants = /(?:^a|A)t$|^removeAfter$|^(?:restorableU|u)ntil$/;
const dates = new Set(['availableFrom', 'start', 'end']);
const coded = new Set([
  'documentType',
  'sex',
  'region',
  'kind',
  'answer',
  'authority',
  'reason',
  'field',
  'as',
  'relation',
  'scope',
  'ending',
  'status',
  'channel',
  'side',
  'item',
  'outcome',
  'by',
  'agreesToPhotos',
]);

const isIn = <T extends string>(codes: readonly T[], code: string): code is T =>
  (codes as readonly string[]).includes(code);

/**
 * X-07: the export as a page to be read and printed, in the language of `words`: one file that needs nothing else,
 * runs nothing and asks nobody for anything. It has all that the JSON has, and the photos.
 */
export function readableCopy(
  data: AccountExport,
  words: Words,
  photos: ReadonlyMap<string, CopiedPhoto>,
): string {
  const taken = new Map(
    data.reviews.flatMap(({ caseNumber, photos: ofReview }) =>
      ofReview.map(({ side, photo }) => [photo, { side, caseNumber }] as const),
    ),
  );

  const picture = (photo: AccountExport['photos'][number]): string => {
    const address = photos.get(photo.id) ?? 'failed';
    if (address === 'gone') return `<p>${escape(words.photoGone)}</p>`;
    if (address === 'failed') return `<p>${escape(words.photoFailed)}</p>`;
    const orientation = isOrientation(photo.orientation) ? photo.orientation : 1;
    const upright = uprightSize(orientation, photo);
    const of = taken.get(photo.id);
    const label = of
      ? words.photoLabel(inWords(words.values, of.side), of.caseNumber ?? words.values.draft)
      : words.terms.photo;
    return `<svg viewBox="0 0 ${upright.width} ${upright.height}" role="img" aria-label="${escape(label)}"><image href="${escape(address)}" width="${photo.width}" height="${photo.height}" transform="matrix(${uprightMatrix(orientation, photo).join(' ')})"/></svg>`;
  };

  const scalar = (key: string, value: string | number | boolean, within: Table): string => {
    const said = String(value);
    if (key === 'level') return text(words.levels[Number(value)] ?? said);
    if (instants.test(key)) return escape(formatInstant(Date.parse(said)));
    if (dates.has(key)) return escape(formatDate(said));
    if (Object.hasOwn(profileFields, key)) return text(fieldText(key as ProfileField, said));
    if (key === 'topic') return text(inWords(words.topics, said));
    if (key === 'action') return text(inWords(words.actions, said));
    if (key === 'code' && isIn<ReasonCode>(reasonCodes, said)) {
      const item = String(within['item']);
      if (isIn<CaseItem>(caseItems, item))
        return text(bilingual(reasonText({ code: said, item }).wrong));
    }
    if (key === 'jpeg')
      return `<svg viewBox="0 0 480 640" role="img" aria-label="${escape(words.terms.jpeg)}"><image href="data:image/jpeg;base64,${escape(said)}" width="480" height="640"/></svg>`;
    if (key === 'photo') return `<a href="#${escape(said)}">${text(said)}</a>`;
    if (key === 'kind' && 'facts' in within) {
      const say = (words.notices as Readonly<Record<string, (facts: NoticeFacts) => string>>)[said];
      return text(say ? say(within['facts'] as NoticeFacts) : said);
    }
    return text(coded.has(key) ? inWords(words.values, said) : said);
  };

  const facts = (value: Table, isNotice: boolean): string => {
    const terms: Table = isNotice
      ? { ...words.facts, ...words.terms, ...words.noticeFacts }
      : { ...words.terms, ...words.facts };
    const said = (key: string, fact: unknown): string => {
      if (key.endsWith('AtMs')) return escape(formatInstant(Number(fact)));
      const code = typeof fact === 'string' ? fact : JSON.stringify(fact);
      return text(inWords(isNotice ? words.values : words.factValues, code));
    };
    return list(
      Object.entries(value).map(([key, fact]) => [inWords(terms, key), said(key, fact)] as const),
    );
  };

  const list = (rows: readonly (readonly [term: string, html: string])[]): string =>
    rows.length === 0
      ? escape(words.none)
      : `<dl>${rows.map(([term, html]) => `<dt>${text(term)}</dt><dd>${html}</dd>`).join('')}</dl>`;

  const render = (key: string, value: unknown, within: Table): string => {
    if (value === null) return text(key === 'end' ? words.longTerm : words.none);
    if (Array.isArray(value)) {
      if (value.length === 0) return escape(words.none);
      if (value.every((item) => typeof item === 'string')) return text(value.join(', '));
      const each = (item: Table): string =>
        // Of the sections only: a review names its photos by their ids.
        key === 'photos' && 'orientation' in item
          ? `<li id="${escape(String(item['id']))}">${picture(item as AccountExport['photos'][number])}${rowsOf(item)}</li>`
          : `<li>${rowsOf(item)}</li>`;
      return `<ol>${value.map(each).join('')}</ol>`;
    }
    if (key === 'facts') return facts(value as Table, 'kind' in within);
    if (typeof value === 'object') return rowsOf(value as Table);
    return scalar(key, value as string | number | boolean, within);
  };

  const rowsOf = (value: Table): string =>
    list(
      Object.entries(value).map(([key, each]) => [
        inWords(words.terms, key),
        render(key, each, value),
      ]),
    );

  const parts = Object.entries(data);
  const head = rowsOf(Object.fromEntries(parts.filter((part) => !isPart(part))));
  const sections = parts
    .filter(isPart)
    .map(
      ([key, value]) =>
        `<section><h2>${text(inWords(words.terms, key))}</h2>${render(key, value, data)}</section>`,
    );
  return readablePage(words.title, head + sections.join('\n'));
}

async function copyPhoto(photoId: string): Promise<CopiedPhoto> {
  try {
    const response = await fetch(photoAddress({ photoId }));
    if (response.status === 404) return 'gone';
    if (!response.ok) return 'failed';
    const blob = await response.blob();
    if (blob.type !== 'image/jpeg') return 'failed';
    return await new Promise<CopiedPhoto>((resolve) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(reader.result as `data:${string}`));
      reader.addEventListener('error', () => resolve('failed'));
      reader.readAsDataURL(blob);
    });
  } catch {
    return 'failed';
  }
}

/** The readable copy with its photos, and how many of them did not arrive: the rest is whole without them. */
export async function makeReadableCopy(
  data: AccountExport,
): Promise<{ text: string; missing: number }> {
  const words = await fetchCopy(
    language(),
    () => import('./readable.zh.ts'),
    () => import('./readable.en.ts'),
  );
  const county = data.profile?.householdRegion;
  if (county) await fetchCounty(county);
  const photos = new Map<string, CopiedPhoto>();
  // One after another: a phone on a slow line has a few megabytes of each to fetch.
  for (const { id } of data.photos) photos.set(id, await copyPhoto(id));
  const missing = [...photos.values()].filter((photo) => photo === 'failed').length;
  return { text: readableCopy(data, words, photos), missing };
}
