import {
  createEffect,
  createSignal,
  Match,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
  untrack,
} from 'solid-js';
import { appErrorOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { page } from '../lazy-page.ts';
import { Explained } from '../ui/field.tsx';
import { zh } from './puzzle.zh.ts';
import { isHeavyAsked, setHeavyAsked } from './with-ticket.ts';

const copy = defineCopy(zh, () => import('./puzzle.en.ts'));

const ProofOfWork = page(() => import('./proof-of-work-way.tsx'), 'ProofOfWork');

/** A picture as the server draws it. Pictures are `data:` URLs; sizes are pixels of the background. */
export type PuzzleData = {
  way: 'picture';
  puzzleId: string;
  backgroundUrl: string;
  pieceUrl: string;
  width: number;
  height: number;
  pieceSize: number;
  /** Top edge of the piece. */
  y: number;
};

/** A ticket for one use. A wrong answer is the refusal `puzzle.wrong`, a late one `puzzle.expired`. */
export type PuzzleAnswer = { ticket: string };

/** What there is to do: nothing where the flow holds a ticket, and work where pictures are no longer drawn. */
export type Drawn = PuzzleData | ({ way: 'ticket' } & PuzzleAnswer) | { way: 'work' };

export type PuzzleCalls = {
  load(): Promise<Drawn>;
  /** `x` is the left edge of the piece in pixels of the background. */
  solve(puzzleId: string, x: number): Promise<PuzzleAnswer>;
  /** An altcha challenge. */
  loadProofOfWork(isHeavy: boolean): Promise<object>;
  /** `solution` is the altcha payload. */
  solveProofOfWork(solution: string): Promise<PuzzleAnswer>;
};

/** Tickets last half an hour; the last ten seconds are left for the request that uses them. */
const ticketMs = 1_790_000;

type Said = 'nothing' | 'wrong' | 'expired';

/**
 * The check before a code is sent or a password is tried (T-REG-11, T-LOG-01): a slider puzzle for
 * pointer and keyboard, and a proof of work for those who cannot drag or see it (WCAG 2.5.7, 2.1.1).
 * The field's value is the ticket. The form that has used it sets `''`: it comes again while the flow has uses left of it, and
 * then a new puzzle.
 */
export function Puzzle(props: PuzzleCalls & { field: FieldBinding<string> }) {
  const isSolved = () => props.field.value() !== '';
  const [way, setWay] = createSignal<'slide' | 'work'>('slide');
  const [said, setSaid] = createSignal<Said>('nothing');
  const [startsAtOnce, setStartsAtOnce] = createSignal(false);
  /** What was drawn while the last ticket still stood here. */
  const [next, setNext] = createSignal<PuzzleData>();
  const [isRenewing, setRenewing] = createSignal(false);
  const [hasFocus, setFocus] = createSignal(false);
  const work = () => {
    setSaid('nothing');
    setStartsAtOnce(true);
    setWay('work');
  };
  const renew = async () => {
    setRenewing(true);
    try {
      const drawn = await props.load();
      if (drawn.way === 'ticket') accept(drawn.ticket, false);
      else if (drawn.way === 'work') work();
      else setNext(drawn);
    } catch {
      // The slider asks once more, and says what is wrong.
    }
    setRenewing(false);
  };
  createEffect<boolean>((was) => {
    const is = isSolved();
    if (was && !is && isHeavyAsked()) work();
    else if (was && !is && untrack(said) === 'nothing') void renew();
    return is;
  }, false);
  createEffect(() => {
    if (!isSolved()) return;
    setSaid('nothing');
    const timer = setTimeout(() => {
      setSaid('expired');
      props.field.set('');
    }, ticketMs);
    onCleanup(() => clearTimeout(timer));
  });
  const accept = (ticket: string, byHand: boolean) => {
    setStartsAtOnce(false);
    setHeavyAsked(false);
    setNext(undefined);
    setFocus(byHand);
    props.field.set(ticket);
  };

  return (
    <div class="field puzzle" classList={{ bad: props.field.problem() !== undefined }}>
      <Explained name={props.field.name} problem={props.field.problem()} />
      <Show when={!isSolved() && said() !== 'nothing'}>
        <p class="err" role="alert">
          {said() === 'wrong' ? copy().wrong : copy().expired}
        </p>
      </Show>
      <Switch>
        <Match when={isSolved() || isRenewing()}>
          {/* Where the control that had the focus is gone, the focus goes on here. */}
          <p
            class="solved"
            tabindex="-1"
            ref={(element) => hasFocus() && queueMicrotask(() => element.focus())}
          >
            <span aria-hidden="true">✓</span>
            {copy().solved}
          </p>
        </Match>
        <Match when={way() === 'slide'}>
          <Slider {...props} first={next()} onSaid={setSaid} onSolved={accept} onOtherWay={work} />
        </Match>
        <Match when={way() === 'work'}>
          <Suspense>
            <ProofOfWork
              copy={copy()}
              startsAtOnce={startsAtOnce()}
              load={() => props.loadProofOfWork(isHeavyAsked())}
              solve={(solution) => props.solveProofOfWork(solution)}
              onSolved={(ticket) => accept(ticket, true)}
              onBack={() => {
                setSaid('nothing');
                setWay('slide');
              }}
            />
          </Suspense>
        </Match>
      </Switch>
      <span class="seen-by-readers" role="status">
        {isSolved() ? copy().solved : ''}
      </span>
    </div>
  );
}

type Stage = 'loading' | 'ready' | 'checking' | 'failed';

function Slider(
  props: PuzzleCalls & {
    field: FieldBinding<string>;
    onSaid(said: Said): void;
    /** Drawn already. */
    first: PuzzleData | undefined;
    onSolved(ticket: string, byHand: boolean): void;
    onOtherWay(): void;
  },
) {
  const [stage, setStage] = createSignal<Stage>('loading');
  const [puzzle, setPuzzle] = createSignal<PuzzleData>();
  const [x, setX] = createSignal(0);
  let rail: HTMLDivElement | undefined;
  let handle: HTMLButtonElement | undefined;
  let drag: { pointer: number; fromClientX: number; fromX: number } | undefined;

  const most = () => {
    const current = puzzle();
    return current === undefined ? 0 : current.width - current.pieceSize;
  };
  const part = () => (most() === 0 ? 0 : x() / most());
  const moveTo = (next: number) => setX(Math.min(most(), Math.max(0, Math.round(next))));

  const load = async () => {
    setStage('loading');
    setX(0);
    try {
      const drawn = await props.load();
      if (drawn.way === 'ticket') return props.onSolved(drawn.ticket, false);
      if (drawn.way === 'work') return props.onOtherWay();
      setPuzzle(drawn);
      setStage('ready');
    } catch {
      setStage('failed');
    }
  };
  const submit = async () => {
    const current = puzzle();
    if (current === undefined || stage() !== 'ready') return;
    setStage('checking');
    try {
      const { ticket } = await props.solve(current.puzzleId, x());
      props.onSolved(ticket, true);
    } catch (error) {
      const code = appErrorOf(error)?.code;
      if (code !== 'puzzle.wrong' && code !== 'puzzle.expired') {
        setStage('failed');
        return;
      }
      props.onSaid(code === 'puzzle.wrong' ? 'wrong' : 'expired');
      await load();
      handle?.focus({ preventScroll: true });
    }
  };
  onMount(() => {
    if (props.first === undefined) return void load();
    setPuzzle(props.first);
    setStage('ready');
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 10 : 1;
    const targets: Record<string, number> = {
      ArrowRight: x() + step,
      ArrowUp: x() + step,
      ArrowLeft: x() - step,
      ArrowDown: x() - step,
      Home: 0,
      End: most(),
    };
    const target = targets[event.key];
    if (target !== undefined && stage() === 'ready') moveTo(target);
    else if (event.key === 'Enter') void submit();
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (stage() !== 'ready' || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag = { pointer: event.pointerId, fromClientX: event.clientX, fromX: x() };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId || rail === undefined || handle === undefined) return;
    const way = rail.clientWidth - handle.offsetWidth;
    moveTo(drag.fromX + ((event.clientX - drag.fromClientX) / way) * most());
  };
  const onPointerUp = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId) return;
    drag = undefined;
    if (x() > 0) void submit();
  };

  return (
    <>
      <div class="picture">
        <Switch>
          <Match when={stage() === 'failed'}>
            <div class="wait tight">
              <p role="alert">{copy().failed}</p>
              <button type="button" class="btn plain" onClick={() => void load()}>
                {copy().retry}
              </button>
            </div>
          </Match>
          <Match when={stage() === 'loading' && puzzle() === undefined}>
            <div class="wait">{copy().loading}…</div>
          </Match>
          <Match when={puzzle()}>
            {(current) => (
              <>
                <img
                  src={current().backgroundUrl}
                  width={current().width}
                  height={current().height}
                  alt={copy().picture}
                  draggable={false}
                />
                <img
                  class="piece"
                  src={current().pieceUrl}
                  alt=""
                  draggable={false}
                  style={{
                    left: `${(x() / current().width) * 100}%`,
                    top: `${(current().y / current().height) * 100}%`,
                    width: `${(current().pieceSize / current().width) * 100}%`,
                  }}
                  onPointerDown={onPointerDown}
                  onPointerMove={onPointerMove}
                  onPointerUp={onPointerUp}
                  onPointerCancel={() => (drag = undefined)}
                />
              </>
            )}
          </Match>
        </Switch>
      </div>
      <div class="rail" ref={(element) => (rail = element)} style={{ '--at': String(part()) }}>
        <button
          ref={(element) => (handle = element)}
          id={fieldId(props.field.name)}
          type="button"
          class="handle btn"
          role="slider"
          aria-label={copy().handle}
          aria-describedby={`${fieldId(props.field.name)}-hint`}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={most()}
          aria-valuenow={x()}
          aria-valuetext={copy().moved(Math.round(part() * 100))}
          aria-disabled={stage() !== 'ready'}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => (drag = undefined)}
        >
          <span aria-hidden="true">→</span>
        </button>
        <span class="drag">{copy().label}</span>
        <span class="keys" id={`${fieldId(props.field.name)}-hint`}>
          {copy().hint}
        </span>
      </div>
      <div class="row">
        <button
          type="button"
          class="link"
          onClick={() => {
            props.onSaid('nothing');
            void load();
          }}
        >
          {copy().refresh}
        </button>
        <button type="button" class="link" onClick={() => props.onOtherWay()}>
          {copy().otherWay}
        </button>
        <span class="soft small" role="status">
          {stage() === 'checking' ? `${copy().checking}…` : ''}
        </span>
      </div>
    </>
  );
}
