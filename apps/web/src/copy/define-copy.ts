import { createSignal, untrack } from 'solid-js';
import { beforeOtherLanguage, fallBack, type Language, language, ownLanguage } from './language.ts';

/** The shape of a dictionary with the Chinese words taken out: what the other language must supply. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer V) => infer R
    ? (...values: V) => Translated<R>
    : { readonly [K in keyof T]: Translated<T[K]> };

/**
 * Loads where there is a connection: Chromium keeps an import that failed, and then fails without asking until the page loads again. A
 * browser that takes itself for offline may be wrong, so any answer of the server counts.
 */
const load = <T>(chunk: () => Promise<T>): Promise<T> =>
  navigator.onLine ? chunk() : fetch('/healthz').then(chunk);

/**
 * The words of one page. Those of the page's own language come with its chunk; the others are fetched before the page is shown in
 * them, or else when they are first read. Where they cannot be fetched, the whole page is in its own language again. Pages are written as if their own were Chinese; `vite.config.ts` builds them for English visits too.
 *
 *     // login.zh.ts: export const zh = { title: '登录', left: (n: number) => `还可以试 ${n} 次` };
 *     // login.en.ts: export const en: Translated<typeof zh> = { … };
 *     const t = defineCopy(zh, () => import('./login.en.ts'));
 *     <h1>{t().title}</h1>
 */
export function defineCopy<T>(
  zh: T,
  loadOther: () => Promise<{ en: Translated<T> }>,
): () => Translated<T> {
  // Chinese is one case of its own translated shape: every literal is a string.
  const own = zh as Translated<T>;
  const [other, setOther] = createSignal<Translated<T>>();
  const fetch = async () => {
    if (untrack(other) !== undefined) return;
    const { en } = await load(loadOther);
    setOther(() => en);
  };
  beforeOtherLanguage(fetch);
  return () => {
    if (language() === ownLanguage) return own;
    const words = other();
    if (words === undefined) void fetch().catch(fallBack);
    return words ?? own;
  };
}

/** Fetches words that come with no page, in the language that is `wanted`. */
export const fetchCopy = async <T>(
  wanted: Language,
  loadOwn: () => Promise<{ zh: unknown }>,
  loadOther: () => Promise<{ en: T }>,
): Promise<T> =>
  wanted === ownLanguage ? ((await load(loadOwn)).zh as T) : (await load(loadOther)).en;
