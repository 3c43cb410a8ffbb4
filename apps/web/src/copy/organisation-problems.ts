import { addProblems } from './failures.ts';

addProblems({
  zh: async () => (await import('./fields.organisation.zh.ts')).zh,
  en: async () => (await import('./fields.organisation.en.ts')).en,
});
