export { checkCharacter } from './citizen-number.ts';
export type * from './document.ts';
export * from './documents.ts';
export * from './local-document.ts';
export * from './name.ts';
export * from './number.ts';
export * from './province.ts';
export { parseTravelPermitNumber } from './travel-permit.ts';
export * from './validity.ts';
