import { encode } from 'uqr';

const modulePixels = 8;
/** ISO/IEC 18004: the symbol stands clear of everything else by four modules. */
const quietModules = 4;

/**
 * A QR code as the data URL of a PNG: what WeChat recognises when it is pressed, and what a phone can save to its
 * photos, is a bitmap.
 */
export function qrImage(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: quietModules });
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * modulePixels;
  const pen = canvas.getContext('2d');
  if (pen === null) return '';
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  data.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (isDark) pen.fillRect(x * modulePixels, y * modulePixels, modulePixels, modulePixels);
    }),
  );
  return canvas.toDataURL('image/png');
}
