import { createResource, createRoot } from 'solid-js';
import { beforeEnglish, fallBackToChinese, language } from './language.ts';

/** The shape of a dictionary with the Chinese words taken out: what the other language must supply. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer V) => infer R
    ? (...values: V) => Translated<R>
    : { readonly [K in keyof T]: Translated<T[K]> };

/**
 * The words of one page. Chinese comes with the page's own chunk; English is fetched before the page is shown in it, or else
 * when it is first read, and a Suspense boundary above waits for it. Where it cannot be fetched, the whole page is Chinese again.
 *
 *     // login.zh.ts: export const zh = { title: '登录', left: (n: number) => `还可以试 ${n} 次` };
 *     // login.en.ts: export const en: Translated<typeof zh> = { … };
 *     const t = defineCopy(zh, () => import('./login.en.ts'));
 *     <h1>{t().title}</h1>
 */
export function defineCopy<T>(
  zh: T,
  loadEnglish: () => Promise<{ en: Translated<T> }>,
): () => Translated<T> {
  // Chinese is one case of its own translated shape: every literal is a string.
  const chinese = zh as Translated<T>;
  let here: Translated<T> | undefined;
  const fetch = async () => (here ??= (await loadEnglish()).en);
  beforeEnglish(fetch);
  const [english] = createRoot(() =>
    createResource(
      () => language() === 'en',
      () =>
        here ??
        fetch().catch(() => {
          fallBackToChinese();
          return undefined;
        }),
    ),
  );
  return () => (language() === 'en' ? (english() ?? chinese) : chinese);
}
