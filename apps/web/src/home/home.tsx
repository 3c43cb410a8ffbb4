import { For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { type Operator, useOperator } from '../operator.ts';
import { bilingual, usePortal } from '../portal.ts';
import { signInPath } from '../session/next.ts';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './home.zh.ts';

const copy = defineCopy(zh, () => import('./home.en.ts'));

/** What somebody without an account has to do, step by step. */
function stepsHere() {
  const { flows, needs, services } = usePortal();
  if (flows.register.steps.includes('verify')) return ['checked', 'raise', 'use'] as const;
  if (flows.register.steps[0] === 'document') return ['document', 'verify', 'use'] as const;
  const verify = services.some(({ level }) => level > 2) ? (['verify'] as const) : [];
  return ['contact', ...needs, ...verify, 'use'] as const;
}

/** 网上办事: the services, each with its own entry (T-ENT-01), and what the person still has to do before. */
export function Home() {
  const session = useSession();
  const next = useNextStep();
  const operator = useOperator();
  const entry = (id: string) =>
    session.current() === null ? signInPath(`/services/${id}`) : `/services/${id}`;
  return (
    <Page wide title={copy().title} lead={copy().lead}>
      <Show when={next()}>{(told) => <NextStepNote told={told()} />}</Show>
      <div class="grid">
        <For each={usePortal().services}>
          {(service) => (
            <section class="card stack">
              <div class="tight">
                <h2>{bilingual(service.name)}</h2>
                <p class="soft">{bilingual(service.summary)}</p>
              </div>
              <div class="row links">
                <A
                  class="btn"
                  href={entry(service.id)}
                  aria-label={copy().openService(bilingual(service.name))}
                >
                  {copy().open}
                </A>
                <Show when={operator()?.links.manuals[service.id]}>
                  {(manual) => (
                    <a href={manual()} rel="external">
                      {copy().manual(bilingual(service.name))}
                    </a>
                  )}
                </Show>
              </div>
            </section>
          )}
        </For>
      </div>
      <Show when={session.current() === null}>
        <section class="first-time">
          <h2>{copy().firstTime}</h2>
          <ol class="steps">
            <For each={stepsHere()}>
              {(step) => (
                <li>
                  <b>{copy().steps[step].title}</b>
                  <span class="soft">{copy().steps[step].text}</span>
                </li>
              )}
            </For>
          </ol>
          <div class="row links">
            <A class="btn quiet" href="/register">
              {copy().register}
            </A>
            <A href="/login">{copy().signIn}</A>
          </div>
        </section>
      </Show>
      <Show when={usePortal().entrances.length > 0}>
        <section class="tight">
          <h2>{copy().entrances}</h2>
          <p class="soft">{copy().entrancesText}</p>
          <div class="row links">
            <For each={usePortal().entrances}>
              {({ id, name }) => <A href={`/enter/${id}`}>{bilingual(name)}</A>}
            </For>
          </div>
        </section>
      </Show>
      <Show when={(operator()?.others.length ?? 0) > 0 && operator()?.others}>
        {(others) => (
          <section class="tight">
            <h2>{copy().others}</h2>
            <div class="row links">
              <For each={others()}>
                {({ name, address }) => (
                  <a href={address} target="_self">
                    {bilingual(name)}
                  </a>
                )}
              </For>
            </div>
          </section>
        )}
      </Show>
      <Show when={operator()?.links}>{(links) => <Elsewhere {...links()} />}</Show>
    </Page>
  );
}

/** Pages of other systems, where the operator names them (T-ENT-08). */
function Elsewhere(props: Operator['links']) {
  const links = () =>
    [
      { href: props.ownCertificate, text: copy().ownCertificate },
      { href: props.anyCertificate, text: copy().anyCertificate },
      { href: props.news, text: copy().news },
    ].flatMap(({ href, text }) => (href === null ? [] : [{ href, text }]));
  return (
    <Show when={links().length > 0}>
      <section class="tight">
        <h2>{copy().elsewhere}</h2>
        <div class="row links">
          <For each={links()}>
            {({ href, text }) => (
              <a href={href} rel="external">
                {text}
              </a>
            )}
          </For>
        </div>
      </section>
    </Show>
  );
}
