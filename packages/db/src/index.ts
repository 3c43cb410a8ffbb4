export * from './schema/index.ts';
export {
  type IndexKind,
  isPhotoKept,
  personalTables,
  type PersonalTable,
  sealedName,
} from './personal.ts';
export { compiled, compiledStatement, oncePer, placeholdersOf, valuesOf } from './compiled.ts';
export { isReady, isWritable } from './ready.ts';
export {
  type Batch,
  commit,
  type Database,
  guard,
  hasWritten,
  isUniqueViolation,
  type Meter,
  newMeter,
} from './unit-of-work.ts';
