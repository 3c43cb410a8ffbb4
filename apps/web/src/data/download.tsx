import { shanghaiDate } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { serverNow } from '../clock.ts';
import { goOnAfterProof, useProof } from '../proof/with-proof.ts';
import { FailureNote } from '../ui/blocks.tsx';
import { dataCopy as copy } from './data-copy.ts';

const path = '/account/data';

/** Hands a text to the browser as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // Browsers begin to read it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * The whole as a JSON file whose name says nothing of the person. Who was led away for a proof comes back here, and
 * the download goes on.
 */
export function Download() {
  const withProof = useProof();
  const [stage, setStage] = createSignal<'idle' | 'busy' | 'done'>('idle');
  const [failure, setFailure] = createSignal<Failure>();
  const download = async () => {
    if (stage() === 'busy') return;
    setStage('busy');
    setFailure(undefined);
    try {
      const data = await withProof(api.data.export.mutate(), 'download');
      save(`my-data-${shanghaiDate(serverNow())}.json`, JSON.stringify(data, null, 2));
      setStage('done');
    } catch (error) {
      setStage('idle');
      if (appErrorOf(error)?.code !== 'proof.required') setFailure(failureOf(error));
    }
  };
  let section: HTMLElement | undefined;
  goOnAfterProof(path, 'download', () => {
    section?.scrollIntoView();
    return download();
  });
  return (
    <section ref={(element) => (section = element)} class="stack" id="download">
      <h2>{copy().download}</h2>
      <div class="tight">
        <p>{copy().downloadText}</p>
        <p class="soft small">{copy().downloadWeChat}</p>
      </div>
      <div class="row">
        <button
          type="button"
          class="btn quiet"
          classList={{ spin: stage() === 'busy' }}
          aria-disabled={stage() === 'busy'}
          onClick={() => void download()}
        >
          {copy().downloadButton}
        </button>
        <span role="status" class="soft">
          {stage() === 'busy' ? copy().preparing : ''}
          {stage() === 'done' ? copy().downloaded : ''}
        </span>
      </div>
      <Show when={failure()}>
        {(shown) => <FailureNote failure={shown()} onRetry={() => void download()} />}
      </Show>
    </section>
  );
}
