import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.profile.zh.ts'),
  () => import('./fields.profile.en.ts'),
);
