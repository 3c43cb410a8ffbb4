import { createEffect, createRoot, createSignal, startTransition } from 'solid-js';

export type Language = 'zh' | 'en';

/** BCP 47 tags, for `<html lang>` and `Intl`. */
export const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const storageKey = 'language';

function storedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

const [language, setSignal] = createSignal<Language>(storedLanguage());

createRoot(() => {
  createEffect(() => {
    document.documentElement.lang = locales[language()];
  });
});

/** The language that the person reads now. */
export { language };

/** Switches the whole page; what is on it stays until the other language's texts are here. */
export function setLanguage(next: Language): Promise<void> {
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is closed: the choice lasts as long as the page.
  }
  return startTransition(() => setSignal(next));
}
