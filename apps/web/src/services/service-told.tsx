import type { ServiceField } from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { ConsentDialog } from '../data/consent-dialog.tsx';
import { serviceFieldsCopy as copy } from '../data/service-fields-copy.ts';
import { Facts } from '../ui/blocks.tsx';

/** What a service receives of who enters it, and the change of it where there is a choice. */
export function ServiceTold(props: {
  serviceId: string;
  given: readonly ServiceField[];
  isChoice: boolean;
  onChange(): Promise<void>;
}) {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <>
      <Facts
        rows={[
          {
            term: copy().given,
            value: copy().list(props.given.map((field) => copy().fields[field])),
            action: props.isChoice && (
              <button
                type="button"
                class="link"
                aria-label={copy().changeLabel}
                onClick={() => setAsking(true)}
              >
                {copy().change}
              </button>
            ),
          },
        ]}
      />
      <Show when={isAsking()}>
        <Suspense>
          <ConsentDialog
            consent={{ kind: 'service', serviceId: props.serviceId }}
            isWithdrawal={false}
            onCancel={() => setAsking(false)}
            onDone={async () => {
              setAsking(false);
              await props.onChange();
            }}
          />
        </Suspense>
      </Show>
    </>
  );
}
