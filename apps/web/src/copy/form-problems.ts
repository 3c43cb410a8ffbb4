import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.zh.ts'),
  () => import('./fields.en.ts'),
);
