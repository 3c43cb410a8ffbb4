import { arrivalValidMs } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { zh } from './ministry.zh.ts';

const copy = defineCopy(zh, () => import('./ministry.en.ts'));

const path = '/account/ministry';

/** T-REG-15: the account of the ministry by which the account is signed in to. */
export function MinistryLink() {
  useCompleteProfile();
  const current = createRead(() => api.ministry.current.query());
  const [isAsking, setAsking] = createSignal(false);
  const [isGone, setGone] = createSignal(false);
  const begin = createAction(async () => {
    const { url } = await api.ministry.begin.mutate({ purpose: 'link' });
    location.assign(url);
  });
  const unlink = createAction(
    async () => {
      await api.ministry.unlink.mutate();
      setGone(true);
      await current.again();
    },
    useProved(() => 'unlink'),
  );
  goOnAfterProof(path, 'unlink', unlink.run);
  return (
    <Reading read={current} title={copy().page}>
      {(now) => (
        <Show
          when={now().linkedAtMs}
          fallback={
            <Page title={copy().page} lead={copy().noneLead} backTo="/account">
              <Show when={isGone()}>
                <div role="status">
                  <Note tone="ok">{copy().unlinked}</Note>
                </div>
              </Show>
              <p class="soft">{copy().told(arrivalValidMs / 60_000)}</p>
              <ActionButton action={begin}>{copy().beginLink}</ActionButton>
              <ActionFailure action={begin} />
            </Page>
          }
        >
          {(atMs) => (
            <Page title={copy().page} lead={copy().linkedLead} backTo="/account">
              <Facts rows={[{ term: copy().since, value: formatInstant(atMs()) }]} />
              <ActionFailure action={unlink} />
              <button type="button" class="btn plain" onClick={() => setAsking(true)}>
                {copy().unlink}
              </button>
              <Show when={isAsking()}>
                <Confirm
                  title={copy().unlinkTitle}
                  action={unlink}
                  confirm={copy().unlink}
                  cancel={copy().cancel}
                  onClose={() => setAsking(false)}
                >
                  <p>{copy().unlinkText}</p>
                </Confirm>
              </Show>
            </Page>
          )}
        </Show>
      )}
    </Reading>
  );
}
