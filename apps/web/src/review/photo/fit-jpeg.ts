import { type Orientation, uprightMatrix, uprightSize } from '../../shared/orientation.ts';

/** The longer edge of a photo as it is sent: enough to read every sign of a card that fills it. */
const longEdge = 1600;
const bestQuality = 0.92;
const worstQuality = 0.5;
const qualitySteps = 5;
const shrink = 0.8;

/** Why a file cannot be used as a photo. `heic`: of an iPhone, and this browser does not know the format. */
export type Unreadable = 'empty' | 'heic' | 'unreadable';

export class UnreadablePhoto extends Error {
  readonly reason: Unreadable;
  constructor(reason: Unreadable) {
    super(reason);
    this.reason = reason;
  }
}

/** A photo that the server takes, and the canvas it was made from. */
export type FittedPhoto = { file: Blob; canvas: HTMLCanvasElement };

/**
 * Makes a JPEG that fits of whatever picture the browser can read: upright (the file's own orientation is undone, then
 * `orientation` applied), its longer edge at most 1600 pixels, at most `maxBytes` long, as good as that allows. Being
 * redrawn it carries no EXIF, so no place where it was taken. `onProgress` gets a share between 0 and 1.
 *
 * @throws UnreadablePhoto
 */
export async function fitJpeg(
  source: Blob,
  {
    maxBytes,
    orientation = 1,
    onProgress = () => {},
  }: { maxBytes: number; orientation?: Orientation; onProgress?: (share: number) => void },
): Promise<FittedPhoto> {
  const picture = await open(source);
  onProgress(0.4);
  const stored = { width: picture.width, height: picture.height };
  try {
    let scale = Math.min(1, longEdge / Math.max(stored.width, stored.height));
    for (;;) {
      const canvas = draw(picture, stored, orientation, scale);
      const file = await encodeWithin(canvas, maxBytes, onProgress);
      if (file !== null) return { file, canvas };
      scale *= shrink;
    }
  } finally {
    picture.close();
  }
}

/** What is refused here is refused: an `<img>` may take the same file and draw a part of it, or nothing. */
async function open(source: Blob): Promise<ImageBitmap> {
  if (source.size === 0) throw new UnreadablePhoto('empty');
  try {
    return await createImageBitmap(source, { imageOrientation: 'from-image' });
  } catch {
    throw new UnreadablePhoto((await isHeif(source)) ? 'heic' : 'unreadable');
  }
}

/** The content of a file as a `data:` address: the content security policy allows no `blob:`. */
export function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    const fail = () => reject(new UnreadablePhoto('unreadable'));
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') resolve(reader.result);
      else fail();
    });
    reader.addEventListener('error', fail);
    reader.readAsDataURL(file);
  });
}

/** ISO/IEC 23008-12: a `ftyp` box with one of the brands of HEIF, whatever the file is called. */
export async function isHeif(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  return /^ftyp(?:hei|hev|mif1|msf1)/.test(String.fromCharCode(...head.subarray(4)));
}

function draw(
  picture: ImageBitmap,
  stored: { width: number; height: number },
  orientation: Orientation,
  scale: number,
): HTMLCanvasElement {
  const scaled = {
    width: Math.max(1, Math.round(stored.width * scale)),
    height: Math.max(1, Math.round(stored.height * scale)),
  };
  const canvas = Object.assign(document.createElement('canvas'), uprightSize(orientation, scaled));
  // It is read seven times and shown once: kept from the graphics card, each reading costs less, and one picture always
  // makes the same file, by which the same photo for two sides is known.
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (pen === null) throw new UnreadablePhoto('unreadable');
  // What is transparent in a PNG would come out black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.setTransform(...uprightMatrix(orientation, scaled));
  pen.drawImage(picture, 0, 0, scaled.width, scaled.height);
  return canvas;
}

const encode = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (file) => (file === null ? reject(new UnreadablePhoto('unreadable')) : resolve(file)),
      'image/jpeg',
      quality,
    );
  });

/** The best quality that fits, by halving; `null` when not even the worst does. */
export async function encodeWithin(
  canvas: HTMLCanvasElement,
  maxBytes: number,
  onProgress: (share: number) => void = () => {},
): Promise<Blob | null> {
  const best = await encode(canvas, bestQuality);
  if (best.size <= maxBytes) return best;
  let fits = await encode(canvas, worstQuality);
  if (fits.size > maxBytes) return null;
  let [low, high] = [worstQuality, bestQuality];
  for (let step = 1; step <= qualitySteps; step += 1) {
    const middle = (low + high) / 2;
    const file = await encode(canvas, middle);
    if (file.size > maxBytes) high = middle;
    else [low, fits] = [middle, file];
    onProgress(0.4 + (0.6 * step) / qualitySteps);
  }
  return fits;
}
