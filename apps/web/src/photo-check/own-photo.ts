import { diplomaPhoto, type DiplomaPhotoProblem, diplomaPhotoProblems } from '@shiming/domain';

/** A photo that was checked: as a `data:` address, and what it does not fulfil. */
export type OwnPhoto = { address: string | null; problems: readonly DiplomaPhotoProblem[] };

const prefix = 'data:image/jpeg;base64,';

/** What is sent of a photo: its JPEG in base64. */
export const base64Of = ({ address }: OwnPhoto): string | null =>
  address === null ? null : address.slice(prefix.length);

/** How large a corner is whose colour counts. */
const corner = 48;

/** The median of each channel in the two upper corners. */
function backgroundOf(pen: CanvasRenderingContext2D, width: number): [number, number, number] {
  const corners = [0, width - corner].map((x) => pen.getImageData(x, 0, corner, corner).data);
  const medianOf = (channel: number) => {
    const values = corners.flatMap((data) =>
      Array.from({ length: data.length / 4 }, (_, at) => data[at * 4 + channel] ?? 0),
    );
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  };
  return [medianOf(0), medianOf(1), medianOf(2)];
}

const sizeOf = (address: string) => Math.floor(((address.length - prefix.length) * 3) / 4);

/** The first JPEG, from the best quality down, that is not too large. */
function encode(canvas: HTMLCanvasElement): { address: string; bytes: number } {
  for (const quality of [0.95, 0.85, 0.7]) {
    const address = canvas.toDataURL('image/jpeg', quality);
    const bytes = sizeOf(address);
    if (bytes < diplomaPhoto.minBytes) {
      const best = canvas.toDataURL('image/jpeg', 1);
      return { address: best, bytes: sizeOf(best) };
    }
    if (bytes <= diplomaPhoto.maxBytes) return { address, bytes };
  }
  const address = canvas.toDataURL('image/jpeg', 0.5);
  return { address, bytes: sizeOf(address) };
}

/**
 * S-REC-02a: checks a photo in the browser: cut to 3:4 around its middle, scaled to the pixels of a diploma's, and compared
 * with the rules. What has fewer pixels is not made larger.
 */
export async function checkOwnPhoto(file: Blob): Promise<OwnPhoto> {
  const { width, height } = diplomaPhoto;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return { address: null, problems: ['type'] };
  }
  try {
    if (picture.width < width || picture.height < height) {
      return { address: null, problems: ['pixels'] };
    }
    const scale = Math.max(width / picture.width, height / picture.height);
    const [shownWidth, shownHeight] = [width / scale, height / scale];
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (pen === null) return { address: null, problems: ['type'] };
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(
      picture,
      (picture.width - shownWidth) / 2,
      (picture.height - shownHeight) / 2,
      shownWidth,
      shownHeight,
      0,
      0,
      width,
      height,
    );
    const { address, bytes } = encode(canvas);
    const background = backgroundOf(pen, width);
    const problems = diplomaPhotoProblems({ isJpeg: true, width, height, bytes, background });
    return { address, problems };
  } finally {
    picture.close();
  }
}
