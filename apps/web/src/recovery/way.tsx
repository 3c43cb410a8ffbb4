import { createSignal, For, type JSX, Match, onMount, Switch, untrack } from 'solid-js';
import { A, Navigate } from '../router/router.tsx';
import { api, type Failure, failureOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './by-mail.zh.ts';
import { held, hold, type Recovery } from './held.ts';
import { bySmsPath, endedPath, recoveryCopy, RecoveryStep, startPath } from './shared.tsx';
import { addressOf, usePortal, weChatName } from '../portal.ts';
import { formatSpan } from '../copy/format.ts';

/** The words of the pages about ways and mail. */
export const mailCopy = defineCopy(zh, () => import('./by-mail.en.ts'));
const copy = mailCopy;

const byMailPath = '/recovery/mail';
const byWeChatPath = '/recovery/wechat';

/** A page of a recovery that is on its way; without one it leads to the start, and says so. */
export function WithRecovery(props: {
  title: string;
  children: (recovery: Recovery) => JSX.Element;
}) {
  const [recovery, setRecovery] = createSignal<Recovery | null | undefined>(untrack(held));
  const [failure, setFailure] = createSignal<Failure>();
  const load = async () => {
    setFailure(undefined);
    try {
      const found = await api.recovery.current.query();
      hold(found ?? undefined);
      setRecovery(() => found);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  onMount(() => void (recovery() === undefined && load()));
  return (
    <Switch fallback={<Loading />}>
      <Match when={failure()}>
        {(failed) => (
          <Page title={props.title}>
            <FailureNote failure={failed()} onRetry={() => void load()} />
          </Page>
        )}
      </Match>
      <Match when={recovery() === null}>
        <Navigate href={endedPath} />
      </Match>
      <Match when={recovery()}>{(found) => props.children(found())}</Match>
    </Switch>
  );
}

/** T-PWD-01, step 2: the ways there are, masked, shown only after all three facts were right. */
export function WayPage() {
  return (
    <WithRecovery title={copy().wayTitle}>
      {({ maskedMobile, maskedEmail, isMobileProved, hasWeChat }) => {
        const ways = () => [
          ...(isMobileProved
            ? [
                {
                  path: bySmsPath,
                  title: copy().bySms,
                  text: copy().bySmsText(maskedMobile, formatSpan(usePortal().codes.sms.validMs)),
                },
              ]
            : []),
          {
            path: byMailPath,
            title: copy().byMail,
            text: copy().byMailText(maskedEmail, formatSpan(usePortal().recovery.link.validMs)),
          },
          ...(hasWeChat && weChatName() !== ''
            ? [{ path: byWeChatPath, title: copy().byWeChat, text: copy().byWeChatText }]
            : []),
        ];
        return (
          <Page
            title={copy().wayTitle}
            lead={copy().wayLead}
            backTo={startPath}
            step={<RecoveryStep of="proof" />}
          >
            <For each={ways()}>
              {(way) => (
                <section class="card stack">
                  <div class="tight">
                    <h2>{way.title}</h2>
                    <p class="soft">{way.text}</p>
                  </div>
                  <A
                    class="btn quiet"
                    href={way.path}
                    aria-label={`${copy().choose}: ${way.title}`}
                  >
                    {copy().choose}
                  </A>
                </section>
              )}
            </For>
            <p>
              <a href={addressOf('/help#recovery')} target="_blank" rel="noopener">
                {copy().neither}
                <span class="seen-by-readers">{recoveryCopy().newTab}</span>
              </a>
            </p>
          </Page>
        );
      }}
    </WithRecovery>
  );
}
