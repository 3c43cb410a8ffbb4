import { zh } from '../about/agreement.zh.ts';
import { Text } from '../about/text.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { portalWord, usePortal } from '../portal.ts';
import { Dialog } from '../ui/dialog.tsx';
import { checkCopy as copy } from './check-copy.ts';

const agreement = defineCopy(zh, () => import('../about/agreement.en.ts'));

/** The agreement, in the page (T-REG-14). */
export function AgreementDialog(props: { onAgree(): void; onClose(): void }) {
  return (
    <Dialog
      title={agreement().title(portalWord('fullName'))}
      isForReading
      onCancel={() => props.onClose()}
    >
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label={agreement().title(portalWord('fullName'))}
      >
        <p class="soft">{agreement().version(usePortal().agreementVersion)}</p>
        <Text sections={agreement().sections} />
      </div>
      <div class="row">
        <button type="button" class="btn" onClick={() => props.onAgree()}>
          {copy().iAgree}
        </button>
        <button type="button" class="btn plain" onClick={() => props.onClose()}>
          {copy().close}
        </button>
      </div>
    </Dialog>
  );
}
