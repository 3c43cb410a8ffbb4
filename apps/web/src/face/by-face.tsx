import { faceFrameKnownMs, type FacePurpose } from '@shiming/domain';
import { type JSX, Show } from 'solid-js';
import { formatInstant } from '../copy/format.ts';
import { formatSpan } from '../copy/spans.ts';
import { createForm, type Form, type Problems } from '../form/create-form.ts';
import type { On } from '../form/refusals.ts';
import { useOperator } from '../operator.ts';
import { Facts, NewTab } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { faceCopy as copy } from './copy.ts';

export type Typed = { name: string; hasAgreed: boolean; ticket: string };

/** What a consent is about, and what it begins. */
export type ConsentOf = {
  purpose: FacePurpose;
  /** Who gets the picture. */
  receiver: string;
  tries: { remainingToday: number; perDay: number; resumesAtMs: number } | null;
  begin: (typed: Typed) => Promise<void>;
  on: On;
};

/** What is asked for besides the consent. */
export type Besides = {
  fields(form: Form<Typed>): JSX.Element;
  problems(typed: Typed): Problems;
  on: On<'ticket'>;
};

const notice = () => copy().notice;

/** The notice, the consent, and the button that opens the camera (PIPL 29; 人脸识别技术应用安全管理办法 5, 6). */
export function ByFace(props: { of: ConsentOf; besides?: Besides }) {
  const { besides } = props;
  const { purpose, begin, on } = props.of;
  const operator = useOperator();
  const form = createForm({
    initial: { name: '', hasAgreed: false, ticket: '' },
    validate(typed) {
      const fields: Problems = {
        ...besides?.problems(typed),
        ...(typed.hasAgreed ? {} : { hasAgreed: 'consent.missing' as const }),
      };
      return Object.keys(fields).length === 0 ? { ok: true } : { ok: false, fields };
    },
    submit: (typed) => begin(typed),
    on: { ...on, ...besides?.on },
    spends: 'ticket',
  });
  return (
    <section class="card stack">
      <div class="tight">
        <h2>{copy().byFaceTitle}</h2>
        <p>{copy().byFace}</p>
        <Show when={props.of.tries}>
          {(tries) => (
            <p class="soft">
              {tries().remainingToday === 0
                ? copy().usedUp(formatInstant(tries().resumesAtMs))
                : copy().left(tries().remainingToday, tries().perDay)}
            </p>
          )}
        </Show>
      </div>
      <Show when={props.of.tries?.remainingToday !== 0}>
        <FormBody of={form} isPart submit={copy().start}>
          {besides?.fields(form)}
          <h3>{copy().noticeTitle}</h3>
          <Facts
            rows={[
              {
                term: notice().handler,
                value: (
                  <>
                    <Foreign>{copy().handler(operator()?.name ?? '')}</Foreign>
                    <NewTab href="/privacy">{copy().privacy}</NewTab>
                  </>
                ),
              },
              { term: notice().purpose, value: copy().purposes[purpose] },
              { term: notice().way, value: copy().way },
              { term: notice().receiver, value: copy().receiver(props.of.receiver) },
              { term: notice().kept, value: copy().kept(formatSpan(faceFrameKnownMs)) },
              { term: notice().effect, value: copy().effect },
              { term: notice().rights, value: copy().rights },
            ]}
          />
          <Checkbox
            field={form.field('hasAgreed')}
            label={<Foreign>{copy().agree(props.of.receiver)}</Foreign>}
          />
        </FormBody>
      </Show>
    </section>
  );
}
