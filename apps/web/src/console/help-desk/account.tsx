import { type AccountField, accountFieldIds, groupCaseNumber } from '@shiming/domain';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { useParams } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { documents } from '../../copy/documents.ts';
import { levelCopy, levelName } from '../../copy/levels.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { caseCopy } from '../case/case-copy.ts';
import { CorrectionForm } from './correction-form.tsx';
import { helpDeskCopy as copy, labelOf } from './help-desk-copy.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { StatusForm } from './status-form.tsx';
import { changeWords } from './change-words.ts';

export type AccountView = Awaited<ReturnType<typeof api.helpDesk.account.mutate>>;

/** T-CON-08: an account, masked; each item in full only with a reason. */
export function FoundAccount() {
  const params = useParams<{ accountId: string }>();
  const account = useAsked(
    () => ['help-desk', 'account', params.accountId],
    () => api.helpDesk.account.mutate({ accountId: params.accountId }),
    { isRecorded: true },
  );
  return (
    <Page title={copy().accountTitle} backTo="/help-desk" wide>
      <Reading read={account}>
        {(view) => (
          <>
            <Show when={view().status !== 'closed' && view().cancellationDueAtMs}>
              {(dueAtMs) => <Note tone="warn">{copy().closing(formatInstant(dueAtMs()))}</Note>}
            </Show>
            <Show when={view().status === 'suspended'}>
              <Note tone="warn">{copy().suspended}</Note>
            </Show>
            <Identity view={view()} />
            <div class="beside-form">
              <div class="stack">
                <Show when={view().status === 'active'}>
                  <CorrectionForm account={view()} />
                </Show>
                <Show
                  when={view().status === 'active'}
                  fallback={<StatusForm accountId={view().accountId} kind="restore" />}
                >
                  <StatusForm accountId={view().accountId} kind="suspend" />
                </Show>
              </div>
              <div class="stack">
                <Changes view={view()} />
                <Reviews view={view()} />
                <Verifications view={view()} />
                <Show when={view().faces.length > 0}>
                  <Faces view={view()} />
                </Show>
              </div>
            </div>
          </>
        )}
      </Reading>
    </Page>
  );
}

function Identity(props: { view: AccountView }) {
  const [asked, setAsked] = createSignal<AccountField>();
  const [shown, setShown] = createSignal<Partial<Record<AccountField, string>>>({});
  const level = () => {
    const { level: now, proved } = props.view;
    const name = levelName(now, proved?.by === 'review');
    if (proved === null) return name;
    const { atMs, untilMs } = proved;
    return `${name}，${copy().verifiedAt(formatDay(atMs), untilMs === null ? null : formatDay(untilMs - 1))}`;
  };
  const status = () => {
    const name = copy().accountStatuses[props.view.status];
    const { restorableUntilMs } = props.view;
    return restorableUntilMs === null
      ? name
      : `${name}，${copy().restorable(formatInstant(restorableUntilMs))}`;
  };
  const items = () =>
    accountFieldIds.flatMap((item) => {
      const masked = props.view.masked[item];
      if (masked === null) return [];
      const full = shown()[item];
      return [
        {
          term: labelOf(item),
          value: (
            <span class="num">
              <Foreign>{full ?? masked}</Foreign>
            </span>
          ),
          action:
            full === undefined ? (
              <button
                type="button"
                class="link"
                aria-label={copy().showLabel(labelOf(item))}
                onClick={() => setAsked(item)}
              >
                {copy().show}
              </button>
            ) : undefined,
        },
      ];
    });
  return (
    <section class="stack">
      <h2>{copy().identity}</h2>
      <p class="soft">{copy().identityNote}</p>
      <Facts
        rows={[
          { term: copy().status, value: status() },
          ...(props.view.documentType === null
            ? []
            : [
                {
                  term: copy().documentType,
                  value: documents().types[props.view.documentType],
                },
              ]),
          ...items(),
          { term: levelCopy().term, value: level() },
          { term: copy().createdAt, value: formatInstant(props.view.createdAtMs) },
          {
            term: copy().weChat,
            value:
              props.view.weChatBoundAtMs === null
                ? copy().notBound
                : copy().bound(formatDay(props.view.weChatBoundAtMs)),
          },
          {
            term: copy().ministry,
            value:
              props.view.ministryLinkedAtMs === null
                ? copy().notLinked
                : copy().linked(formatDay(props.view.ministryLinkedAtMs)),
          },
        ]}
      />
      <Show when={asked()} keyed>
        {(item) => (
          <RevealDialog
            title={copy().revealTitle(labelOf(item))}
            onCancel={() => setAsked(undefined)}
            onReason={async (why) => {
              const { accountId } = props.view;
              const { value } = await api.helpDesk.reveal.mutate({ accountId, item, ...why });
              setShown((before) => ({ ...before, [item]: value }));
              setAsked(undefined);
            }}
          />
        )}
      </Show>
    </section>
  );
}

/** A table under a heading, with a word where there is nothing. */
function Listed<T>(props: {
  title: string;
  columns: readonly string[];
  rows: readonly T[];
  children(row: T): readonly JSX.Element[];
}) {
  return (
    <section class="stack">
      <h2>{props.title}</h2>
      <Show when={props.rows.length > 0} fallback={<p class="soft">{copy().nothing}</p>}>
        <table class="list">
          <thead>
            <tr>
              <For each={props.columns}>{(name) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>
              {(row) => (
                <tr>
                  <For each={props.children(row)}>
                    {(cell, index) => <td data-name={props.columns[index()]}>{cell}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}

function Changes(props: { view: AccountView }) {
  return (
    <Listed
      title={copy().changes}
      columns={Object.values(copy().changeColumns)}
      rows={props.view.changes}
    >
      {(change) => [
        <div>
          {labelOf(change.kind)}
          <small>
            <Foreign>
              {copy().changed(
                changeWords(change.kind, change.maskedBefore),
                changeWords(change.kind, change.maskedAfter),
              )}
            </Foreign>
          </small>
        </div>,
        copy().statuses[change.status],
        <Foreign>
          {copy().atTime(change.requestedBy.name, formatInstant(change.requestedAtMs))}
        </Foreign>,
        change.decidedByName === null || change.decidedAtMs === null ? (
          '–'
        ) : (
          <Foreign>
            {copy().atTime(change.decidedByName, formatInstant(change.decidedAtMs))}
          </Foreign>
        ),
      ]}
    </Listed>
  );
}

function Reviews(props: { view: AccountView }) {
  return (
    <Listed
      title={copy().reviews}
      columns={Object.values(copy().reviewColumns)}
      rows={props.view.reviews}
    >
      {(review) => [
        <Num>{groupCaseNumber(review.caseNumber ?? '')}</Num>,
        caseCopy().statuses[review.status],
        review.submittedAtMs === null ? '–' : formatInstant(review.submittedAtMs),
        review.dueAtMs === null ? '–' : formatDay(review.dueAtMs - 1),
      ]}
    </Listed>
  );
}

/** E-FAC-01: what came of comparisons, so that somebody who asks why it did not match is told. */
function Faces(props: { view: AccountView }) {
  return (
    <Listed
      title={copy().faces}
      columns={Object.values(copy().faceColumns)}
      rows={props.view.faces}
    >
      {(each) => [
        formatInstant(each.askedAtMs),
        copy().facePurposes[each.purpose],
        copy().faceStatuses[each.status],
        <Num>{each.rawCode ?? '–'}</Num>,
        <Num>{each.vendorRequestId ?? '–'}</Num>,
      ]}
    </Listed>
  );
}

function Verifications(props: { view: AccountView }) {
  return (
    <Listed
      title={copy().verifications}
      columns={Object.values(copy().verificationColumns)}
      rows={props.view.verifications}
    >
      {(each) => [
        formatInstant(each.askedAtMs),
        caseCopy().authorityStatuses[each.status],
        <Num>{each.rawCode ?? '–'}</Num>,
        <Num>{each.vendorRequestId ?? '–'}</Num>,
      ]}
    </Listed>
  );
}
