import { type PhotoSide, photoSides } from '@shiming/domain';
import { createSignal } from 'solid-js';

/** The photos of a case as they arrive, decoded. */
export type CasePhotos = {
  /** `undefined` while it is on its way, `null` when it did not come. */
  of(side: PhotoSide): ImageBitmap | null | undefined;
  /** When every one has come or failed. */
  settled: Promise<void>;
  /** Asks again for one that did not come. */
  retry(side: PhotoSide): Promise<void>;
  /** Gives back their memory: some 8 MB each. */
  forget(): void;
};

async function loadPhoto(requestId: string, side: PhotoSide): Promise<ImageBitmap | null> {
  try {
    const response = await fetch(`/desk/photos/${requestId}/${side}`);
    return response.ok ? await createImageBitmap(await response.blob()) : null;
  } catch {
    return null;
  }
}

/**
 * Fetches the three photos of a case at once. Each only once: the browser is not to keep them, and every time one is
 * asked for stands in the audit log.
 */
export function loadPhotos(requestId: string): CasePhotos {
  const [bitmaps, setBitmaps] = createSignal<
    Partial<Record<PhotoSide, ImageBitmap | null | undefined>>
  >({});
  let isForgotten = false;
  const load = async (side: PhotoSide) => {
    const bitmap = await loadPhoto(requestId, side);
    if (isForgotten) bitmap?.close();
    else setBitmaps((before) => ({ ...before, [side]: bitmap }));
  };
  const loadAll = async () => void (await Promise.all(photoSides.map(load)));
  return {
    of: (side) => bitmaps()[side],
    settled: loadAll(),
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
