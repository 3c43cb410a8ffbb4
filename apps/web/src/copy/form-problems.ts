import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.zh.ts')).zh,
  en: async () => (await import('./fields.en.ts')).en,
});
