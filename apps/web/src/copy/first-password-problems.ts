import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.first-password.zh.ts')).zh,
  en: async () => (await import('./fields.first-password.en.ts')).en,
});
