import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.organisation.zh.ts'),
  () => import('./fields.organisation.en.ts'),
);
