import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.profile.zh.ts')).zh,
  en: async () => (await import('./fields.profile.en.ts')).en,
});
