import { parseVouchAnswers } from '@shiming/domain';
import { Match, Show, Switch } from 'solid-js';
import { api } from '../api.ts';
import '../copy/account-problems.ts';
import '../copy/document-problems.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { usePortal } from '../portal.ts';
import { RecordNeeds } from '../records/needs.tsx';
import { A } from '../router/router.tsx';
import { identityPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { MobileField } from '../shared/mobile.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './by-classmate.zh.ts';

const copy = defineCopy(zh, () => import('./by-classmate.en.ts'));

type Standing = Awaited<ReturnType<typeof api.binding.current.query>>;
type Needs = NonNullable<NonNullable<Standing['classmates']>['needs']>;

/** 证件重复-用户协助 (S-DUP-05): a classmate speaks for somebody who claims a number. */
export function ClaimByClassmate() {
  const read = createRead(() => api.binding.current.query());
  const { numberClaims } = usePortal();
  return (
    <Reading read={read} title={copy().claimTitle}>
      {(now) => (
        <Page
          title={copy().claimTitle}
          lead={copy().claimText(numberClaims.objectWorkingDays)}
          backTo="/account/number"
        >
          <Show when={now().claim} fallback={<p>{copy().noClaim}</p>}>
            {(claim) => (
              <Show
                when={claim().isVouched}
                fallback={
                  <ByClassmate
                    now={now()}
                    needs={now().classmates?.needs ?? null}
                    again={read.again}
                  />
                }
              >
                <Note tone="ok">{copy().vouched}</Note>
              </Show>
            )}
          </Show>
        </Page>
      )}
    </Reading>
  );
}

/** A request to a classmate, from what is in its way to what came of it. */
export function ByClassmate(props: {
  now: Standing;
  needs: Needs | null;
  again: () => Promise<unknown>;
}) {
  const waiting = () => (props.now.request?.status === 'waiting' ? props.now.request : undefined);
  const ended = () => {
    const status = props.now.request?.status;
    return status === undefined || status === 'waiting' ? undefined : copy().ended[status];
  };
  const withdraw = createAction(async () => {
    await api.binding.withdraw.mutate({ vouchId: waiting()?.vouchId ?? '' });
    await props.again();
  }, useSignedIn());
  return (
    <Switch
      fallback={
        <>
          <Show when={ended()}>{(said) => <p class="soft">{said()}</p>}</Show>
          <Ask again={props.again} />
        </>
      }
    >
      <Match when={waiting()}>
        {(request) => (
          <Note>
            <p>
              <Foreign>{copy().asked(request().maskedName, request().maskedMobile)}</Foreign>
            </p>
            <p>{copy().askedText(formatInstant(request().expiresAtMs))}</p>
            <ActionFailure action={withdraw} />
            <div class="row">
              <button type="button" class="btn plain" onClick={() => void withdraw.run()}>
                {copy().withdraw}
              </button>
            </div>
          </Note>
        )}
      </Match>
      <Match when={props.needs === 'consent'}>
        <p>{copy().consent}</p>
        <RecordNeeds needs="consent" onChanged={async () => void (await props.again())} />
      </Match>
      <Match when={props.needs === 'age'}>
        <Note>
          <p>{copy().needs.age}</p>
        </Note>
      </Match>
      <Match when={props.needs !== 'consent' && props.needs !== 'age' && props.needs}>
        {(needs) => (
          <Note>
            <p>{copy().needs[needs()]}</p>
            <A
              href={needs() === 'identity' ? identityPath('/account/binding') : '/account/records'}
            >
              {copy().toNeeds[needs()]}
            </A>
          </Note>
        )}
      </Match>
    </Switch>
  );
}

function Ask(props: { again: () => Promise<unknown> }) {
  const session = useSession();
  const form = createForm({
    initial: { name: '', mobile: '', ownMobile: '' },
    validate: parseVouchAnswers,
    async submit(typed) {
      await api.binding.ask.mutate(typed);
      await props.again();
      await session.refresh();
    },
    on: useSignedIn(),
  });
  return (
    <FormBody of={form} isPart submit={copy().ask}>
      <TextField field={form.field('name')} label={copy().name} />
      <MobileField field={form.field('mobile')} label={copy().mobile} />
      <MobileField
        field={form.field('ownMobile')}
        label={copy().ownMobile}
        hint={copy().ownMobileHint}
      />
    </FormBody>
  );
}
