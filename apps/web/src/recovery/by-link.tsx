import { parsePasswordAnswers } from '@shiming/domain';
import { A, useNavigate } from '@solidjs/router';
import { Match, onMount, Switch } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { createForm } from '../form/create-form.ts';
import { takeLinkSecret } from '../link-secret.ts';
import { useSession } from '../session/session.tsx';
import { createStages } from '../stages.ts';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { donePath, startPath } from './shared.tsx';
import { mailCopy as copy } from './way.tsx';

type State =
  | { at: 'opening' }
  | { at: 'failed'; failure: Failure }
  | { at: 'dead'; failure: Failure & { code: 'link.used' | 'link.expired' } }
  | { at: 'open'; maskedNumber: string };

const deadOf = (error: unknown): State | null => {
  const refusal = appErrorOf(error);
  return refusal?.code === 'link.used' || refusal?.code === 'link.expired'
    ? { at: 'dead', failure: refusal }
    : null;
};

/** T-PWD-02: the page a mail's link opens. The server looks at its secret only when this page posts it. */
export function ByLinkPage() {
  const link = takeLinkSecret();
  const [as, setState] = createStages<State>({ at: 'opening' });
  const open = async () => {
    setState({ at: 'opening' });
    try {
      const { maskedNumber } = await api.recovery.openLink.mutate({ link });
      setState({ at: 'open', maskedNumber });
    } catch (error) {
      setState(deadOf(error) ?? { at: 'failed', failure: failureOf(error) });
    }
  };
  onMount(() => void open());
  return (
    <Switch fallback={<Loading />}>
      <Match when={as('failed')}>
        {(failed) => (
          <Page title={copy().linkTitle}>
            <FailureNote failure={failed().failure} onRetry={() => void open()} />
          </Page>
        )}
      </Match>
      <Match when={as('dead')}>
        {(dead) => {
          const isUsed = () => dead().failure.code === 'link.used';
          return (
            <Page title={isUsed() ? copy().usedTitle : copy().expiredTitle}>
              <p>{failureSentence(dead().failure)}</p>
              <div class="row">
                <A class="btn" href={isUsed() ? '/login' : startPath}>
                  {isUsed() ? copy().toSignIn : copy().startAgain}
                </A>
                <A class="btn plain" href={isUsed() ? startPath : '/login'}>
                  {isUsed() ? copy().startAgain : copy().toSignIn}
                </A>
              </div>
            </Page>
          );
        }}
      </Match>
      <Match when={as('open')}>
        {(opened) => (
          <Choose
            link={link}
            maskedNumber={opened().maskedNumber}
            onDead={(dead) => setState(dead)}
          />
        )}
      </Match>
    </Switch>
  );
}

function Choose(props: { link: string; maskedNumber: string; onDead(dead: State): void }) {
  const navigate = useNavigate();
  const session = useSession();
  const form = createForm({
    initial: { password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, {}),
    async submit(typed) {
      try {
        await api.recovery.resetByLink.mutate({ ...typed, link: props.link });
      } catch (error) {
        const dead = deadOf(error);
        if (dead === null) throw error;
        props.onDead(dead);
        return;
      }
      await session.refresh();
      navigate(donePath, { replace: true, state: { isDone: true } });
    },
  });
  return (
    <Page
      title={copy().linkTitle}
      lead={
        <>
          {copy().account}
          <b class="num">{props.maskedNumber}</b>
        </>
      }
      form={form}
    >
      <form class="stack" novalidate onSubmit={(event) => form.submit(event)}>
        <NewPassword
          form={form}
          label={copy().password}
          hint={copy().hint}
          again={copy().passwordAgain}
        />
        <SubmitButton isBusy={form.isSubmitting()}>{copy().reset}</SubmitButton>
      </form>
    </Page>
  );
}
