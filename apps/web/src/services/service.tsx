import { isVerified } from '@shiming/domain';
import { Match, Show, Suspense, Switch } from 'solid-js';
import { A, useParams } from '../router/router.tsx';
import { NotFound } from '../about/not-found.tsx';
import { api, appErrorOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { levelName } from '../copy/levels.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { bilingual, usePortal } from '../portal.ts';
import { verificationPath } from '../session/next.ts';
import { NextStepNote, tellNext } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { Facts, Loading, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './service.zh.ts';

const copy = defineCopy(zh, () => import('./service.en.ts'));

type Answer = 'open' | 'closed' | 'unasked' | 'not_found';

const closedBy = new Set<unknown>([
  'service.not_verified',
  'account.closing',
  'identity.required',
  'binding.required',
]);

/** Asks the gate: open, closed until the person has done the next step (T-ENT-03) or agreed to it, or of no such service. */
async function enter(serviceId: string): Promise<Answer> {
  try {
    await api.entry.enter.query({ serviceId });
    return 'open';
  } catch (error) {
    const code = appErrorOf(error)?.code;
    if (code === 'consent.required') return 'unasked';
    if (closedBy.has(code)) return 'closed';
    if (code === 'request.not_found') return 'not_found';
    throw error;
  }
}

/** The door of one service. */
export function Service() {
  const params = useParams<{ id: string }>();
  useCompleteProfile();
  const session = useSession();
  const gate = createRead(async () => {
    const answer = await enter(params.id);
    if (answer === 'open' || answer === 'not_found') return answer;
    // The next step says what is in the way; where nothing is left, the gate is asked again.
    await session.refresh();
    return session.current()?.next.step === 'use_services' ? enter(params.id) : answer;
  });
  return (
    <Reading read={gate} title={copy().title}>
      {(answer) => (
        <Switch>
          <Match when={answer() === 'not_found'}>
            <NotFound />
          </Match>
          <Match when={answer() === 'closed' || answer() === 'unasked'}>
            <Gate id={params.id} onChange={() => gate.again()} />
          </Match>
          <Match when={answer() === 'open'}>
            <Open id={params.id} />
          </Match>
        </Switch>
      )}
    </Reading>
  );
}

function Gate(props: { id: string; onChange(): Promise<void> }) {
  const path = () => `/services/${props.id}`;
  const session = useSession();
  const step = () => session.current()?.next.step;
  const told = () => {
    const current = session.current();
    return current ? tellNext(current, path()) : undefined;
  };
  const title = () => {
    if (step() === 'verify') return copy().gateTitle;
    if (step() === 'consent') return copy().consentTitle;
    if (step() === 'use_services') return copy().serviceConsentTitle;
    return step() === 'keep_account' ? copy().closingTitle : copy().closedTitle;
  };
  return (
    <Page title={title()} backTo="/">
      <Switch fallback={<Show when={told()}>{(next) => <NextStepNote told={next()} />}</Show>}>
        <Match when={step() === 'consent'}>
          <Suspense fallback={<Loading />}>
            <GiveConsent consent={{ kind: 'document_number' }} onGiven={() => props.onChange()} />
          </Suspense>
        </Match>
        <Match when={step() === 'use_services'}>
          <Suspense fallback={<Loading />}>
            <GiveConsent
              consent={{ kind: 'service', serviceId: props.id }}
              onGiven={() => props.onChange()}
            />
          </Suspense>
        </Match>
        <Match when={step() === 'verify'}>
          <Note tone="warn">{copy().gate}</Note>
          <div class="row">
            <A class="btn" href={verificationPath(path())}>
              {copy().confirm}
            </A>
            <Show when={told()?.also}>
              {(way) => (
                <A class="btn quiet" href={way().path}>
                  {way().label}
                </A>
              )}
            </Show>
          </div>
        </Match>
      </Switch>
      <div class="row">
        <A class="btn plain" href="/">
          {copy().notNow}
        </A>
      </div>
    </Page>
  );
}

function Open(props: { id: string }) {
  const session = useSession();
  const service = () => usePortal().services.find(({ id }) => id === props.id);
  return (
    <Show when={service()}>
      {(found) => (
        <Page
          title={bilingual(found().name)}
          lead={isVerified(found()) ? copy().ready : copy().open}
          backTo="/"
        >
          <Facts
            rows={[
              { term: copy().required, value: levelName(found().level) },
              {
                term: copy().yours,
                value: levelName(
                  session.current()?.level ?? found().level,
                  session.current()?.proved?.by === 'review',
                ),
              },
            ]}
          />
          <Show when={!found().page}>
            <Note>{copy().notConnected}</Note>
          </Show>
          <div class="row">
            <Show when={found().page}>
              {(path) => (
                <A class="btn" href={path()}>
                  {copy().enter}
                </A>
              )}
            </Show>
            <A class="btn plain" href="/account">
              {copy().account}
            </A>
          </div>
        </Page>
      )}
    </Show>
  );
}
