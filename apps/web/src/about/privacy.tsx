import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { Page } from '../ui/page.tsx';
import { zh } from './privacy.zh.ts';
import { Text } from './text.tsx';

const copy = defineCopy(zh, () => import('./privacy.en.ts'));

export function Privacy() {
  return (
    <Page title={copy().title} lead={copy().version(usePortal().privacyNoticeVersion)}>
      <Text sections={copy().sections} />
    </Page>
  );
}
