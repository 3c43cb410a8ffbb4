import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { centred, mean, type Picture, type Point, turnedCut } from './picture.ts';

type Box = { x: number; y: number; width: number; height: number };
type Landmarks = { positions: Point[]; getLeftEye(): Point[]; getRightEye(): Point[] };
type Tensor = { dispose(): void };
type Net = { loadFromWeightMap(weights: unknown): void };

/** As much of the library as is used here. Its own types need packages that it brings along in its bundle. */
type Library = {
  tf: {
    setWasmPaths(paths: Record<string, string>, byFetch: boolean): void;
    setBackend(name: string): Promise<boolean>;
    env(): { set(flag: string, value: boolean): void };
    tensor3d(data: Uint8Array, shape: readonly number[], type: 'int32'): Tensor;
    io: { decodeWeights(bytes: ArrayBuffer, specification: unknown): unknown };
  };
  env: { setEnv(environment: Record<string, unknown>): void };
  SsdMobilenetv1Options: new (options: { minConfidence: number }) => object;
  detectAllFaces(input: Tensor, options: object): Promise<{ box: Box }[]>;
  nets: {
    ssdMobilenetv1: Net;
    faceLandmark68Net: Net & { detectLandmarks(input: Tensor): Promise<Landmarks> };
    faceRecognitionNet: Net & { computeFaceDescriptor(input: Tensor): Promise<Float32Array> };
  };
};

/** A face in a picture: where, how far it is tilted (radians, clockwise), its 68 points (iBUG 300-W), and its description. */
export type Face = {
  box: Box;
  tilt: number;
  marks: readonly Point[];
  describe(): Promise<Float32Array>;
};

export type FaceModel = { find(picture: Picture): Promise<Face[]> };

const { resolve } = createRequire(import.meta.url);
const packageDir = (name: string) => dirname(resolve(`${name}/package.json`));
const libraryDir = packageDir('@vladmandic/face-api');
/** The faces that the library's demonstration shows: the register's photos are cut out of them. */
export const samplePath = (sample: number): string =>
  join(libraryDir, 'demo', `sample${sample}.jpg`);

const wasm = (kind: string) => `tfjs-backend-wasm${kind}.wasm`;

/** In place of the elements of pages, which the library asks pictures whether they are. */
function NoElement() {}

/**
 * The library as its authors bundle it for browsers, with all of the tensor code that it needs in one file: the packages for
 * Node are 331 MB. It takes Node for a broken browser, so it gets to see no `process`; and the WebAssembly, which it
 * fetches, as a data address.
 */
async function loadLibrary(): Promise<Library> {
  const source = await readFile(join(libraryDir, 'dist', 'face-api.js'), 'utf8');
  const run = compileFunction(`${source}\nreturn faceapi;`, ['process', 'WorkerGlobalScope']);
  const library = run(undefined, Object) as Library;
  const { tf, env, nets } = library;
  const elements = ['Canvas', 'CanvasRenderingContext2D', 'Image', 'ImageData', 'Video'];
  env.setEnv(Object.fromEntries(elements.map((name) => [name, NoElement])));

  const codeDir = join(packageDir('@tensorflow/tfjs-backend-wasm'), 'wasm-out');
  const code = await readFile(join(codeDir, wasm('-simd')), 'base64');
  const address = `data:application/wasm;base64,${code}`;
  // It asks for all three and takes the one.
  const kinds = ['', '-simd', '-threaded-simd'].map((kind) => [wasm(kind), address]);
  tf.setWasmPaths(Object.fromEntries(kinds) as Record<string, string>, true);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm')))
    throw new Error('The face model needs WebAssembly with SIMD.');

  const load = async (net: Net, name: string) => {
    const at = join(libraryDir, 'model', name);
    const manifest = JSON.parse(await readFile(`${at}-weights_manifest.json`, 'utf8')) as {
      weights: unknown[];
    }[];
    const bytes = new Uint8Array(await readFile(`${at}.bin`));
    net.loadFromWeightMap(
      tf.io.decodeWeights(
        bytes.buffer,
        manifest.flatMap(({ weights }) => weights),
      ),
    );
  };
  await load(nets.ssdMobilenetv1, 'ssd_mobilenetv1_model');
  await load(nets.faceLandmark68Net, 'face_landmark_68_model');
  await load(nets.faceRecognitionNet, 'face_recognition_model');
  return library;
}

/** How much of the surroundings of a face the landmarks are looked for in. */
const margin = 1.1;
const minConfidence = 0.5;
/** What the network that describes faces takes. */
const descriptionSize = 150;

async function createModel(): Promise<FaceModel> {
  const { tf, nets, ...library } = await loadLibrary();
  const using = async <T>(picture: Picture, work: (tensor: Tensor) => Promise<T>): Promise<T> => {
    const { data, width, height } = picture;
    const tensor = tf.tensor3d(data, [height, width, 3], 'int32');
    try {
      return await work(tensor);
    } finally {
      tensor.dispose();
    }
  };
  /** The landmarks in a square of a picture that is turned by `tilt`, in the coordinates of the picture. */
  const landmarksIn = async (picture: Picture, centre: Point, size: number, tilt: number) => {
    const cut = turnedCut(picture, { centre, size, tilt, pixels: 160 });
    const found = await using(cut, (tensor) => nets.faceLandmark68Net.detectLandmarks(tensor));
    const scale = size / cut.width;
    const back = (points: Point[]) =>
      points.map((point) => centred(point, { x: 80, y: 80 }, scale, tilt, centre));
    return {
      all: back(found.positions),
      left: mean(back(found.getLeftEye())),
      right: mean(back(found.getRightEye())),
    };
  };

  const faceAt = async (picture: Picture, box: Box): Promise<Face> => {
    const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const size = Math.max(box.width, box.height) * margin;
    const first = await landmarksIn(picture, centre, size, 0);
    const tiltOf = ({ left, right }: typeof first) =>
      Math.atan2(right.y - left.y, right.x - left.x);
    // Once more, upright: the landmarks of a tilted face are rough.
    const marks = await landmarksIn(picture, mean(first.all), size, tiltOf(first));
    const tilt = tiltOf(marks);
    const span = Math.hypot(marks.right.x - marks.left.x, marks.right.y - marks.left.y);
    const describe = () => {
      const middle = mean(marks.all);
      const cut = turnedCut(picture, {
        centre: middle,
        size: span * 2.4,
        tilt,
        pixels: descriptionSize,
      });
      return using(cut, (tensor) => nets.faceRecognitionNet.computeFaceDescriptor(tensor));
    };
    let description: Promise<Float32Array> | undefined;
    return {
      box,
      tilt,
      marks: marks.all,
      describe: () => (description ??= describe()),
    };
  };

  return {
    async find(picture) {
      const options = new library.SsdMobilenetv1Options({ minConfidence });
      const found = await using(picture, (tensor) => library.detectAllFaces(tensor, options));
      const faces: Face[] = [];
      for (const { box } of found) faces.push(await faceAt(picture, box));
      return faces;
    },
  };
}

let loading: Promise<FaceModel> | null = null;
/** The model, loaded when it is first asked for: about 150 MB of memory, and a second. */
export const faceModel = (): Promise<FaceModel> => (loading ??= createModel());
