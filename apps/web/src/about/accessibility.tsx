import { defineCopy } from '../copy/define-copy.ts';

import { Page } from '../ui/page.tsx';
import { zh } from './accessibility.zh.ts';
import { Text } from './text.tsx';

const copy = defineCopy(zh, () => import('./accessibility.en.ts'));

export function Accessibility() {
  return (
    <Page title={copy().title} lead={copy().lead}>
      <Text sections={copy().sections} />
    </Page>
  );
}
