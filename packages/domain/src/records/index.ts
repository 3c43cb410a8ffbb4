export * from './kinds.ts';
export * from './outcome.ts';
