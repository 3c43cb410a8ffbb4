import {
  answersOfClient,
  compareClients,
  parseServiceClient,
  partsOfClient,
  type ServiceClientAnswers,
  type ServiceField,
} from '@shiming/domain';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { api } from '../../api.ts';
import { formatInstant } from '../../copy/format.ts';
import { createForm } from '../../form/create-form.ts';
import { bilingual } from '../../portal.ts';
import { A, useParams } from '../../router/router.tsx';
import { createAction } from '../../ui/action.tsx';
import { Facts, Note, Num } from '../../ui/blocks.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { FormBody } from '../../ui/form-body.tsx';
import { Page } from '../../ui/page.tsx';
import { Reading } from '../../ui/read.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askAgain } from '../asked.ts';
import { FailureBox } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { type Registered, Status, useServices } from './list.tsx';
import { servicesCopy as copy } from './services-copy.ts';
import type { ClientPart } from './services.zh.ts';

/** The registration of one service: what is in force, what waits for a second person, and its form. */
export function ServicePage() {
  const params = useParams<{ portal: string; service: string }>();
  const services = useServices();
  const [done, setDone] = createSignal('');
  return (
    <Reading read={services}>
      {(list) => (
        <Show
          when={list().find(
            ({ portal, service }) => portal === params.portal && service === params.service,
          )}
          fallback={
            <Page title={copy().gone} backTo="/staff/services">
              <A href="/staff/services">{copy().toList}</A>
            </Page>
          }
        >
          {(found) => (
            <Page
              title={bilingual(found().name)}
              lead={bilingual(found().portalName)}
              backTo="/staff/services"
            >
              <div role="status">
                <Show when={done()}>
                  <Note tone="ok">{done()}</Note>
                </Show>
              </div>
              <Registration of={found()} onDone={setDone} />
              {/* What is typed is about what was there when it began. */}
              <Show when={String(found().version)} keyed>
                <Change of={found()} onDone={setDone} />
              </Show>
            </Page>
          )}
        </Show>
      )}
    </Reading>
  );
}

type Props = { of: Registered; onDone(said: string): void };

const which = ({ portal, service, version }: Registered) => ({ portal, service, version });

/** Does something, and shows what came of it. */
function useAct(props: Props) {
  return createAction(
    async (work: () => Promise<unknown>, said: string) => {
      props.onDone('');
      await work();
      await askAgain('services');
      props.onDone(said);
    },
    {
      ...useStaff().on,
      otherwise(failure) {
        void askAgain('services');
        return failure;
      },
    },
  );
}

function Registration(props: Props) {
  const act = useAct(props);
  const decide = (agrees: boolean) =>
    act.run(
      () => api.serviceClient.decide.mutate({ ...which(props.of), agrees }),
      agrees ? copy().done.confirmed : copy().done.refused,
    );
  const end = (isForGood: boolean) =>
    act.run(
      () => api.serviceClient.end.mutate({ ...which(props.of), isForGood }),
      isForGood ? copy().done.ended : copy().done.suspended,
    );
  return (
    <>
      <FailureBox of={act.failure()} />
      <Facts
        rows={[
          {
            term: copy().status,
            value: (
              <>
                <Status of={props.of} />{' '}
                {props.of.suspendedAtMs !== null &&
                  copy().suspendedAt(formatInstant(props.of.suspendedAtMs))}
              </>
            ),
          },
          { term: copy().clientId, value: <Num>{props.of.service}</Num> },
          { term: copy().issuer, value: <Num>{`${location.origin}/oidc`}</Num> },
        ]}
      />
      <Show when={props.of.proposal}>
        {(proposal) => {
          const change = () => compareClients(props.of.registration, proposal().client);
          return (
            <section class="stack">
              <h2>{copy().proposal}</h2>
              <p>
                <Foreign>
                  {copy().proposedBy(proposal().byName, formatInstant(proposal().atMs))}
                </Foreign>{' '}
                {props.of.suspendedAtMs !== null && copy().resumes}
              </p>
              <Parts title={copy().added} parts={change().added} />
              <Parts title={copy().removed} parts={change().removed} />
              <Show when={change().added.length + change().removed.length === 0}>
                <p>{copy().nothingChanges}</p>
              </Show>
              <Show when={proposal().isOwn}>
                <Note>{copy().ownProposal}</Note>
              </Show>
              <div class="row">
                <Show when={!proposal().isOwn}>
                  <button type="button" class="btn" onClick={() => void decide(true)}>
                    {copy().confirm}
                  </button>
                </Show>
                <button type="button" class="btn plain" onClick={() => void decide(false)}>
                  {proposal().isOwn ? copy().withdraw : copy().refuse}
                </button>
              </div>
            </section>
          );
        }}
      </Show>
      <Show when={props.of.registration}>
        {(client) => (
          <section class="stack">
            <Parts
              title={props.of.suspendedAtMs === null ? copy().inForce : copy().outOfForce}
              parts={partsOfClient(client())}
            />
            <Show
              when={props.of.suspendedAtMs === null}
              fallback={props.of.proposal === null && <Note>{copy().toResume}</Note>}
            >
              <Sure
                label={copy().suspend}
                title={copy().suspendTitle}
                note={copy().suspendNote}
                run={() => void end(false)}
              />
            </Show>
            <Sure
              label={copy().end}
              title={copy().endTitle}
              note={copy().endNote}
              run={() => void end(true)}
            />
          </section>
        )}
      </Show>
    </>
  );
}

/** Addresses, keys and fields, each under what it is. */
function Parts(props: { title: string; parts: readonly string[] }) {
  const rows = () =>
    props.parts.map((part) => {
      const [name = ''] = part.split(' ', 1);
      const value = part.slice(name.length + 1);
      const field = copy().fields[value as ServiceField] as string | undefined;
      return { term: copy().parts[name as ClientPart], value: field ?? <Num>{value}</Num> };
    });
  return (
    <Show when={props.parts.length > 0}>
      <div class="tight">
        <h2>{props.title}</h2>
        <Facts rows={rows()} />
      </div>
    </Show>
  );
}

/** A button that asks once more. */
function Sure(props: { label: string; title: string; note: string; run(): void }): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  return (
    <div class="row">
      <button type="button" class="btn plain" onClick={() => setAsking(true)}>
        {props.label}
      </button>
      <Show when={isAsking()}>
        <Dialog title={props.title} onCancel={() => setAsking(false)}>
          <p>{props.note}</p>
          <div class="row">
            <button
              type="button"
              class="btn"
              onClick={() => {
                // The dialog of the proof would stand behind this one.
                setAsking(false);
                props.run();
              }}
            >
              {props.label}
            </button>
            <button type="button" class="btn plain" onClick={() => setAsking(false)}>
              {copy().cancel}
            </button>
          </div>
        </Dialog>
      </Show>
    </div>
  );
}

const uses = ['required', 'optional', 'none'] as const;
type Use = (typeof uses)[number];
type Typed = Omit<ServiceClientAnswers, 'required' | 'optional'> & Record<ServiceField, Use>;

function Change(props: Props) {
  const staff = useStaff();
  // The form begins with what is there once.
  const { asks, ...registered } = props.of;
  const { required, optional, ...typed } = answersOfClient(
    registered.proposal?.client ?? registered.registration ?? {},
  );
  const used = (use: Use, values: Typed) => asks.filter((field) => values[field] === use);
  const answersOf = (values: Typed): ServiceClientAnswers => ({
    redirectUris: values.redirectUris,
    postLogoutRedirectUris: values.postLogoutRedirectUris,
    startUri: values.startUri,
    keys: values.keys,
    backchannelLogoutUri: values.backchannelLogoutUri,
    eventsUri: values.eventsUri,
    required: used('required', values),
    optional: used('optional', values),
  });
  const useOf = (field: ServiceField): Use =>
    (required.includes(field) && 'required') || (optional.includes(field) && 'optional') || 'none';
  const form = createForm<Typed>({
    initial: {
      ...typed,
      ...(Object.fromEntries(asks.map((field) => [field, useOf(field)])) as Record<
        ServiceField,
        Use
      >),
    },
    validate: (values) =>
      parseServiceClient(answersOf(values), { asks, isLocal: location.protocol === 'http:' }),
    async submit(values) {
      props.onDone('');
      const { waits } = await api.serviceClient.propose.mutate({
        ...which(registered as Registered),
        typed: answersOf(values),
      });
      await askAgain('services');
      props.onDone(waits ? copy().waits : copy().saved);
      scrollTo({ top: 0 });
    },
    on: staff.on,
  });
  return (
    <section class="stack">
      <h2>{copy().change}</h2>
      <FormBody of={form} submit={copy().save} isPart>
        <Lines field={form.field('redirectUris')} label={copy().parts.redirectUris} />
        <Lines
          field={form.field('postLogoutRedirectUris')}
          label={copy().parts.postLogoutRedirectUris}
          optional
        />
        <For each={['startUri', 'backchannelLogoutUri', 'eventsUri'] as const}>
          {(name) => <TextField field={form.field(name)} label={copy().parts[name]} optional />}
        </For>
        <Lines field={form.field('keys')} label={copy().keys} hint={copy().keysHint} />
        <For each={asks}>
          {(field) => (
            <RadioCards
              field={form.field(field)}
              label={copy().use(copy().fields[field])}
              options={uses.map((value) => ({ value, label: copy().uses[value] }))}
            />
          )}
        </For>
      </FormBody>
    </section>
  );
}

/** A text of several lines. */
function Lines(
  props: Pick<Parameters<typeof TextArea>[0], 'field' | 'label' | 'hint' | 'optional'>,
) {
  return (
    <TextArea
      hint={copy().perLine}
      {...props}
      maxLength={4000}
      count={copy().count}
      over={copy().over}
    />
  );
}
