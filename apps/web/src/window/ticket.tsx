import type { WindowReason, WindowRevocation, WindowStatus } from '@shiming/domain';
import { Match, Show, Switch } from 'solid-js';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import type { On } from '../form/refusals.ts';
import { QrCode } from '../shared/qr-code.tsx';
import { ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Note, Num } from '../ui/blocks.tsx';
import { zh } from './ticket.zh.ts';

const copy = defineCopy(zh, () => import('./ticket.en.ts'));

type Ticket = {
  code: string;
  status: WindowStatus;
  reason: WindowReason | null;
  expiresAtMs: number;
  decidedAtMs: number | null;
  revokedAtMs: number | null;
  revocation: WindowRevocation | null;
};

/** E-WIN-01: the way to a window, and the ticket that is shown there. */
export function AtWindow(props: {
  ticket: Ticket | null;
  take(): Promise<unknown>;
  seeResult(): Promise<unknown>;
  on: On;
}) {
  const take = createAction(() => props.take(), props.on);
  const see = createAction(() => props.seeResult(), props.on);
  const open = () => {
    const { ticket } = props;
    return ticket?.status === 'open' && ticket.expiresAtMs > serverNow() ? ticket : undefined;
  };
  const decided = () => {
    const { ticket } = props;
    return ticket?.status === 'refused' || ticket?.status === 'passed' ? ticket : undefined;
  };
  return (
    <section class="stack" id="window">
      <h2>{copy().title}</h2>
      <Switch>
        <Match when={decided()}>
          {(ticket) => (
            <Note tone={ticket().status === 'passed' ? 'ok' : 'bad'}>
              <p>
                {(ticket().status === 'passed' ? copy().passed : copy().refused)(
                  formatInstant(ticket().decidedAtMs ?? 0),
                )}{' '}
                {copy().reasons[ticket().reason ?? 'not_online']}
              </p>
            </Note>
          )}
        </Match>
        <Match when={props.ticket?.revocation}>
          {(why) => (
            <Note tone="bad">
              <p>
                {copy().revoked(formatInstant(props.ticket?.revokedAtMs ?? 0))}{' '}
                {copy().revocations[why()]}
              </p>
            </Note>
          )}
        </Match>
        <Match when={props.ticket?.status === 'open' && !open()}>
          <Note tone="warn">{copy().expired}</Note>
        </Match>
      </Switch>
      <p>{copy().text}</p>
      <Show
        when={open()}
        fallback={
          <div class="row">
            <button
              type="button"
              class="btn quiet"
              classList={{ spin: take.isBusy() }}
              aria-disabled={take.isBusy()}
              onClick={() => void take.run()}
            >
              {props.ticket === null ? copy().take : copy().takeAgain}
            </button>
          </div>
        }
      >
        {(ticket) => (
          <div class="card stack">
            <p>{copy().bring}</p>
            <QrCode text={ticket().code} alt={copy().qr(ticket().code)} size={184} />
            <Facts
              rows={[
                { term: copy().code, value: <Num strong>{ticket().code}</Num> },
                { term: copy().until, value: formatInstant(ticket().expiresAtMs) },
              ]}
            />
            <div class="row">
              <button
                type="button"
                class="btn quiet"
                classList={{ spin: see.isBusy() }}
                aria-disabled={see.isBusy()}
                onClick={() => void see.run()}
              >
                {copy().seeResult}
              </button>
            </div>
          </div>
        )}
      </Show>
      <ActionFailure action={take} />
      <ActionFailure action={see} />
    </section>
  );
}
