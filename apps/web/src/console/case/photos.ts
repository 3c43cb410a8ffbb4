import { type PhotoSide, photoSides, type Slot } from '@shiming/domain';
import { createSignal } from 'solid-js';
import type { api } from '../../api.ts';

type PhotoKeys = Awaited<ReturnType<typeof api.desk.reveal.mutate>>['photoKeys'];

/** The photos of a case as they arrive, sealed, and as they are opened and decoded. */
export type CasePhotos = {
  /** `undefined` while it is on its way or sealed, `null` when it did not come. */
  of(side: PhotoSide): ImageBitmap | null | undefined;
  /** When every one has come or failed. */
  settled: Promise<void>;
  /** Opens them by the keys that come with a look, which is on record by then. */
  open(keys: PhotoKeys): void;
  /** Asks again for one that did not come. */
  retry(side: PhotoSide): Promise<void>;
  /** Gives back their memory: some 8 MB each. */
  forget(): void;
};

export async function fetchSealed(caseId: string, side: Slot): Promise<Uint8Array | null> {
  try {
    const response = await fetch(`/desk/photos/${caseId}/${side}`);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** As `viewCasePhoto` of the server has sealed it. */
export async function openPhoto(
  sealed: Uint8Array,
  k: string,
  context: string,
): Promise<ImageBitmap> {
  const jwk = { kty: 'oct', k };
  const key = await crypto.subtle.importKey('jwk', jwk, 'AES-GCM', false, ['decrypt']);
  const bytes = await crypto.subtle.decrypt(
    {
      name: 'AES-GCM',
      iv: sealed.slice(0, 12),
      additionalData: new TextEncoder().encode(context),
    },
    key,
    sealed.slice(12),
  );
  return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
}

/** Fetches the three photos of a case at once, each only once: the browser is not to keep them. */
export function loadPhotos(caseId: string): CasePhotos {
  const [bitmaps, setBitmaps] = createSignal<
    Partial<Record<PhotoSide, ImageBitmap | null | undefined>>
  >({});
  const sealed: Partial<Record<PhotoSide, Uint8Array | null>> = {};
  let keys: PhotoKeys | undefined;
  let isForgotten = false;
  const show = async (side: PhotoSide) => {
    const [bytes, key] = [sealed[side], keys?.[side]];
    if (bytes === undefined || keys === undefined || bitmaps()[side]) return;
    const bitmap =
      bytes === null || !key
        ? null
        : await openPhoto(bytes, key, `${caseId}/${side}`).catch(() => null);
    if (isForgotten) bitmap?.close();
    else setBitmaps((before) => ({ ...before, [side]: bitmap }));
  };
  const load = async (side: PhotoSide) => {
    sealed[side] = await fetchSealed(caseId, side);
    void show(side);
  };
  const loadAll = async () => void (await Promise.all(photoSides.map(load)));
  return {
    of: (side) => bitmaps()[side],
    settled: loadAll(),
    open(given) {
      keys = given;
      for (const side of photoSides) void show(side);
    },
    retry(side) {
      setBitmaps((before) => ({ ...before, [side]: undefined }));
      return load(side);
    },
    forget() {
      isForgotten = true;
      const gone = bitmaps();
      setBitmaps({});
      for (const bitmap of Object.values(gone)) bitmap?.close();
    },
  };
}
