import { createSignal, For, Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { useOperator } from '../operator.ts';
import { weChatName } from '../portal.ts';
import { QrCode } from '../shared/qr-code.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { zh } from './follow.zh.ts';

const copy = defineCopy(zh, () => import('./follow.en.ts'));

/** The QR codes to follow the operator's WeChat accounts with (T-LOG-02a, T-PRO-03b), drawn when they are asked for. */
export function FollowInWeChat() {
  const operator = useOperator();
  const [isOpen, setOpen] = createSignal(false);
  const codes = () => {
    const links = operator()?.links;
    return [
      { url: links?.weChatService, name: copy().service(weChatName()) },
      { url: links?.weChatSubscription, name: copy().subscription },
    ].flatMap(({ url, name }) => (url ? [{ url, name }] : []));
  };
  return (
    <Show when={codes().length > 0}>
      <details class="reveal" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{copy().title}</summary>
        <div class="row">
          <Show when={isOpen()}>
            <For each={codes()}>
              {({ url, name }) => (
                <figure class="follow">
                  <QrCode text={url} alt={copy().alt(name)} size={160} />
                  <figcaption>
                    <Foreign>{name}</Foreign>
                  </figcaption>
                </figure>
              )}
            </For>
          </Show>
        </div>
      </details>
    </Show>
  );
}
