import { createEffect, createRoot, createSignal } from 'solid-js';
import { zh } from './own-language.zh.ts';

export type Language = 'zh' | 'en';

/** The language of the words that come with the pages; those of the other are fetched. */
export const ownLanguage: Language = zh;

/** BCP 47 tags, for `<html lang>` and `Intl`. */
export const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const year = 365 * 24 * 3600;

/** `boot.js` has read the choice of an earlier visit. */
const [language, setSignal] = createSignal<Language>(
  document.documentElement.lang === 'en' ? 'en' : 'zh',
);

createRoot(() => {
  createEffect(() => {
    document.documentElement.lang = locales[language()];
  });
});

const [isOtherMissing, setOtherMissing] = createSignal(false);

/** The language that the person reads now; and whether that is the pages' own only because the words of the other did not arrive. */
export { isOtherMissing, language };

/** Shows the whole page in its own language: half of it would be, under the name of the other. The choice stays for the next page. */
export function fallBack(): void {
  setOtherMissing(true);
  setSignal(ownLanguage);
}

const fetches: (() => Promise<unknown>)[] = [];

/** Has `fetch`, which fetches once, called before the page is shown in the other language. */
export function beforeOtherLanguage(fetch: () => Promise<unknown>): void {
  fetches.push(fetch);
}

/** Resolves when the words of all that the page is made of are here, in the language it has now. Where they do not arrive, it is its own. */
export const fetchWords = async (): Promise<void> => {
  if (language() !== ownLanguage) await fetchOther();
};

/** Whether all words of the other language are here; those too whose page has come meanwhile. */
async function fetchOther(): Promise<boolean> {
  try {
    for (let known = 0; known < fetches.length;) {
      const coming = fetches.slice(known);
      known = fetches.length;
      await Promise.all(coming.map((fetch) => fetch()));
    }
    return true;
  } catch {
    fallBack();
    return false;
  }
}

let choices = 0;

/** Switches the whole page; what is on it stays until the other language's words are here. */
export async function setLanguage(next: Language): Promise<void> {
  setOtherMissing(false);
  // In a cookie, because the server sends pages in the language that was chosen. Without cookies the choice lasts as
  // long as the page.
  document.cookie = `language=${next}; path=/; max-age=${year}; samesite=lax`;
  choices += 1;
  const choice = choices;
  const isHere = next === ownLanguage || (await fetchOther());
  if (isHere && choice === choices) setSignal(next);
}
