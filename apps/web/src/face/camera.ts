/** Why there is no picture from the camera, and each has another way on. */
export const cameraTroubles = ['refused', 'absent', 'busy', 'unplugged', 'unsupported'] as const;
export type CameraTrouble = (typeof cameraTroubles)[number];

export class NoCamera extends Error {
  readonly trouble: CameraTrouble;
  constructor(trouble: CameraTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Whether this browser lets pages use a camera; those of some apps do not. */
export const hasCameras = (): boolean =>
  // In an insecure document, and in the browsers of some apps, there is none.
  (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia !== undefined;

/**
 * Opens the camera that looks at the person. One edge alone is asked for: with two, some browsers cut the picture.
 *
 * @throws NoCamera
 */
export async function openCamera(): Promise<MediaStream> {
  if (!hasCameras()) throw new NoCamera('unsupported');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'user', height: { ideal: 960 } },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new NoCamera(troubles[name] ?? 'busy');
  }
}

/** Ends the camera: its light goes out. */
export function closeCamera(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
