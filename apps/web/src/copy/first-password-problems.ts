import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.first-password.zh.ts'),
  () => import('./fields.first-password.en.ts'),
);
