import detectorManifest from '@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json';
import detectorFile from '@vladmandic/face-api/model/tiny_face_detector_model.bin?url';
import landmarksManifest from '@vladmandic/face-api/model/face_landmark_68_tiny_model-weights_manifest.json';
import landmarksFile from '@vladmandic/face-api/model/face_landmark_68_tiny_model.bin?url';
import { findFaces, type Models, type Pixels } from './find-faces.ts';
import { type Look, lookAt } from './framing.ts';
import { readWeights, type WeightsManifest } from './network.ts';

// The page's own library describes `postMessage` of a window; this is a worker's.
const page = globalThis as unknown as { postMessage(message: Look): void };

async function load(manifest: WeightsManifest, file: string) {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error('The model did not come');
  return readWeights(manifest, await answer.arrayBuffer());
}

async function loadAll(): Promise<Models> {
  const [detector, landmarks] = await Promise.all([
    load(detectorManifest, detectorFile),
    load(landmarksManifest, landmarksFile),
  ]);
  return { detector, landmarks };
}

const models = loadAll();

async function answer(pixels: Pixels): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no target origin
  page.postMessage(lookAt(pixels, findFaces(pixels, await models)));
}

addEventListener('message', (event: MessageEvent<Pixels>) => void answer(event.data));
