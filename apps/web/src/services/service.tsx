import { A, useParams } from '@solidjs/router';
import { Match, Show, Suspense, Switch } from 'solid-js';
import { NotFound } from '../about/not-found.tsx';
import { api, appErrorOf } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { bilingual, usePortal } from '../portal.ts';
import { verificationPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, Reading, useCompleteProfile } from '../session/signed-in.tsx';
import { Facts, Loading, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './service.zh.ts';

const copy = defineCopy(zh, () => import('./service.en.ts'));

type Answer = 'open' | 'not_verified' | 'no_consent' | 'closing' | 'not_found';

/**
 * What the gate says: open; closed until the person is verified (T-ENT-03), has consented, or wants to keep the
 * account; or that there is no such service.
 */
async function enter(serviceId: string): Promise<Answer> {
  try {
    await api.entry.enter.query({ serviceId });
    return 'open';
  } catch (error) {
    const code = appErrorOf(error)?.code;
    if (code === 'service.not_verified') return 'not_verified';
    if (code === 'consent.required') return 'no_consent';
    if (code === 'account.closing') return 'closing';
    if (code === 'request.not_found') return 'not_found';
    throw error;
  }
}

/** The door of one service. */
export function Service() {
  const params = useParams<{ id: string }>();
  useCompleteProfile();
  const gate = createRead(() => enter(params.id));
  return (
    <Reading read={gate} title={copy().title}>
      {(answer) => (
        <Switch>
          <Match when={answer() === 'not_found'}>
            <NotFound />
          </Match>
          <Match when={answer() === 'not_verified'}>
            <Gate path={`/services/${params.id}`} />
          </Match>
          <Match when={answer() === 'no_consent'}>
            <Page title={copy().consentTitle} backTo="/">
              <Suspense fallback={<Loading />}>
                <GiveConsent onGiven={() => gate.again()} />
              </Suspense>
            </Page>
          </Match>
          <Match when={answer() === 'closing'}>
            <Page title={copy().closingTitle} backTo="/">
              <Note tone="warn">{failureSentence({ code: 'account.closing' })}</Note>
              <ToData />
            </Page>
          </Match>
          <Match when={answer() === 'open'}>
            <Open id={params.id} />
          </Match>
        </Switch>
      )}
    </Reading>
  );
}

function ToData() {
  return (
    <div class="row">
      <A class="btn" href="/account/data#consents">
        {copy().toData}
      </A>
      <A class="btn plain" href="/">
        {copy().notNow}
      </A>
    </div>
  );
}

function Gate(props: { path: string }) {
  return (
    <Page title={copy().gateTitle} backTo="/">
      <Note tone="warn">{copy().gate}</Note>
      <div class="row">
        <A class="btn" href={verificationPath(props.path)}>
          {copy().confirm}
        </A>
        <A class="btn plain" href="/">
          {copy().notNow}
        </A>
      </div>
    </Page>
  );
}

const level = (at: number) => copy().level(at, copy().levels[at] ?? '');

function Open(props: { id: string }) {
  const session = useSession();
  const service = () => usePortal().services.find(({ id }) => id === props.id);
  return (
    <Show when={service()}>
      {(found) => (
        <Page title={bilingual(found().name)} lead={copy().ready} backTo="/">
          <Facts
            rows={[
              { term: copy().required, value: level(found().level) },
              {
                term: copy().yours,
                value: level(session.current()?.level ?? found().level),
              },
            ]}
          />
          <Note>{copy().notConnected}</Note>
          <div class="row">
            <A class="btn plain" href="/account">
              {copy().account}
            </A>
          </div>
        </Page>
      )}
    </Show>
  );
}
