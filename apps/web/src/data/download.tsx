import { shanghaiDate } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import { createAction } from '../ui/action.tsx';
import { FailureNote } from '../ui/blocks.tsx';
import { dataCopy as copy } from './data-copy.ts';
import { save } from './save.ts';

const path = '/account/data';

type Data = Awaited<ReturnType<typeof api.data.export.mutate>>;
type Copy = { text: string; missing: number };
type Form = {
  /** What is kept over a proof, too. */
  ending: 'html' | 'json';
  type: string;
  load: () => Promise<(data: Data) => Copy | Promise<Copy>>;
};

const forms = [
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
] as const satisfies readonly Form[];

/**
 * The whole as a page to be read, with the photos, or as JSON, in a file whose name says nothing of the person. Who was
 * led away for a proof comes back here, and the download goes on.
 */
export function Download() {
  const [form, setForm] = createSignal<Form>();
  const [missing, setMissing] = createSignal<number>();
  const download = createAction(
    async (chosen: Form) => {
      setForm(chosen);
      setMissing(undefined);
      const make = await chosen.load();
      const copied = await make(await api.data.export.mutate());
      save(`my-data-${shanghaiDate(serverNow())}.${chosen.ending}`, copied.text, chosen.type);
      setMissing(copied.missing);
    },
    useProved(([chosen]: [Form]) => chosen.ending),
  );
  let section: HTMLElement | undefined;
  for (const form of forms) {
    goOnAfterProof(path, form.ending, () => {
      section?.scrollIntoView();
      return download.run(form);
    });
  }
  const status = () => {
    if (download.isBusy()) return copy().preparing;
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
          {(each) => (
            <button
              type="button"
              class="btn quiet"
              classList={{ spin: download.isBusy() && form() === each }}
              aria-disabled={download.isBusy()}
              onClick={() => void download.run(each)}
            >
              {copy().downloadButtons[each.ending]}
            </button>
          )}
        </For>
        <span role="status" class="soft">
          {status()}
        </span>
      </div>
      <Show when={download.failure()}>
        {(failure) => (
          <FailureNote failure={failure()} onRetry={() => void download.run(form() ?? forms[0])} />
        )}
      </Show>
    </section>
  );
}
