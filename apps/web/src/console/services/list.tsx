import { For, Show } from 'solid-js';
import { api } from '../../api.ts';
import { bilingual } from '../../portal.ts';
import { A } from '../../router/router.tsx';
import { Chip, type Tone } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { useAsked } from '../asked.ts';
import { servicesCopy as copy } from './services-copy.ts';

export type Registered = Awaited<ReturnType<typeof api.serviceClient.list.query>>[number];

/** The services that are other systems, for the pages that show one or all of them. */
export const useServices = () =>
  useAsked(
    () => ['services'],
    () => api.serviceClient.list.query(),
  );

const tones = {
  none: 'info',
  inForce: 'ok',
  waiting: 'warn',
  suspended: 'bad',
} as const satisfies Record<string, Tone>;

/** How far the registration of a service is. */
export function Status(props: { of: Registered }) {
  const status = () => {
    const { proposal, suspendedAtMs, registration } = props.of;
    if (proposal !== null) return 'waiting';
    if (suspendedAtMs !== null) return 'suspended';
    return registration === null ? 'none' : 'inForce';
  };
  return <Chip tone={tones[status()]}>{copy().statuses[status()]}</Chip>;
}

const columns = () => copy().columns;

/** The registrations of services at the OpenID provider, for administrators. */
export function Services() {
  const services = useServices();
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/staff" wide>
      <Reading read={services}>
        {(list) => (
          <Show when={list().length > 0} fallback={<p>{copy().none}</p>}>
            <table class="list">
              <thead>
                <tr>
                  <For each={Object.values(columns())}>{(name) => <th scope="col">{name}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={list()}>
                  {(each) => (
                    <tr>
                      <td>
                        <A href={`/staff/services/${each.portal}/${each.service}`}>
                          {bilingual(each.name)}
                        </A>
                      </td>
                      <td data-name={columns().portal}>{bilingual(each.portalName)}</td>
                      <td class="num" data-name={columns().clientId} translate="no">
                        {each.service}
                      </td>
                      <td data-name={columns().status}>
                        <div>
                          <Status of={each} />
                        </div>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </Show>
        )}
      </Reading>
    </Page>
  );
}
