import { createEffect, createRoot, createSignal, startTransition } from 'solid-js';

export type Language = 'zh' | 'en';

/** BCP 47 tags, for `<html lang>` and `Intl`. */
export const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const year = 365 * 24 * 3600;

/** `boot.js` has read the choice of an earlier visit. */
const [language, setSignal] = createSignal<Language>(
  document.documentElement.lang === 'en' ? 'en' : 'zh',
  { equals: false },
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

/** Switches the whole page; what is on it stays until the other language's texts are here. */
export async function setLanguage(next: Language): Promise<void> {
  setEnglishMissing(false);
  // In a cookie, because the server sends pages in the language that was chosen. Without cookies the choice lasts as
  // long as the page.
  document.cookie = `language=${next}; path=/; max-age=${year}; samesite=lax`;
  await startTransition(() => setSignal(next));
  // What came while those were on their way has read the old language, and a transition tells it nothing when it ends.
  if (!isEnglishMissing()) setSignal(next);
}
