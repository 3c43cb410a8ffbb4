import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.plain.zh.ts')).zh,
  en: async () => (await import('./fields.plain.en.ts')).en,
});
