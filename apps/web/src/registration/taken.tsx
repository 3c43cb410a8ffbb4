import { groupNumber } from '@shiming/domain';
import { A } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { Step } from './flow.tsx';
import { checkCopy as copy } from './check-copy.ts';
import { type Registration, pathTo } from './steps.ts';
import { NewTab, Num } from '../ui/blocks.tsx';

/** Told only to who has proved a phone: the number has an account (T-REG-16). */
export function TakenPage() {
  return <Step name="check">{(registration) => <Taken registration={registration()} />}</Step>;
}

function Taken(props: { registration: Registration }) {
  return (
    <Page
      title={copy().takenTitle}
      lead={
        <>
          {copy().takenLead}
          <br />
          {copy().takenNumber}
          <Num strong>{groupNumber(props.registration.identity?.number ?? '')}</Num>
          {copy().takenNumberAfter}
        </>
      }
    >
      <section class="card stack">
        <div class="tight">
          <h2>{copy().isMine}</h2>
          <p>{copy().isMineText}</p>
        </div>
        <A class="btn" href="/login">
          {copy().toSignIn}
        </A>
        <A href="/recovery">{copy().forgotten}</A>
      </section>
      <section class="card stack">
        <div class="tight">
          <h2>{copy().isWrong}</h2>
          <p>{copy().isWrongText}</p>
        </div>
        <A class="btn quiet" href={pathTo('document')}>
          {copy().toDocument}
        </A>
      </section>
      <section class="card stack">
        <div class="tight">
          <h2>{copy().isNotMine}</h2>
          <p>{copy().isNotMineText}</p>
        </div>
        <A class="btn quiet" href={`${pathTo('check')}?claims=1`}>
          {copy().toClaim}
        </A>
      </section>
      <p class="soft">
        {copy().never}
        <NewTab href="/tickets/new">{copy().help}</NewTab>
        {copy().neverAfter}
      </p>
    </Page>
  );
}
