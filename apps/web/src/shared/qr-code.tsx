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
  return <img src={source()} alt={props.alt} width={props.size} height={props.size} />;
}
