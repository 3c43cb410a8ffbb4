export * from './kinds.ts';
export * from './outcome.ts';
export * from './report.ts';
