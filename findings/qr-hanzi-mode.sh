#!/usr/bin/env bash
# jsQR, qr and the Hanzi mode of Chinese QR codes (GB/T 18284)
#
# One would guess: a reader that does not know a mode of a QR code says that it cannot read the code.
# What happens: @nuintun/qrcode 5.0.3 writes names in Hanzi mode, two bytes of GB 2312 in 13 bits, and
#   @zxing/library 0.23.0 reads all of them back. jsqr 1.4.0 does not know the mode, goes on in the middle of the
#   bits and, for twelve of these twenty names, returns a text that is not there: 12 or 13 digits, such as
#   2986912144080 for 林敏敏. For the others it returns null, as for a picture without a code. qr 0.7.0 finds none
#   of them: its error is "timing". All of them read the same names as UTF-8 bytes.
# Whom it hurts: a page that reads the code of a Chinese certificate with jsqr may take thirteen digits for the
#   document's number without any error, or tells the person to hold the camera still for ever.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" \
  @nuintun/qrcode@5.0.3 @zxing/library@0.23.0 jsqr@1.4.0 qr@0.7.0
cat > "$dir/see.mjs" <<'EOF'
import assert from 'node:assert';
import { Byte, Charset, Encoder, Hanzi } from '@nuintun/qrcode';
import zxing from '@zxing/library';
import jsqr from 'jsqr';
import decode from 'qr/decode.js';

/** Draws a code with six pixels a module and the quiet zone that the standard asks for. */
function draw(segment) {
  const code = new Encoder({ level: 'M' }).encode(segment);
  const width = (code.size + 8) * 6;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 24; y < width - 24; y += 1) {
    for (let x = 24; x < width - 24; x += 1) {
      if (code.get(Math.floor(x / 6) - 4, Math.floor(y / 6) - 4)) data.set([0, 0, 0], (y * width + x) * 4);
    }
  }
  return { data, width, height: width };
}
const readers = {
  '@zxing/library': ({ data, width, height }) => {
    const luminance = data.filter((_, i) => i % 4 === 0);
    const source = new zxing.RGBLuminanceSource(luminance, width, height);
    return new zxing.QRCodeReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))).getText();
  },
  jsqr: ({ data, width, height }) => (jsqr.default ?? jsqr)(data, width, height)?.data ?? 'nothing found',
  qr: (image) => decode(image),
};
const attempt = (read, image) => {
  try { return read(image); } catch (error) { return `error: ${error.message}`; }
};
const names = [...'张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗'].map((surname, i) => {
  const given = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰'];
  return surname + given[(i * 7) % 20] + given[(i * 3) % 20];
});
const table = (segment) => Object.fromEntries(names.map((name) => {
  const image = draw(segment(name));
  return [name, Object.fromEntries(Object.entries(readers).map(([reader, read]) => [reader, attempt(read, image)]))];
}));
const hanzi = table((name) => new Hanzi(name));
const bytes = table((name) => new Byte(name, Charset.UTF_8));
console.log('node', process.version);
console.table(hanzi);
for (const [name, row] of Object.entries(bytes)) assert.deepStrictEqual(Object.values(row), [name, name, name]);
for (const [name, row] of Object.entries(hanzi)) {
  assert.strictEqual(row['@zxing/library'], name);
  assert.strictEqual(row.qr, 'error: timing');
  assert.match(row.jsqr, /^(nothing found|\d{12,13})$/);
}
const invented = Object.values(hanzi).filter((row) => /^\d/.test(row.jsqr)).length;
console.log(`jsqr: ${invented} of ${names.length} names become digits`);
assert.strictEqual(invented, 12);
assert.strictEqual(hanzi['林敏敏'].jsqr, '2986912144080');
console.log('as described');
EOF
node "$dir/see.mjs" || { echo 'not as described any more'; exit 1; }
