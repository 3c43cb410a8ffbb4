import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.account.zh.ts'),
  () => import('./fields.account.en.ts'),
);
