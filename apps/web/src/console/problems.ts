import '../copy/account-problems.ts';
import '../copy/document-problems.ts';
import '../copy/plain-problems.ts';
import '../copy/profile-problems.ts';
import { addProblems } from '../copy/failures.ts';

addProblems(
  () => import('./fields.zh.ts'),
  () => import('./fields.en.ts'),
);
