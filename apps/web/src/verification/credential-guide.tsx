import type { CredentialGuide as Guide } from '@shiming/domain';
import { createSignal, For, onMount } from 'solid-js';
import { api } from '../api.ts';
import { builtInCheckedOn, textsIn } from '../copy/credential-guide.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { zh } from '../copy/documents.credential.zh.ts';
import { formatDate } from '../copy/format.ts';
import { language } from '../copy/language.ts';
import { Foreign } from '../ui/foreign.tsx';
import { zh as frame } from './credential-frame.zh.ts';

const copy = defineCopy(zh, () => import('../copy/documents.credential.en.ts'));
const words = defineCopy(frame, () => import('./credential-frame.en.ts'));

/**
 * 《居民身份证网上功能凭证开通指南》 (T-VER-05a): how 网证 is opened, with the day on which that was checked. What an administrator
 * has changed takes the place of what the product says, once it is here.
 */
export function CredentialGuide(props: { hasDocuments?: boolean }) {
  const [changed, setChanged] = createSignal<Guide>();
  onMount(() => {
    // Without it the page says what it says anyway.
    void api.networkCredential.current.query().then(
      ({ guide }) => setChanged(() => guide ?? undefined),
      () => {},
    );
  });
  const guide = () => {
    const now = changed();
    return now === undefined
      ? { ...copy(), checkedOn: builtInCheckedOn }
      : { ...textsIn(now, language()), checkedOn: now.checkedOn };
  };
  const ways = () =>
    [
      { title: guide().firstTitle, steps: guide().firstSteps },
      { title: guide().secondTitle, steps: guide().secondSteps },
    ].filter(({ title }) => title !== '');
  return (
    <div class="stack">
      {props.hasDocuments === true && (
        <p>
          {words().documents}
          <Foreign>{guide().documents}</Foreign>
          {words().stop}
        </p>
      )}
      <div class="grid">
        <For each={ways()}>
          {({ title, steps }, at) => (
            <div class="card tight">
              <h3>
                <Foreign>{words().way(at() + 1, title)}</Foreign>
              </h3>
              <ol>
                <For each={steps.split('\n')}>
                  {(step) => (
                    <li>
                      <Foreign>{step}</Foreign>
                    </li>
                  )}
                </For>
              </ol>
            </div>
          )}
        </For>
      </div>
      <p class="soft">
        <Foreign>{`${guide().notes}${words().checked(formatDate(guide().checkedOn))}`}</Foreign>
      </p>
    </div>
  );
}
