import type { PhotoSide } from '@shiming/domain';
import { createSignal } from 'solid-js';
import type { AppErrorData } from '@shiming/domain';
import type { Failure } from '../../api.ts';
import { drawnFromHeaders } from '../../drawn-from.ts';
import {
  dataUrlOf,
  type FittedPhoto,
  fitJpeg,
  type Unreadable,
  UnreadablePhoto,
} from './fit-jpeg.ts';
import { type PhotoWarning, warningsOf } from './look.ts';
import { type Orientation, turned } from '../../shared/orientation.ts';
import { addressOf, usePortal } from '../../portal.ts';

/** Under what the server takes, by the other way of counting kilobytes too (DOMAIN 9). */
export const maxPhotoBytes = (): number => usePortal().photos.underBytes - 10 * 1024;

/** Why a photo did not arrive: the file cannot be read, or what the server or the network says. */
export type PhotoFailure = { code: 'photo.unreadable'; reason: Unreadable } | Failure;

/** A photo on its way, as far as this page knows it. */
export type Upload = {
  stage: 'preparing' | 'sending' | 'failed' | 'done';
  /** Share of the stage that is done, between 0 and 1. */
  share: number;
  /** What is sent, as a `data:` address, and its size in pixels; `null` while it is being made. */
  picture: { address: string; width: number; height: number } | null;
  warnings: readonly PhotoWarning[];
  failure: PhotoFailure | null;
  /** The photo on the server, once it is there. */
  photoId: string | null;
};

export type Uploads = {
  of(side: PhotoSide): Upload | undefined;
  /** Makes a photo of a file fit and sends it, in place of whatever was on its way. */
  begin(side: PhotoSide, source: Blob, orientation?: Orientation): void;
  /** Sends again what did not arrive. */
  retry(side: PhotoSide): void;
  /** Turns the photo by a quarter, from the file it was made of, and sends it. Answers `false` without that file. */
  turn(side: PhotoSide): boolean;
  forget(side: PhotoSide): void;
};

type Job = { source: Blob; orientation: Orientation; fitted: FittedPhoto | null };

/**
 * The photos on their way. They are sent at once and one by one, and go on while the person is at another page of the
 * flow. `arrived` is awaited before a photo counts as done, so that the page knows it by then; it answers why the page does
 * not.
 */
export function createUploads({
  maxBytes,
  arrived,
}: {
  maxBytes: number;
  arrived: () => Promise<Failure | undefined>;
}): Uploads {
  const signals = {
    a: createSignal<Upload>(),
    b: createSignal<Upload>(),
    holding: createSignal<Upload>(),
  } satisfies Record<PhotoSide, unknown>;
  const jobs = new Map<PhotoSide, Job>();

  async function run(side: PhotoSide, job: Job): Promise<void> {
    jobs.set(side, job);
    const [, set] = signals[side];
    let upload: Upload = {
      stage: 'preparing',
      share: 0,
      picture: null,
      warnings: [],
      failure: null,
      photoId: null,
    };
    const change = (changes: Partial<Upload>) => {
      // Another photo has taken its place.
      if (jobs.get(side) !== job) return;
      upload = { ...upload, ...changes };
      set(upload);
    };
    change({});
    try {
      job.fitted ??= await fitJpeg(job.source, {
        maxBytes,
        orientation: job.orientation,
        onProgress: (share) => change({ share }),
      });
      const { file, canvas } = job.fitted;
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height);
      change({
        stage: 'sending',
        share: 0,
        picture: { address: await dataUrlOf(file), width, height },
        warnings: pixels === undefined ? [] : warningsOf(pixels),
      });
      if (jobs.get(side) !== job) return;
      const photoId = await send(side, file, (share) => change({ share }));
      const unknown = await arrived();
      // The network went just after the photo had: it counts as not sent, and is sent again.
      if (unknown !== undefined) throw new SendFailure(unknown);
      change({ stage: 'done', photoId });
    } catch (error) {
      change({ stage: 'failed', failure: failureIn(error) });
    }
  }

  return {
    of: (side) => signals[side][0](),
    begin: (side, source, orientation = 1) => void run(side, { source, orientation, fitted: null }),
    retry(side) {
      const job = jobs.get(side);
      if (job !== undefined) void run(side, { ...job });
    },
    turn(side) {
      const job = jobs.get(side);
      if (job === undefined) return false;
      const orientation = turned(job.orientation);
      void run(side, { source: job.source, orientation, fitted: null });
      return true;
    },
    forget(side) {
      jobs.delete(side);
      signals[side][1](undefined);
    },
  };
}

class SendFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

export function failureIn(error: unknown): PhotoFailure {
  if (error instanceof UnreadablePhoto) return { code: 'photo.unreadable', reason: error.reason };
  if (error instanceof SendFailure) return error.failure;
  throw error;
}

type Answer = { result?: { data: { photoId: string } }; error?: { data: { app: AppErrorData } } };

function answerIn(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    // Not the server's own word: a page of something in between.
    return {};
  }
}

/** By XMLHttpRequest, which alone tells how much of it has gone. A phone that is not signed in sends its `link`. */
export function send(
  side: PhotoSide,
  file: Blob,
  onProgress: (share: number) => void,
  link?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const unreachable = () =>
      reject(
        new SendFailure({ code: navigator.onLine ? 'network.unreachable' : 'network.offline' }),
      );
    request.open('PUT', addressOf(`/photos/${side}`));
    request.setRequestHeader('content-type', 'image/jpeg');
    if (link !== undefined) request.setRequestHeader('x-photo-link', link);
    for (const [name, value] of Object.entries(drawnFromHeaders())) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const { result, error } = answerIn(request.responseText);
      if (result !== undefined) resolve(result.data.photoId);
      else if (error !== undefined) reject(new SendFailure(error.data.app));
      else unreachable();
    });
    request.addEventListener('error', unreachable);
    request.addEventListener('timeout', unreachable);
    request.timeout = 60_000;
    request.send(file);
  });
}
