import { defineCopy } from '../copy/define-copy.ts';
import { Facts, Num } from '../ui/blocks.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './confirm-identity.zh.ts';

const copy = defineCopy(zh, () => import('./confirm-identity.en.ts'));

export type AskedIdentity = {
  type: string;
  name: string;
  number: string;
  answer(isRight: boolean): void;
};

/** S-REG-10: asks whether name, number and mobile are right, before they stay. */
export function ConfirmIdentity(props: { of: AskedIdentity; maskedMobile: string }) {
  return (
    <Dialog title={copy().title} onCancel={() => props.of.answer(false)}>
      <Facts
        rows={[
          { term: copy().name, value: <Foreign>{props.of.name}</Foreign> },
          { term: props.of.type, value: <Num>{props.of.number}</Num> },
          { term: copy().mobile, value: <Num>{props.maskedMobile || copy().noMobile}</Num> },
        ]}
      />
      <p>{copy().text}</p>
      <div class="row">
        <button type="button" class="btn" onClick={() => props.of.answer(true)}>
          {copy().yes}
        </button>
        <button type="button" class="btn plain" onClick={() => props.of.answer(false)}>
          {copy().no}
        </button>
      </div>
    </Dialog>
  );
}

/** S-NAM-03: stands while the answers are checked. */
export function Checking() {
  return (
    <Page title={copy().checking}>
      <progress aria-label={copy().checking} />
      <p role="status">{copy().checkingText}</p>
    </Page>
  );
}
