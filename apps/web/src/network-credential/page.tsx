import { defineCopy } from '../copy/define-copy.ts';
import { usePortal } from '../portal.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { CredentialGuide } from '../verification/credential-guide.tsx';
import { zh } from './page.zh.ts';

const copy = defineCopy(zh, () => import('./page.en.ts'));

/** What 网证 is, how it is opened, and the other way that leads to the same place (DOMAIN 15.1). */
export function NetworkCredential() {
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/">
      <Note>{copy().voluntary}</Note>
      <section class="stack">
        <h2>{copy().howTitle}</h2>
        <CredentialGuide hasDocuments />
      </section>
      <section class="tight">
        <h2>{copy().otherTitle}</h2>
        <p>{usePortal().hasWindow ? copy().other : copy().otherHere}</p>
      </section>
    </Page>
  );
}
