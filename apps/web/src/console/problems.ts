import '../copy/account-problems.ts';
import '../copy/document-problems.ts';
import '../copy/plain-problems.ts';
import '../copy/profile-problems.ts';
import { addProblems } from '../copy/failures.ts';

addProblems({
  zh: async () => (await import('./fields.zh.ts')).zh,
  en: async () => (await import('./fields.en.ts')).en,
});
