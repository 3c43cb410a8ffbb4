import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { ensureChromium } from './browser.ts';
import { runCommand } from './lifetime.ts';
import { webDir } from './paths.ts';

const rounds = 9;
const targetMs = 2_500;
const maxBytes = 180 * 1024;

const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
const ms = (value = 0) => `${value.toFixed(0)} ms`;

/** What the page calls of it. */
type Photo = {
  fitJpeg: (source: Blob, how: { maxBytes: number }) => Promise<{ file: Blob }>;
};

/** The browser's part of an upload, as a script that leaves its functions in `photo`. */
async function photoScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: {
        entry: join(webDir, 'src/review/photo/fit-jpeg.ts'),
        formats: ['iife'],
        name: 'photo',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built.');
  return chunk.code;
}

/**
 * How long a photo of 12 megapixels takes from the file to the JPEG that is sent, in Chromium on as many cores as this
 * process may use: `taskset -c 0 node apps/stack/src/photo-bench.ts` for one.
 */
async function bench(): Promise<void> {
  const script = await photoScript();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    const { sourceBytes, fittedBytes, tookMs } = await page.evaluate(
      async (options) => {
        const { fitJpeg } = (globalThis as unknown as { photo: Photo }).photo;
        const canvas = Object.assign(document.createElement('canvas'), {
          width: 4000,
          height: 3000,
        });
        const pen = canvas.getContext('2d');
        if (pen === null) throw new Error('no canvas');
        const image = pen.createImageData(canvas.width, canvas.height);
        let seed = 1;
        for (let at = 0; at < image.data.length; at += 4) {
          seed = (seed * 1103515245 + 12345) % 2147483648;
          const grey = 110 + 60 * Math.sin(at / 9_000) + (seed % 17);
          image.data.set([grey, grey * 0.95, grey * 0.9, 255], at);
        }
        pen.putImageData(image, 0, 0);
        const source = await new Promise<Blob | null>((resolve) => {
          canvas.toBlob(resolve, 'image/jpeg', 0.92);
        });
        if (source === null) throw new Error('no photo');
        const times: number[] = [];
        let fittedBytes = 0;
        for (let round = 0; round < options.rounds; round += 1) {
          const startMs = performance.now();
          fittedBytes = (await fitJpeg(source, { maxBytes: options.maxBytes })).file.size;
          times.push(performance.now() - startMs);
        }
        return { sourceBytes: source.size, fittedBytes, tookMs: times };
      },
      { rounds, maxBytes },
    );
    const sorted = tookMs.toSorted((a, b) => a - b);
    console.log(
      `4000×3000, ${kb(sourceBytes)} → ${kb(fittedBytes)} on ${availableParallelism()} core(s): median ${ms(sorted[rounds >> 1])}, slowest ${ms(sorted.at(-1))} of ${rounds} (target ${ms(targetMs)}).`,
    );
  } finally {
    await browser.close();
  }
}

if (import.meta.main) await runCommand(bench);
