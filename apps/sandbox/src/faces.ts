import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FaceAction } from '@shiming/domain';
import { citizens } from './citizens.ts';
import type { Citizen } from './citizens.ts';
import { type Face, faceModel, samplePath } from './face-model.ts';
import { bent, mean, type Picture, type Point, readJpeg, turnedCut, writeJpeg } from './picture.ts';

/** A face of the samples: in which, and around which point. */
export type SampleFace = { sample: number; x: number; y: number };

/** What a picture is refused for, in Tencent's words (document/product/1007/47911). */
export type PictureFault =
  | 'ImageDecodeFailed'
  | 'LifePhotoDetectNoFaces'
  | 'LifePhotoDetectFaces'
  | 'IncompleteFace'
  | 'LifePhotoPoorQuality'
  | 'ImageBlur';

/** Up to this distance two descriptions are of one person; README.md says how it was found. */
export const sameUpTo = 0.42;
/** What Tencent takes for the same person. */
const sameFrom = 70;
/** Darker faces (mean of 0 to 255), and such with fewer edges (variance of the Laplacian), are not compared. */
const darkest = 40;
const leastEdges = 25;
const leastPixels = 100;

/** Similarity as Tencent states it: 0 to 100, and 70 at the largest distance that is one person's. */
const similarity = (distance: number): number =>
  Math.round(Math.max(0, 100 - (distance / sameUpTo) * (100 - sameFrom)) * 100) / 100;

async function distanceOf(face: Face, otherFace: Face): Promise<number> {
  const [one, other] = [await face.describe(), await otherFace.describe()];
  return Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)));
}

type Looked = { picture: Picture; faces: Face[] };

/** The pictures that came last: several calls look at one. They are in memory alone. */
const recent = new Map<string, Promise<Looked | null>>();
const recentAtMost = 6;

/** The faces in a JPEG; `null` for what is none. */
export function facesIn(bytes: Uint8Array): Promise<Looked | null> {
  const key = createHash('sha256').update(bytes).digest('base64');
  const known = recent.get(key) ?? look(bytes);
  recent.delete(key);
  recent.set(key, known);
  for (const [oldest] of recent) if (recent.size > recentAtMost) recent.delete(oldest);
  return known;
}

async function look(bytes: Uint8Array): Promise<Looked | null> {
  const picture = readJpeg(bytes);
  return picture && { picture, faces: await (await faceModel()).find(picture) };
}

/** Looks for the one face in a JPEG that can be compared. */
export async function faceIn(bytes: Uint8Array): Promise<Face | PictureFault> {
  const looked = await facesIn(bytes);
  if (looked === null) return 'ImageDecodeFailed';
  const { picture, faces } = looked;
  const [face, ...others] = faces;
  if (face === undefined) return 'LifePhotoDetectNoFaces';
  if (others.length > 0) return 'LifePhotoDetectFaces';
  return faultOf(picture, face) ?? face;
}

function faultOf(picture: Picture, { box, tilt }: Face): PictureFault | null {
  const isInside =
    box.x >= 0 &&
    box.y >= 0 &&
    box.x + box.width <= picture.width &&
    box.y + box.height <= picture.height;
  if (!isInside) return 'IncompleteFace';
  if (box.height < leastPixels) return 'LifePhotoPoorQuality';
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const cut = turnedCut(picture, { centre, size: box.height, tilt, pixels: 150 });
  const lights = lightsOf(cut);
  if (lights.reduce((sum, light) => sum + light, 0) / lights.length < darkest) {
    return 'LifePhotoPoorQuality';
  }
  return edgesOf(lights, cut.width) < leastEdges ? 'ImageBlur' : null;
}

const lightsOf = ({ data, width, height }: Picture): Float64Array =>
  Float64Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 3, at * 3 + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });

/** The variance of the Laplacian of a square. */
function edgesOf(lights: Float64Array, width: number): number {
  const values: number[] = [];
  for (let at = width + 1; at < lights.length - width - 1; at += 1) {
    if (at % width === 0 || at % width === width - 1) continue;
    const around = [at - 1, at + 1, at - width, at + width];
    values.push(around.reduce((sum, each) => sum - (lights[each] ?? 0), 4 * (lights[at] ?? 0)));
  }
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length;
}

const registered = new Map<string, Promise<Face>>();

/** A face of the samples, found when it is first asked for. */
function faceAt(face: SampleFace): Promise<Face> {
  const key = Object.values(face).join();
  const known = registered.get(key) ?? findSample(face);
  registered.set(key, known);
  return known;
}

const cutSize = 600;

const fromMiddle = ({ box }: Face) =>
  Math.hypot(box.x + (box.width - cutSize) / 2, box.y + (box.height - cutSize) / 2);

async function findSample(at: SampleFace): Promise<Face> {
  const faces = await (await faceModel()).find(await registerCut(at));
  const [face] = faces.toSorted((one, other) => fromMiddle(one) - fromMiddle(other));
  if (face === undefined) throw new Error(`There is no face in sample ${at.sample}.`);
  return face;
}

/** The register's photo: cut out of the sample, so that nothing of its metadata is left. */
const registerCut = async ({ sample, x, y }: SampleFace): Promise<Picture> =>
  turnedCut(await readSample(sample), {
    centre: { x, y },
    size: cutSize,
    tilt: 0,
    pixels: cutSize,
  });

const samples = new Map<number, Promise<Picture>>();

function readSample(sample: number): Promise<Picture> {
  const known = samples.get(sample) ?? decodeSample(sample);
  samples.set(sample, known);
  return known;
}

async function decodeSample(sample: number): Promise<Picture> {
  const picture = readJpeg(await readFile(samplePath(sample)));
  if (picture === null) throw new Error(`Sample ${sample} is no JPEG.`);
  return picture;
}

/** How similar a face is to the register's photo, 0 to 100: from 70 on it is the same person's. */
export async function similarityTo(face: Face, photo: SampleFace): Promise<number> {
  return similarity(await distanceOf(face, await faceAt(photo)));
}

export const isSame = (similar: number): boolean => similar >= sameFrom;

/**
 * How alike two faces are, 0 to 100 as `CompareFace` states it: 40 at a distance that one pair of strangers in a thousand may
 * have, and less between any two people of the samples.
 */
export async function likenessOf(one: Face, other: Face): Promise<number> {
  return Math.round(Math.max(0, 100 - 114 * (await distanceOf(one, other))) * 100) / 100;
}

/** How a picture for tests differs from the face as it is in the sample. */
export type Shot = {
  /** How much of the sample is seen: more shows a smaller face, and its neighbours. */
  height?: number;
  /** Degrees. */
  tilt?: number;
  /** Of the face from the middle, in pixels of the sample. */
  aside?: number;
  /** How far the head is turned to the person's left, or below to the right: its middle moves by so much of the way between the eyes. */
  turn?: number;
  /** Degrees by which a flat print of the picture is turned. */
  print?: number;
  /** By which its light is multiplied. */
  light?: number;
  isBlurred?: boolean;
  quality?: number;
};

/** A head that is turned, as far as one picture can show it: the middle of the face moves to a side, and the rest follows. */
async function turnedHead(
  picture: Picture,
  face: SampleFace,
  { centre, scale, head }: { centre: Point; scale: number; head: number },
): Promise<Picture> {
  const { marks } = await faceAt(face);
  const inPicture = ({ x, y }: Point): Point => ({
    x: (face.x - cutSize / 2 + x - centre.x) * scale + picture.width / 2,
    y: (face.y - cutSize / 2 + y - centre.y) * scale + picture.height / 2,
  });
  const [left, right] = [
    inPicture(mean(marks.slice(36, 42))),
    inPicture(mean(marks.slice(42, 48))),
  ];
  const span = Math.hypot(right.x - left.x, right.y - left.y);
  const tip = inPicture(marks[30] ?? mean(marks));
  const way = head * span;
  return bent(picture, (x, y) => {
    const [across, down] = [(x - tip.x - way / 2) / span, (y - tip.y) / (1.1 * span)];
    return x - way * Math.exp(-(across ** 2 + down ** 2));
  });
}

/** A print of a picture, held as far away as it is wide, turned around its upright axis. */
function turnedPrint(picture: Picture, angle: number): Picture {
  const away = picture.width;
  return bent(picture, (x) => {
    const aside = x - picture.width / 2;
    return picture.width / 2 + (aside * away) / (away * Math.cos(angle) - aside * Math.sin(angle));
  });
}

/** A JPEG of 640×480, as a camera of a device would take it, of somebody in the samples. */
export async function shotOf(face: SampleFace, shot: Shot = {}): Promise<Uint8Array> {
  const { height = 400, tilt = 0, aside = 0, light = 1, isBlurred = false, quality = 90 } = shot;
  const { turn: head = 0, print = 0 } = shot;
  const [sample, turn] = [await readSample(face.sample), (tilt * Math.PI) / 180];
  const centre = { x: face.x + aside, y: face.y };
  const size = (height * 640) / 480;
  const square = turnedCut(sample, { centre, size, tilt: turn, pixels: isBlurred ? 64 : 640 });
  const middle = mean([
    { x: 0, y: 0 },
    { x: square.width, y: square.width },
  ]);
  const whole = isBlurred
    ? turnedCut(square, { centre: middle, size: square.width, tilt: 0, pixels: 640 })
    : square;
  const turned =
    head === 0 ? whole : await turnedHead(whole, face, { centre, scale: 640 / size, head });
  const shown = print === 0 ? turned : turnedPrint(turned, (print * Math.PI) / 180);
  const data = shown.data.subarray(80 * 640 * 3, 560 * 640 * 3);
  const lit = data.map((value) => Math.min(255, value * light));
  return writeJpeg({ data: lit, width: 640, height: 480 }, quality);
}

/** The face of a citizen, as the register has it. */
export function faceOf(name: string): SampleFace {
  const citizen = citizens.find((each: Citizen) => each.name === name);
  if (typeof citizen?.photo !== 'object') throw new Error(`There is no photo of ${name}.`);
  return citizen.photo;
}

/** How somebody who does what is asked looks to the camera; the eyes of the samples are open. */
export const shotOfAction = {
  turn_left: { turn: 0.65 },
  turn_right: { turn: -0.65 },
  blink: { aside: 4 },
  come_closer: { height: 320 },
} as const satisfies Record<FaceAction, Shot>;
