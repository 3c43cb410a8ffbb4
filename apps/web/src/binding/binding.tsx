import { type JSX, Show } from 'solid-js';
import { A, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { createRead } from '../session/signed-in.tsx';
import { ownPath } from '../shared/own-path.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { zh } from './binding.zh.ts';
import { ByClassmate } from './by-classmate.tsx';

const copy = defineCopy(zh, () => import('./binding.en.ts'));

const dayMs = 24 * 3_600_000;

/** S-BND: the ways to bind real-name information; one is enough, once no number is claimed (S-DUP-03a). `?next=` is where the person came from. */
export function Binding() {
  const read = createRead(() => api.binding.current.query());
  const [query] = useSearchParams<{ next: string }>();
  return (
    <Reading read={read} title={copy().title}>
      {(now) => (
        <Show
          when={!now().isBound}
          fallback={
            <Page title={copy().title}>
              <Note tone="ok">
                <p>{copy().bound}</p>
              </Note>
              <div class="row">
                <A class="btn" href={ownPath(query.next) ?? '/account'}>
                  {copy().goOn}
                </A>
              </div>
            </Page>
          }
        >
          <Show
            when={now().claim === null}
            fallback={
              <Page title={copy().title} backTo="/account">
                <Note>
                  <p>{copy().claimFirst}</p>
                </Note>
                <div class="row">
                  <A class="btn" href="/account/number">
                    {copy().toClaim}
                  </A>
                </div>
              </Page>
            }
          >
            <Page title={copy().title} lead={copy().lead} backTo="/account">
              <Way
                title={copy().byMobile}
                text={copy().byMobileText}
                path="/account/mobile"
                action={copy().byMobileAction}
              />
              <Way
                title={copy().byMail}
                text={copy().byMailText}
                path="/account/email"
                action={copy().byMailAction}
              >
                <Show when={now().isMailBoundElsewhere}>
                  <Note tone="warn">
                    <p>{copy().byMailElsewhere}</p>
                  </Note>
                </Show>
              </Way>
              <Show when={now().classmates}>
                {(classmates) => (
                  <section class="stack">
                    <h2>{copy().byClassmate}</h2>
                    <p>{copy().byClassmateText((usePortal().vouching?.boundForMs ?? 0) / dayMs)}</p>
                    <ByClassmate now={now()} needs={classmates().needs} again={read.again} />
                  </section>
                )}
              </Show>
            </Page>
          </Show>
        </Show>
      )}
    </Reading>
  );
}

function Way(props: {
  title: string;
  text: string;
  path: string;
  action: string;
  children?: JSX.Element;
}) {
  return (
    <section class="card stack">
      <div class="tight">
        <h2>{props.title}</h2>
        <p class="soft">{props.text}</p>
      </div>
      {props.children}
      <A class="btn quiet" href={props.path}>
        {props.action}
      </A>
    </section>
  );
}
