import { createEffect, createSignal } from 'solid-js';

/** A QR code. Its code is fetched when one is shown; where that does not arrive, the text beside it has to do. */
export function QrCode(props: { text: string; alt: string; size: number }) {
  const [source, setSource] = createSignal<string>();
  createEffect(() => {
    const { text } = props;
    import('./qr-image.ts').then(
      ({ qrImage }) => setSource(qrImage(text)),
      () => setSource(undefined),
    );
  });
  // Until the code is there the image has its place, and not the browser's sign of a broken one.
  return (
    <img
      src={source()}
      alt={props.alt}
      width={props.size}
      height={props.size}
      style={{ visibility: source() === undefined ? 'hidden' : 'visible' }}
    />
  );
}
