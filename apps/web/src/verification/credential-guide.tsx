import { networkCredential } from '@shiming/domain';
import { For } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate } from '../copy/format.ts';
import { Foreign } from '../ui/foreign.tsx';
import { zh } from './credential-guide.zh.ts';

const copy = defineCopy(zh, () => import('./credential-guide.en.ts'));

/** 《居民身份证网上功能凭证开通指南》 (T-VER-05a): how 网证 is opened, with the day on which that was checked. */
export function CredentialGuide() {
  const { appName, formerAppName, helpline, checkedOn } = networkCredential;
  const ways = () => [
    { title: copy().appTitle(appName, formerAppName), steps: copy().app(appName) },
    { title: copy().platformTitle, steps: copy().platform },
  ];
  return (
    <div class="stack">
      <div class="grid">
        <For each={ways()}>
          {({ title, steps }) => (
            <div class="card tight">
              <h3>
                <Foreign>{title}</Foreign>
              </h3>
              <ol>
                <For each={steps}>
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
        <Foreign>{copy().notes(helpline, formatDate(checkedOn))}</Foreign>
      </p>
    </div>
  );
}
