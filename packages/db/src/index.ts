export * from './schema/index.ts';
export { isReady } from './ready.ts';
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
