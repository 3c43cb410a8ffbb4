import { expect, onTestFinished, test, vi } from 'vitest';
import { fitJpeg, isHeif } from './fit-jpeg.ts';

const head = (brand: string) => new Blob([new Uint8Array([0, 0, 0, 24]), `ftyp${brand}\0\0\0\0`]);

test('T-REV-02: a HEIC photo is known by its content, whatever it is called', async () => {
  for (const brand of ['heic', 'heix', 'hevc', 'mif1', 'msf1']) {
    expect(await isHeif(head(brand))).toBe(true);
  }
  // MP4 and AVIF are of the same family, and something else.
  for (const brand of ['isom', 'avif']) expect(await isHeif(head(brand))).toBe(false);
  expect(await isHeif(new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]))).toBe(false);
  expect(await isHeif(new Blob([]))).toBe(false);
});

test('T-REV-02: a picture that cannot be decoded is refused, though an <img> would take it', async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('createImageBitmap', () =>
    Promise.reject(new DOMException('', 'InvalidStateError')),
  );
  const taken = vi.fn<() => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal(
    'Image',
    class {
      naturalWidth = 1600;
      naturalHeight = 1000;
      decode = taken;
    },
  );
  const half = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]);
  await expect(fitJpeg(half, { maxBytes: 190_000 })).rejects.toMatchObject({
    reason: 'unreadable',
  });
  expect(taken).not.toHaveBeenCalled();
});
