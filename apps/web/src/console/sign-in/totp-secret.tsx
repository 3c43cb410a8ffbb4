import { createResource, createSignal, Show } from 'solid-js';
import { type Failure, failureOf } from '../../api.ts';
import { FailureNote, Loading } from '../../ui/blocks.tsx';
import { signInCopy as copy } from './sign-in-copy.ts';

/** The secret that the codes are made of, as a QR code and as text. */
export function TotpSecret(props: {
  ask(): Promise<{ secret: string; uri: string }>;
  onFailure?(error: unknown): void;
}) {
  const [failure, setFailure] = createSignal<Failure>();
  const [secret, { refetch }] = createResource(async () => {
    setFailure(undefined);
    try {
      const [{ secret, uri }, { qrImage }] = await Promise.all([
        props.ask(),
        import('../../wechat/qr-image.ts'),
      ]);
      return { secret, image: qrImage(uri) };
    } catch (error) {
      setFailure(failureOf(error));
      props.onFailure?.(error);
      return undefined;
    }
  });
  return (
    <section class="stack">
      <div class="tight">
        <h2>{copy().scan}</h2>
        <p class="soft">{copy().scanNote}</p>
      </div>
      <Show
        when={secret.latest}
        fallback={
          <Show when={failure()} fallback={<Loading />}>
            {(failed) => <FailureNote failure={failed()} onRetry={() => void refetch()} />}
          </Show>
        }
      >
        {(shown) => (
          <>
            <div>
              <div class="qr">
                <img src={shown().image} alt={copy().qr} />
              </div>
            </div>
            <div class="tight">
              <p>{copy().secret}</p>
              <p class="num secret">{shown().secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
            </div>
          </>
        )}
      </Show>
    </section>
  );
}
