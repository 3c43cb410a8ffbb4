/**
 * Where photos are kept, sealed already, under random names. All three throw AppError `service.unavailable` when the
 * store is down: then nothing was done for certain, and doing it again does no harm.
 */
export type PhotoStore = {
  /** Keeps bytes under a key, in place of what was there. */
  put: (key: string, bytes: Uint8Array) => Promise<void>;
  /** What is kept under a key; `null` for nothing. */
  get: (key: string) => Promise<Uint8Array | null>;
  /** Forgets what is kept under these keys; one under which nothing is does not matter. At most 1000. */
  remove: (keys: readonly string[]) => Promise<void>;
};
