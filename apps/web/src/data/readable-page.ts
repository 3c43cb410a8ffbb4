import { language, locales } from '../copy/language.ts';

/** Every key within. */
export type KeysIn<T> = T extends readonly (infer Each)[]
  ? KeysIn<Each>
  : T extends object
    ? string extends keyof T
      ? never
      : { [K in keyof T & string]: K | KeysIn<T[K]> }[keyof T & string]
    : never;

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => marks[mark] ?? '');

/** A text, marked as Chinese where the page is not. */
export const text = (value: string): string =>
  language() === 'en' && /\p{Script=Han}/u.test(value)
    ? `<span lang="zh-CN">${escape(value)}</span>`
    : escape(value);

const style = `:root{color-scheme:light dark;font:16px/1.6 system-ui,sans-serif}
body{max-width:56rem;margin:0 auto;padding:1rem}
dl{display:grid;grid-template-columns:minmax(6rem,30%) 1fr;gap:.25rem 1rem;margin:.5rem 0}
dd{margin:0;min-width:0}dt{font-weight:600}dt,dd{overflow-wrap:anywhere}
ol{padding-left:1.5rem}li{margin:.75rem 0;border-top:1px solid #8888}
svg{display:block;width:100%;max-width:30rem;height:auto}
@media(max-width:30rem){dl{display:block}dd{margin:0 0 .5rem}}
@media print{svg,dt{break-inside:avoid}h2,dt{break-after:avoid}}`;

/** A page to be read and printed: one file that needs nothing else, runs nothing and asks nobody for anything. */
export const readablePage = (title: string, body: string): string => `<!doctype html>
<html lang="${locales[language()]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escape(title)}</title><style>${style}</style></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>
`;
