import { stepLine } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { useSession } from '../session/session.tsx';
import { NewTab, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { FlowNotice, useGoOnWhereBegun } from './flow.tsx';
import { zh } from './start.zh.ts';
import { firstStep, pathTo } from './steps.ts';
import { portalWord, usePortal } from '../portal.ts';

const copy = defineCopy(zh, () => import('./start.en.ts'));

/** What one needs; who has begun already goes on where the registration stands. */
export function StartPage() {
  const session = useSession();
  if (useGoOnWhereBegun()) return null;
  const { contacts, flows } = usePortal();
  const count = () => stepLine(flows.register, 'check').of;
  const needs = () => {
    const { document, oneOf, ...each } = copy().needs;
    const isOne = contacts.asks === 'one' && contacts.kinds.length > 1;
    return [
      ...(flows.register.steps.includes('document') ? [document] : []),
      ...(isOne ? [oneOf] : contacts.kinds.map((kind) => each[kind])),
    ];
  };
  return (
    <Page title={copy().title} lead={copy().lead(portalWord('services'), count())} backTo="/">
      <Show when={session.current()} fallback={<FlowNotice />}>
        <Note>
          <p>
            {copy().signedIn} <A href="/account">{copy().toAccount}</A>
          </p>
        </Note>
      </Show>
      <section class="tight">
        <h2>{copy().needTitle}</h2>
        <ul>
          <For each={needs()}>
            {(need) => (
              <li>
                <b>{need.title}</b>
                <br />
                <span class="soft">{need.text}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
      <section class="tight">
        <h2>{copy().keptTitle}</h2>
        <p>{copy().kept}</p>
        <p>
          {copy().privacyBefore}
          <NewTab href="/privacy">{copy().privacy}</NewTab>
        </p>
      </section>
      <div class="row">
        {/* Behind the first step lies the page before this one: with a draft, this one leads back into it. */}
        <A class="btn" href={pathTo(firstStep())} replace>
          {copy().start}
        </A>
        <A href="/login">{copy().signIn}</A>
      </div>
    </Page>
  );
}
