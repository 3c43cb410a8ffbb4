import { bilingual, usePortal } from '../portal.ts';
import { useCompleteProfile } from '../session/signed-in.tsx';
import { Page } from '../ui/page.tsx';
import { RecordSections } from './sections.tsx';

/** S-REC-01a: the records of a person on a page of their own, where the portal gives them one. */
export function Records() {
  useCompleteProfile();
  return (
    <Page title={bilingual(usePortal().records?.page ?? usePortal().name)} backTo="/account">
      <RecordSections />
    </Page>
  );
}
