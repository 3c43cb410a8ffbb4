import { api } from '../api.ts';
import { formatDay } from '../copy/format.ts';
import { A } from '../router/router.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Facts, Num } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { Page } from '../ui/page.tsx';
import { careCopy } from './care-copy.ts';
import { Closing } from './closing.tsx';
import { contactCopy } from './contact-copy.ts';
import { organisationCopy as copy } from './copy.ts';
import type { Current } from './signed-in.tsx';

/** Who an organisation is that is signed in, and what it can do. */
export function OrganisationHome(props: { organisation: Current; onChanged: () => Promise<void> }) {
  const signOut = createAction(async () => {
    await api.organisation.signOut.mutate();
    await props.onChanged();
  });
  return (
    <Page title={copy().home}>
      <Closing organisation={props.organisation} onChanged={props.onChanged} />
      <Facts
        rows={[
          { term: copy().name, value: <Foreign>{props.organisation.name}</Foreign> },
          { term: copy().code, value: <Num>{props.organisation.code}</Num> },
          {
            term: contactCopy().person,
            value: <Foreign>{props.organisation.maskedPerson}</Foreign>,
          },
          { term: contactCopy().mobile, value: <Num>{props.organisation.maskedMobile}</Num> },
          { term: contactCopy().email, value: props.organisation.maskedEmail },
          { term: copy().since, value: formatDay(props.organisation.createdAtMs) },
        ]}
      />
      <div class="row links">
        <A href="/organisation/contact">{careCopy().toContact}</A>
        <A href="/organisation/change-password">{careCopy().passwordTitle}</A>
        <A href="/organisation/data">{careCopy().toData}</A>
        <A href="/organisation/close">{careCopy().toClose}</A>
      </div>
      <p class="soft">{copy().onlyOrganisation}</p>
      <ActionFailure action={signOut} />
      <div class="row">
        <ActionButton action={signOut}>{copy().signOut}</ActionButton>
      </div>
    </Page>
  );
}
