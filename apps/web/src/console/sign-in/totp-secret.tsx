import { onMount } from 'solid-js';
import type { On } from '../../form/refusals.ts';
import { createReader, Reading } from '../../ui/read.tsx';
import { signInCopy as copy } from './sign-in-copy.ts';

/** The secret that the codes are made of, as a QR code and as text. */
export function TotpSecret(props: { ask(): Promise<{ secret: string; uri: string }>; on: On }) {
  const secret = createReader(async () => {
    const [{ secret: text, uri }, { qrImage }] = await Promise.all([
      props.ask(),
      import('../../shared/qr-image.ts'),
    ]);
    return { text, image: qrImage(uri) };
  }, props.on);
  onMount(() => void secret.again());
  return (
    <section class="stack">
      <div class="tight">
        <h2>{copy().scan}</h2>
        <p class="soft">{copy().scanNote}</p>
      </div>
      <Reading read={secret}>
        {(shown) => (
          <>
            <div>
              <div class="qr">
                <img src={shown().image} alt={copy().qr} />
              </div>
            </div>
            <div class="tight">
              <p>{copy().secret}</p>
              <p class="num secret">{shown().text.replace(/(.{4})(?=.)/g, '$1 ')}</p>
            </div>
          </>
        )}
      </Reading>
    </section>
  );
}
