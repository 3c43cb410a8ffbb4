import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.plain.zh.ts'),
  () => import('./fields.plain.en.ts'),
);
