import type { ServiceField } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { api } from '../api.ts';
import { usePortal } from '../portal.ts';
import { createRead } from '../session/signed-in.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Reading } from '../ui/read.tsx';
import { serviceFieldsCopy as copy } from './service-fields-copy.ts';

/**
 * What a service receives of a person who agrees to enter it: what it needs, and for each other field a box to tick, which
 * is not ticked for them. `chosen` is `undefined` until it is known what the service needs.
 */
export function ServiceFields(props: {
  serviceId: string;
  chosen: readonly ServiceField[] | undefined;
  onChoose(fields: readonly ServiceField[]): void;
  isBusy: boolean;
}) {
  const terms = createRead(async () => {
    const found = await api.entry.terms.query({ serviceId: props.serviceId });
    const kept = found.optional.filter((field) => found.given?.includes(field));
    props.onChoose([...found.required, ...kept]);
    return found;
  });
  /** That it is a page of the portal itself. */
  const isHere = () =>
    usePortal().services.find(({ id }) => id === props.serviceId)?.page !== undefined;
  const choose = (field: ServiceField, isGiven: boolean) => {
    const others = (props.chosen ?? []).filter((each) => each !== field);
    props.onChoose(isGiven ? [...others, field] : others);
  };
  return (
    <Reading read={terms}>
      {(found) => (
        <>
          <Show when={!isHere()} fallback={<p>{copy().here}</p>}>
            <p>{copy().receives}</p>
            <ul>
              <For each={found().required}>{(field) => <li>{copy().fields[field]}</li>}</For>
              <li>{copy().level}</li>
            </ul>
            <p>{copy().later}</p>
          </Show>
          <Show when={found().optional.length > 0}>
            <p>{copy().optional}</p>
            <For each={found().optional}>
              {(field) => (
                <Checkbox
                  field={{
                    name: field,
                    value: () => props.chosen?.includes(field) === true,
                    set: (isGiven) => choose(field, isGiven),
                    problem: () => undefined,
                    isSubmitting: () => props.isBusy,
                  }}
                  label={copy().fields[field]}
                />
              )}
            </For>
          </Show>
          <p>{copy().purpose}</p>
        </>
      )}
    </Reading>
  );
}
