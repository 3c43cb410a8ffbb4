import { createEffect, createRoot, createSignal } from 'solid-js';

export type Language = 'zh' | 'en';

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

const [isEnglishMissing, setEnglishMissing] = createSignal(false);

/** The language that the person reads now; and whether that is Chinese only because English words did not arrive. */
export { isEnglishMissing, language };

/** Shows the whole page in Chinese: half of it would be, under the name of English. The choice stays for the next page. */
export function fallBackToChinese(): void {
  setEnglishMissing(true);
  setSignal('zh');
}

const fetches: (() => Promise<unknown>)[] = [];

/** Has `fetch`, which fetches once, called before the page is shown in English. */
export function beforeEnglish(fetch: () => Promise<unknown>): void {
  fetches.push(fetch);
}

/** Resolves when the words of all that the page is made of are here, in the language it has now. Where they do not arrive, it is Chinese. */
export const fetchWords = async (): Promise<void> => {
  if (language() === 'en') await fetchEnglish();
};

/** Whether all English words are here; those too whose page has come meanwhile. */
async function fetchEnglish(): Promise<boolean> {
  try {
    for (let known = 0; known < fetches.length;) {
      const coming = fetches.slice(known);
      known = fetches.length;
      await Promise.all(coming.map((fetch) => fetch()));
    }
    return true;
  } catch {
    fallBackToChinese();
    return false;
  }
}

let choices = 0;

/** Switches the whole page; what is on it stays until the other language's words are here. */
export async function setLanguage(next: Language): Promise<void> {
  setEnglishMissing(false);
  // In a cookie, because the server sends pages in the language that was chosen. Without cookies the choice lasts as
  // long as the page.
  document.cookie = `language=${next}; path=/; max-age=${year}; samesite=lax`;
  choices += 1;
  const choice = choices;
  const isHere = next === 'zh' || (await fetchEnglish());
  if (isHere && choice === choices) setSignal(next);
}
