/**
 * Indexes, composite keys and checks of a table: read where migrations are made. The Worker's bundle takes
 * `constraints.workerd.ts` in place of this file (`imports` in package.json), by which the bundler leaves them out.
 */
export const constraints = <T>(ofTable: T): T => ofTable;
