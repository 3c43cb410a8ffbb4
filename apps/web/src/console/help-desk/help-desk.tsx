import { createSignal, Show } from 'solid-js';
import { useNavigate } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { createAction } from '../../ui/action.tsx';
import { Note } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { FailureBox } from '../failure.tsx';
import { useKeys } from '../keys.ts';
import { accountPath, ticketPath } from '../paths.ts';
import { useStaff } from '../session/staff.tsx';
import { Corrections } from './corrections.tsx';
import { Tickets } from './tickets.tsx';
import { helpDeskCopy as copy } from './help-desk-copy.ts';

type Finding = Awaited<ReturnType<typeof api.helpDesk.find.mutate>>;

const searchId = 'help-desk-search';

/** T-CON-08: finds an account, and lists the corrections that wait. What is typed stays in memory only. */
export function HelpDesk() {
  const staff = useStaff();
  const navigate = useNavigate();
  const [finding, setFinding] = createSignal<Finding>();
  const find = createAction(async (search: string) => {
    setFinding(undefined);
    const found = await api.helpDesk.find.mutate({ search });
    if (found.outcome === 'found') navigate(accountPath(found.accountId));
    else if (found.outcome === 'ticket') navigate(ticketPath(found.caseId));
    else setFinding(found);
  }, staff.on);
  useKeys({
    title: () => copy().title,
    keys: () => [
      { key: '/', label: copy().search, run: () => document.getElementById(searchId)?.focus() },
    ],
  });
  return (
    <Page title={copy().title} lead={copy().lead} wide>
      <form
        class="find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('search');
          if (typeof typed === 'string' && typed.trim() !== '') void find.run(typed);
        }}
      >
        <div class="field">
          <label for={searchId}>{copy().search}</label>
          <input
            id={searchId}
            name="search"
            type="text"
            class="num"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            maxlength={320}
          />
        </div>
        <button
          type="submit"
          class="btn"
          classList={{ spin: find.isBusy() }}
          aria-disabled={find.isBusy()}
        >
          {copy().searchNow} <kbd aria-hidden="true">/</kbd>
        </button>
      </form>
      <div role="status">
        <Show when={finding()}>{(found) => <Note tone="warn">{sentence(found())}</Note>}</Show>
      </div>
      <FailureBox of={find.failure()} />
      <Tickets kind="ticket" />
      <Tickets kind="organisation_letter" />
      <Corrections />
    </Page>
  );
}

function sentence(finding: Finding): string {
  switch (finding.outcome) {
    case 'own':
      return copy().own;
    case 'several':
      return copy().several(finding.count);
    case 'no_index':
      return copy().noIndex;
    case 'none':
    case 'found':
    case 'ticket':
      return copy().none;
  }
}
