import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.document.zh.ts')).zh,
  en: async () => (await import('./fields.document.en.ts')).en,
});
