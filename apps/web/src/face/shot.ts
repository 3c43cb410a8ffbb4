import { faceFrame } from '@shiming/domain';
import { dataUrlOf, encodeWithin, fitJpeg } from '../review/photo/fit-jpeg.ts';
import type { Pixels } from './find-faces.ts';

/** A picture as it is sent, in memory only, and what it was made of, to be shown. */
export type Shot = { file: Blob; canvas: HTMLCanvasElement };

/** Pictures are higher than wide, as the person sees them. */
const shape = 3 / 4;
const [lowest, highest] = [480, 1280];

/** The height of the part that is taken, in pixels of the camera. */
const heightOf = (video: HTMLVideoElement): number =>
  Math.min(video.videoHeight, video.videoWidth / shape);

/** The middle of what the camera shows, upright and not mirrored. */
function draw(video: HTMLVideoElement, height: number): HTMLCanvasElement {
  const from = { width: heightOf(video) * shape, height: heightOf(video) };
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(height * shape), height: Math.round(height) });
  canvas
    .getContext('2d', { alpha: false, willReadFrequently: true })
    ?.drawImage(
      video,
      (video.videoWidth - from.width) / 2,
      (video.videoHeight - from.height) / 2,
      from.width,
      from.height,
      0,
      0,
      canvas.width,
      canvas.height,
    );
  return canvas;
}

function pixelsOf(canvas: HTMLCanvasElement): Pixels | undefined {
  return canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
}

/** What the camera shows now, small, for the hints; `undefined` before its first picture. */
export const glance = (video: HTMLVideoElement): Pixels | undefined =>
  video.videoWidth === 0 ? undefined : pixelsOf(draw(video, 320));

/** Waits for the next picture of the camera, so that two that are taken are never one; older browsers cannot say. */
const nextFrame = (video: HTMLVideoElement): Promise<void> =>
  new Promise((resolve) => {
    // A camera that shows nothing new for so long has stopped.
    const rest = setTimeout(resolve, 'requestVideoFrameCallback' in video ? 1_000 : 0);
    (video as Partial<HTMLVideoElement>).requestVideoFrameCallback?.(() => {
      clearTimeout(rest);
      resolve();
    });
  });

/** Waits for the first picture of a camera that has just been opened. */
const firstFrame = (video: HTMLVideoElement): Promise<void> =>
  new Promise((resolve) => {
    if (video.videoWidth > 0) resolve();
    else video.addEventListener('loadedmetadata', () => resolve(), { once: true });
  });

/** Takes the next picture of the camera. */
export async function shoot(video: HTMLVideoElement): Promise<Shot | undefined> {
  await firstFrame(video);
  await nextFrame(video);
  const height = Math.max(lowest, Math.min(highest, heightOf(video)));
  const canvas = draw(video, height);
  const file = await encodeWithin(canvas, faceFrame.underBytes - 1);
  return file === null ? undefined : { file, canvas };
}

/** Makes a picture that was taken by the device's own camera fit. Throws UnreadablePhoto. */
export const fit = (file: Blob): Promise<Shot> =>
  fitJpeg(file, { maxBytes: faceFrame.underBytes - 1 });

/** The bytes of a picture as an input of the API has them. */
export const base64Of = async ({ file }: Shot): Promise<string> =>
  (await dataUrlOf(file)).replace(/^[^,]*,/, '');
