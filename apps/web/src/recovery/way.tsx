import { For } from 'solid-js';
import { A } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { faceFor } from '../session/next.ts';
import { mailCopy as copy } from './mail-copy.ts';
import { bySmsPath, RecoveryStep, startPath } from './shared.tsx';
import { WithRecovery } from './with-recovery.tsx';
import { usePortal, weChatName } from '../portal.ts';
import { formatSpan } from '../copy/spans.ts';
import { NewTab } from '../ui/blocks.tsx';

const byMailPath = '/recovery/mail';
const byWeChatPath = '/recovery/wechat';

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
          ...(maskedEmail === ''
            ? []
            : [
                {
                  path: byMailPath,
                  title: copy().byMail,
                  text: copy().byMailText(
                    maskedEmail,
                    formatSpan(usePortal().recovery.link.validMs),
                  ),
                },
              ]),
          ...(hasWeChat && weChatName() !== ''
            ? [{ path: byWeChatPath, title: copy().byWeChat, text: copy().byWeChatText }]
            : []),
          ...(usePortal().face
            ? [{ path: faceFor('recover'), title: copy().byFace, text: copy().byFaceText }]
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
              <NewTab href="/help#recovery">{copy().neither}</NewTab>
            </p>
          </Page>
        );
      }}
    </WithRecovery>
  );
}
