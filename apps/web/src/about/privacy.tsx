import { type ConsentKind, consents, consentsAt, retentionKinds } from '@shiming/domain';
import { Match, Switch } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { consentsCopy } from '../data/consents-copy.ts';
import { RetentionTable } from '../data/retention-table.tsx';
import { usePortal } from '../portal.ts';
import { Facts } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { OperatorFacts } from './operator-facts.tsx';
import { zh } from './privacy.zh.ts';
import { Text } from './text.tsx';

const copy = defineCopy(zh, () => import('./privacy.en.ts'));

/** What a consent is for, and who receives what it is about. */
function receivedBy(kind: ConsentKind): string {
  const { purpose, receiver } = consents[kind];
  const { purposes, receivers, eachService, purposeThenReceiver } = consentsCopy();
  return purposeThenReceiver(
    purposes[purpose],
    receiver === null ? eachService : receivers[receiver],
  );
}

export function Privacy() {
  return (
    <Page title={copy().title} lead={copy().version(usePortal().privacyNoticeVersion)}>
      <Text sections={copy().sections}>
        {(id) => (
          <Switch>
            <Match when={id === 'handler'}>
              <OperatorFacts withName />
            </Match>
            <Match when={id === 'shared'}>
              <Facts
                rows={consentsAt(usePortal()).map((kind) => ({
                  term: consentsCopy().consentKinds[kind],
                  value: receivedBy(kind),
                }))}
              />
            </Match>
            <Match when={id === 'kept'}>
              <RetentionTable kinds={retentionKinds} />
            </Match>
          </Switch>
        )}
      </Text>
    </Page>
  );
}
