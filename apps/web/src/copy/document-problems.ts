import { addProblems } from './failures.ts';

addProblems(
  () => import('./fields.document.zh.ts'),
  () => import('./fields.document.en.ts'),
);
