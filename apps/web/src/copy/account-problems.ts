import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.account.zh.ts')).zh,
  en: async () => (await import('./fields.account.en.ts')).en,
});
