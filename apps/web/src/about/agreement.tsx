import { defineCopy } from '../copy/define-copy.ts';
import { portalWord, usePortal } from '../portal.ts';
import { Page } from '../ui/page.tsx';
import { zh } from './agreement.zh.ts';
import { Text } from './text.tsx';

const copy = defineCopy(zh, () => import('./agreement.en.ts'));

export function Agreement() {
  return (
    <Page
      title={copy().title(portalWord('fullName'))}
      lead={copy().version(usePortal().agreementVersion)}
    >
      <Text sections={copy().sections} />
    </Page>
  );
}
