import { shanghaiDate } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { serverNow } from '../clock.ts';
import { goOnAfterProof, useProof } from '../proof/with-proof.ts';
import { FailureNote } from '../ui/blocks.tsx';
import { dataCopy as copy } from './data-copy.ts';

const path = '/account/data';

type Data = Awaited<ReturnType<typeof api.data.export.mutate>>;
type Copy = { text: string; missing: number };
type Form = {
  /** What is kept over a proof, too. */
  ending: 'html' | 'json';
  type: string;
  load: () => Promise<(data: Data) => Copy | Promise<Copy>>;
};

const forms: readonly Form[] = [
  {
    ending: 'html',
    type: 'text/html',
    load: async () => (await import('./readable-copy.ts')).makeReadableCopy,
  },
  {
    ending: 'json',
    type: 'application/json',
    load: async () => (data) => ({ text: JSON.stringify(data, null, 2), missing: 0 }),
  },
];

/** Hands a text to the browser as a file. */
function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // Browsers begin to read it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * The whole as a page to be read, with the photos, or as JSON, in a file whose name says nothing of the person. Who was
 * led away for a proof comes back here, and the download goes on.
 */
export function Download() {
  const withProof = useProof();
  const [busy, setBusy] = createSignal<Form>();
  const [missing, setMissing] = createSignal<number>();
  const [failed, setFailed] = createSignal<{ form: Form; failure: Failure }>();
  const download = async (form: Form) => {
    if (busy()) return;
    setBusy(form);
    setMissing(undefined);
    setFailed(undefined);
    try {
      const make = await form.load();
      const copied = await make(await withProof(api.data.export.mutate(), form.ending));
      save(`my-data-${shanghaiDate(serverNow())}.${form.ending}`, copied.text, form.type);
      setMissing(copied.missing);
    } catch (error) {
      if (appErrorOf(error)?.code !== 'proof.required')
        setFailed({ form, failure: failureOf(error) });
    } finally {
      setBusy(undefined);
    }
  };
  let section: HTMLElement | undefined;
  for (const form of forms) {
    goOnAfterProof(path, form.ending, () => {
      section?.scrollIntoView();
      return download(form);
    });
  }
  const status = () => {
    if (busy()) return copy().preparing;
    const count = missing();
    if (count === undefined) return '';
    return count === 0 ? copy().downloaded : copy().photosMissing(count);
  };
  return (
    <section ref={(element) => (section = element)} class="stack" id="download">
      <h2>{copy().download}</h2>
      <div class="tight">
        <p>{copy().downloadText}</p>
        <p class="soft small">{copy().downloadWeChat}</p>
      </div>
      <div class="row">
        <For each={forms}>
          {(form) => (
            <button
              type="button"
              class="btn quiet"
              classList={{ spin: busy() === form }}
              aria-disabled={busy() !== undefined}
              onClick={() => void download(form)}
            >
              {copy().downloadButtons[form.ending]}
            </button>
          )}
        </For>
        <span role="status" class="soft">
          {status()}
        </span>
      </div>
      <Show when={failed()}>
        {(shown) => (
          <FailureNote failure={shown().failure} onRetry={() => void download(shown().form)} />
        )}
      </Show>
    </section>
  );
}
