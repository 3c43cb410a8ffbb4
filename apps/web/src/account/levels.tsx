import { type Level, levels, meetsLevel } from '@shiming/domain';
import { For, Match, Show, Switch } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDay } from '../copy/format.ts';
import { levelCopy, levelName } from '../copy/levels.ts';
import { bilingual, usePortal } from '../portal.ts';
import { A } from '../router/router.tsx';
import { faceFor } from '../session/next.ts';
import { NextStepNote, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Chip, Facts, Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { AtWindow } from '../window/ticket.tsx';
import { zh } from './levels.zh.ts';

const copy = defineCopy(zh, () => import('./levels.en.ts'));

type View = Awaited<ReturnType<typeof api.verification.levels.query>>;

/** 实名等级 (E-LVL-01): what each level opens, how, when and until when it was reached, and the next way up. */
export function Levels() {
  useCompleteProfile();
  const session = useSession();
  const on = useSignedIn();
  const view = createRead(() => api.verification.levels.query());
  return (
    <Reading read={view} title={levelCopy().term}>
      {(data) => (
        <Page title={levelCopy().term} lead={copy().lead} backTo="/account">
          <For each={levels.filter((level) => level > 0)}>
            {(level) => <OneLevel level={level} view={data()} />}
          </For>
          <WayUp />
          <Show when={usePortal().hasWindow && !meetsLevel(data().level, 4)}>
            <AtWindow
              ticket={data().ticket}
              take={async () => {
                await api.window.take.mutate();
                await view.again();
              }}
              seeResult={async () => {
                await Promise.all([view.again(), session.refresh()]);
              }}
              on={on}
            />
          </Show>
        </Page>
      )}
    </Reading>
  );
}

function OneLevel(props: { level: Level; view: View }) {
  const opens = () =>
    usePortal()
      .services.filter(({ level }) => level === props.level)
      .map(({ name }) => ({ term: copy().opens, value: bilingual(name) }));
  const attained = () =>
    props.view.attained
      .filter(({ level }) => level === props.level)
      .map(({ by, atMs, untilMs }) => {
        const how = copy().by[by](formatDay(atMs));
        const value = untilMs === null ? how : `${how}${copy().until(formatDay(untilMs - 1))}`;
        return { term: copy().how, value };
      });
  const rows = () => [
    ...(props.level === 1 && opens().length === 0
      ? [{ term: copy().opens, value: copy().opensNothing }]
      : opens()),
    ...attained(),
  ];
  const isReached = () => meetsLevel(props.view.level, props.level);
  return (
    <section class="tight">
      <div class="row between">
        <h2>{levelName(props.level)}</h2>
        <Chip tone={isReached() ? 'ok' : 'info'}>
          {isReached() ? copy().reached : copy().notReached}
        </Chip>
      </div>
      <Show when={rows().length > 0}>
        <Facts rows={rows()} />
      </Show>
    </section>
  );
}

/** The next step towards the services of the portal. */
function WayUp() {
  const session = useSession();
  const next = useNextStep('/account/levels');
  const step = () => session.current()?.next.step;
  return (
    <section class="stack">
      <h2>{copy().upTitle}</h2>
      <Switch>
        <Match when={step() === 'use_services'}>
          <Note tone="ok">{copy().highest}</Note>
        </Match>
        <Match when={step() === 'raise_level'}>
          <p>{copy().toFour}</p>
          <Show when={usePortal().face}>
            <div class="row">
              <A class="btn quiet" href={faceFor('level')}>
                {copy().byFace}
              </A>
            </div>
          </Show>
        </Match>
        <Match when={next()}>{(told) => <NextStepNote told={told()} />}</Match>
      </Switch>
    </section>
  );
}
