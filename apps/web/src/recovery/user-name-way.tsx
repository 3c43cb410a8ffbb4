import type { ContactKind } from '@shiming/domain';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { usePortal } from '../portal.ts';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { findCopy as copy, findEndedPath, findPath, FindStep } from './find-shared.tsx';
import { hold, type Recovery } from './held.ts';
import { startPath, useRecovery } from './shared.tsx';
import { WithRecovery } from './with-recovery.tsx';

type Found = Awaited<ReturnType<typeof api.recovery.tellUserNames.mutate>>;

/** A code to a contact of the account, and then the user names in full. */
export function UserNameWayPage() {
  const [by, setBy] = createSignal<ContactKind>();
  const [found, setFound] = createSignal<Found>();
  return (
    <Switch
      fallback={
        <WithRecovery title={copy().wayTitle} ended={findEndedPath}>
          {(recovery) => (
            <Show
              when={by()}
              keyed
              fallback={<Ways recovery={recovery} onChoose={(kind) => setBy(kind)} />}
            >
              {(kind) => (
                <ByCode
                  recovery={recovery}
                  by={kind}
                  onOther={() => setBy(undefined)}
                  onFound={(names) => setFound(names)}
                />
              )}
            </Show>
          )}
        </WithRecovery>
      }
    >
      <Match when={found()}>{(names) => <UserNames {...names()} />}</Match>
    </Switch>
  );
}

function Ways(props: { recovery: Recovery; onChoose(by: ContactKind): void }) {
  const { maskedMobile, maskedEmail, isMobileProved, getsMailCode } = props.recovery;
  const ways = () => [
    ...(isMobileProved
      ? [{ by: 'mobile' as const, title: copy().bySms, masked: maskedMobile }]
      : []),
    ...(getsMailCode ? [{ by: 'email' as const, title: copy().byMail, masked: maskedEmail }] : []),
  ];
  return (
    <Page title={copy().wayTitle} backTo={findPath} step={<FindStep of="proof" />}>
      <For
        each={ways()}
        fallback={
          <Note tone="warn">
            <p>
              {copy().none} <A href="/tickets/new">{copy().contact}</A>
            </p>
          </Note>
        }
      >
        {({ by, title, masked }) => (
          <section class="card stack">
            <div class="tight">
              <h2>{title}</h2>
              <p class="soft">{copy().to(masked)}</p>
            </div>
            <button
              type="button"
              class="btn quiet"
              aria-label={`${copy().choose}: ${title}`}
              onClick={() => props.onChoose(by)}
            >
              {copy().choose}
            </button>
          </section>
        )}
      </For>
    </Page>
  );
}

function ByCode(props: {
  recovery: Recovery;
  by: ContactKind;
  onOther(): void;
  onFound(found: Found): void;
}) {
  const { by } = props;
  const { maskedMobile, maskedEmail, remainingToday } = props.recovery;
  return (
    <CodePage
      title={by === 'mobile' ? copy().bySms : copy().byMail}
      backTo={findPath}
      step={<FindStep of="proof" />}
      channel={by === 'mobile' ? 'sms' : 'mail'}
      masked={by === 'mobile' ? maskedMobile : maskedEmail}
      code={null}
      remainingToday={by === 'mobile' ? remainingToday : usePortal().codes.mail.perDay}
      purpose="recover"
      send={async (ticket) => {
        const { outcome, recovery } = await api.recovery.sendCode.mutate({ ticket, by });
        hold(recovery);
        return { outcome, code: recovery.code, remainingToday: recovery.remainingToday };
      }}
      enter={async ({ code }) => {
        props.onFound(await api.recovery.tellUserNames.mutate({ code }));
      }}
      on={useRecovery(findEndedPath)}
      button={copy().button}
      otherWay={
        <button type="button" class="link" onClick={() => props.onOther()}>
          {copy().other}
        </button>
      }
    />
  );
}

function UserNames(props: Found) {
  const rows = () =>
    [
      { term: copy().mobile, value: props.mobile },
      { term: copy().email, value: props.email },
    ].flatMap(({ term, value }) => (value === '' ? [] : [{ term, value: <Num>{value}</Num> }]));
  return (
    <Page title={copy().foundTitle} lead={rows().length > 0 ? copy().foundLead : undefined}>
      <Show when={rows().length > 0} fallback={<Note>{copy().byNumber}</Note>}>
        <Facts rows={rows()} />
      </Show>
      <div class="row">
        <A class="btn" href="/login">
          {copy().toSignIn}
        </A>
        <A class="btn plain" href={startPath}>
          {copy().toReset}
        </A>
      </div>
    </Page>
  );
}
