import {
  type Answers,
  type DocumentAnswers,
  parseIdentityAnswers,
  shanghaiDate,
} from '@shiming/domain';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import type { DocumentForm } from '../registration/document-fields.tsx';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './earlier-number.zh.ts';

const copy = defineCopy(zh, () => import('./earlier-number.en.ts'));

export type EarlierAnswer = { earlierNumber: string };
export type EarlierRule = (typed: DocumentAnswers & EarlierAnswer) => Answers<unknown>;

/** The number of an earlier card, where the card prints one: both are in use, and either is to find this account. */
export function EarlierNumber(props: {
  form: DocumentForm<EarlierAnswer>;
  /** Receives the rule of the number. */
  onRule(rule: EarlierRule): void;
}) {
  const portal = usePortal();
  props.onRule((typed) => parseIdentityAnswers(typed, portal, shanghaiDate(serverNow())));
  return (
    <TextField
      field={props.form.field('earlierNumber')}
      label={copy().label}
      hint={copy().hint}
      optional
      numeric
    />
  );
}
