import { retentionKinds } from '@shiming/domain';
import { Match, Switch } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import { RetentionTable } from '../data/retention-table.tsx';
import { usePortal } from '../portal.ts';
import { Page } from '../ui/page.tsx';
import { OperatorFacts } from './operator-facts.tsx';
import { zh } from './privacy.zh.ts';
import { Text } from './text.tsx';

const copy = defineCopy(zh, () => import('./privacy.en.ts'));

export function Privacy() {
  return (
    <Page title={copy().title} lead={copy().version(usePortal().privacyNoticeVersion)}>
      <Text sections={copy().sections}>
        {(id) => (
          <Switch>
            <Match when={id === 'handler'}>
              <OperatorFacts withName />
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
