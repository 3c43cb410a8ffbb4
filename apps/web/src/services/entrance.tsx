import { Show } from 'solid-js';
import { NotFound } from '../about/not-found.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { useOperator } from '../operator.ts';
import { bilingual, portalWord, usePortal } from '../portal.ts';
import { A, useLocation, useParams, useSearchParams } from '../router/router.tsx';
import { signInPath } from '../session/next.ts';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { returnAddress } from '../shared/return-address.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './entrance.zh.ts';

const copy = defineCopy(zh, () => import('./entrance.en.ts'));

/** S-REG-07: where a related site sends its people; `?return=` is the address to which they go back from here. */
export function Entrance() {
  const params = useParams<{ id: string }>();
  const location = useLocation();
  const session = useSession();
  const here = () => location.pathname + location.search;
  const next = useNextStep(here());
  const found = () => usePortal().entrances.find(({ id }) => id === params.id);
  return (
    <Show when={found()} fallback={<NotFound />}>
      {(entrance) => (
        <Page
          title={copy().title(bilingual(entrance().name))}
          lead={copy().lead(portalWord('fullName'))}
        >
          <Show
            when={session.current()}
            fallback={
              <>
                <p>{copy().once}</p>
                <div class="row">
                  <A class="btn" href="/register">
                    {copy().register}
                  </A>
                  <A class="btn quiet" href={signInPath(here())}>
                    {copy().signIn}
                  </A>
                </div>
              </>
            }
          >
            {(current) => (
              <>
                <Show
                  when={current().next.step !== 'use_services' && next()}
                  fallback={<Note tone="ok">{copy().ready}</Note>}
                >
                  {(told) => <NextStepNote told={told()} />}
                </Show>
                <Back site={bilingual(entrance().name)} id={entrance().id} />
              </>
            )}
          </Show>
        </Page>
      )}
    </Show>
  );
}

/** The way back, where the operator has registered an address that it lies below. */
function Back(props: { site: string; id: string }) {
  const [query] = useSearchParams<{ return: string }>();
  const operator = useOperator();
  const registered = () => operator()?.links.returns[props.id];
  const address = (known: readonly string[]) =>
    query.return === undefined ? known[0] : returnAddress(query.return, known);
  return (
    <Show when={registered()}>
      {(known) => (
        <>
          <Show when={address(known())} fallback={<p>{copy().byHand(props.site)}</p>}>
            {(to) => (
              <div class="row">
                <a class="btn quiet" href={to()} rel="external noreferrer">
                  {copy().back(props.site)}
                </a>
                <span class="soft small">{copy().leadsTo(new URL(to()).host)}</span>
              </div>
            )}
          </Show>
          <Show when={query.return !== undefined && address(known()) === undefined}>
            <Note tone="warn">{copy().notRegistered}</Note>
          </Show>
        </>
      )}
    </Show>
  );
}
