import { For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { portalWord, usePortal } from '../portal.ts';
import { useSession } from '../session/session.tsx';
import { NewTab, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FlowNotice, useGoOnWhereBegun } from './flow.tsx';
import { firstStep, pathTo } from './steps.ts';
import { zh } from './usage-notice.zh.ts';

const copy = defineCopy(zh, () => import('./usage-notice.en.ts'));

/** 系统使用须知 (E-REG-01a), which stands before a registration; one that has begun goes on where it was. */
export function UsageNotice() {
  const session = useSession();
  if (useGoOnWhereBegun()) return null;
  const parts = () =>
    copy().parts({
      services: portalWord('services'),
      perDay: usePortal().verification.perDay,
    });
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/">
      <Show when={session.current()} fallback={<FlowNotice />}>
        <Note>
          <p>
            {copy().signedIn} <A href="/account">{copy().toAccount}</A>
          </p>
        </Note>
      </Show>
      <For each={parts()}>
        {({ title, text }, at) => (
          <section class="tight">
            <h2>{title}</h2>
            <p>
              {text}
              <Show when={at() === parts().length - 1}>
                <NewTab href="/privacy">{copy().privacy}</NewTab>
              </Show>
            </p>
          </section>
        )}
      </For>
      <div class="row">
        <A class="btn" href={pathTo(firstStep())} replace>
          {copy().register}
        </A>
        <A href="/login">{copy().signIn}</A>
      </div>
    </Page>
  );
}
