import type { Bucket } from '@shiming/providers/photos';

/** An R2 binding in memory, which a test can look into and take down. */
export type TestBucket = Bucket & { objects: Map<string, Uint8Array>; isDown: boolean };

export function createTestBucket(): TestBucket {
  const objects = new Map<string, Uint8Array>();
  const bucket: TestBucket = {
    objects,
    isDown: false,
    put: async (key, value) => {
      if (bucket.isDown) throw new Error('put: internal error (10001)');
      objects.set(key, value.slice());
    },
    get: async (key) => {
      if (bucket.isDown) throw new Error('get: internal error (10001)');
      const value = objects.get(key);
      return value === undefined ? null : { arrayBuffer: async () => new Uint8Array(value).buffer };
    },
    delete: async (keys) => {
      if (bucket.isDown) throw new Error('delete: internal error (10001)');
      for (const key of keys) objects.delete(key);
    },
  };
  return bucket;
}
