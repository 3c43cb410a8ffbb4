import {
  type PhotoSide,
  type ReopenReason,
  caseRule,
  type RevealItem,
  type CaseOutcome,
  type SecondCause,
} from '@shiming/domain';
import { createSignal, onCleanup, onMount } from 'solid-js';
import { useNavigate } from '../../router/router.tsx';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { attempt, type On } from '../../form/refusals.ts';
import { createAction } from '../../ui/action.tsx';
import { askCounts } from '../counts.tsx';
import { casePath } from '../paths.ts';
import { lastActivityMs } from '../session/activity.ts';
import { useStaff } from '../session/staff.tsx';
import {
  ahead,
  type CaseFile,
  type CaseView,
  type Lease,
  letGoOfAhead,
  loadAhead,
  takeAhead,
} from './ahead.ts';
import { type Draft, emptyDraft, type Seen, unlooked } from './draft.ts';
import { loadPhotos } from './photos.ts';

const heartbeatMs = 60_000;

/** How a case stopped being one's own. */
type Lost = { byName: string | null };

/** A decision that can still be undone, whatever case is on the screen by now. */
export type Undoable = {
  caseId: string;
  caseNumber: string;
  outcome: CaseOutcome;
  /** Why a second person decides before it counts, as far as anybody may know. */
  needsSecond: readonly SecondCause[];
  settlesAtMs: number;
};

const [undoable, setUndoable] = createSignal<Undoable | null>(null);

/** What was typed for cases that are not decided yet: it outlives a lease that ends. */
const drafts = new Map<string, Draft>();

/** What the case that is being opened brings along from the screen before. */
let opening: { file: CaseFile | null; lease: Promise<Lease | null>; caseId: string } | null = null;

/** The reviewer's hold on the case of one address: its file, its lease, and what can be done with it. */
export function useDesk(caseId: string) {
  const staff = useStaff();
  const navigate = useNavigate();
  const brought = opening?.caseId === caseId ? opening : null;
  opening = null;

  const [file, setFile] = createSignal<CaseFile | null>(brought?.file ?? null);
  const [lease, setLease] = createSignal<Lease | null>(null);
  const [lost, setLost] = createSignal<Lost | null>(null);
  const [revealed, setRevealed] = createSignal<Record<RevealItem, string | null> | null>(null);
  const [seen, setSeen] = createSignal<Seen>(new Set());
  /** The version that was looked at. */
  let lookedAt = 0;
  const [draft, setDraft] = createSignal<Draft>(unlooked(drafts.get(caseId) ?? emptyDraft));
  const [isSettled, setSettled] = createSignal(false);
  const [isEmpty, setEmpty] = createSignal(false);
  const [isReopened, setReopened] = createSignal(false);

  const change = (next: Draft) => {
    drafts.set(caseId, next);
    setDraft(next);
  };

  /** What follows is to be decided by another look. */
  const cover = () => {
    setRevealed(null);
    setSeen(new Set<PhotoSide>());
    change(unlooked(draft()));
  };

  const on: On = {
    ...staff.on,
    // Not held, as on opening it: it can be taken, and nothing was lost.
    'desk.not_holder': () => (lease() === null ? undefined : lose()),
    'desk.held'({ byName }) {
      setLost({ byName });
      setLease(null);
    },
    'desk.closed'(refusal) {
      setLease(null);
      return refusal;
    },
    'desk.look_required'(refusal) {
      cover();
      return refusal;
    },
  };
  const action = createAction((work: () => Promise<unknown>) => work(), on);
  /** Runs one act at a time; what goes wrong is shown. */
  const act = action.run;

  const read = () => api.desk.case.query({ caseId });
  const show = (view: CaseView) => {
    const before = file();
    const isSame =
      before !== null && JSON.stringify(before.view.photos) === JSON.stringify(view.photos);
    if (!isSame) {
      before?.photos.forget();
      // Other photos are another look.
      cover();
    }
    setFile({ view, photos: isSame ? before.photos : loadPhotos(caseId) });
  };
  const hold = (next: Lease) => {
    setLost(null);
    setLease(next);
    // So is another version: somebody has had the case in between, or a decision was undone.
    if (revealed() !== null && lookedAt !== next.version) cover();
    setReopened(false);
    void askCounts();
    void goOn(file()?.photos.settled);
  };

  /** The photos of this case come before those of the next one. */
  const goOn = async (settled: Promise<void> | undefined) => {
    await settled;
    if (lease() !== null) loadAhead();
  };

  /** The lease is over; the member who has the case now is named. */
  const lose = async () => {
    setLease(null);
    let byName: string | null = null;
    await attempt(read, { 'desk.held': (held) => void (byName = held.byName) });
    setLost({ byName });
  };

  const take = () =>
    act(async () => {
      const taken = await api.desk.take.mutate({ caseId });
      show(await read());
      hold(taken);
    });

  const open = () =>
    act(async () => {
      const view = await read();
      show(view);
      const { isOwn, isReserved, endsAtMs } = view.lease;
      if (isReserved) hold(await api.desk.take.mutate({ caseId }));
      else if (isOwn) hold({ caseId, version: view.version, leaseEndsAtMs: endsAtMs ?? 0 });
    });

  /** What came along is shown at once; whose it is turns out a moment later. */
  const openBrought = (coming: Promise<Lease | null>) =>
    act(async () => {
      const taken = await coming;
      if (taken === null) return void setEmpty(true);
      if (taken.caseId !== caseId) return goTo(taken.caseId, null, Promise.resolve(taken));
      // Taking it is one version; more than that, and what was loaded ahead is old.
      if (file()?.view.version !== taken.version - 1) show(await read());
      hold(taken);
      return undefined;
    });

  const goTo = (to: string, next: CaseFile | null, coming: Promise<Lease | null>) => {
    opening = { caseId: to, file: next, lease: coming };
    navigate(casePath(to));
  };

  const next = () =>
    act(async () => {
      const ready = await takeAhead();
      const held = lease();
      setLease(null);
      const coming = api.desk.takeNext.mutate();
      // Laid back once the next one is taken, so that it is not the next one.
      if (held !== null) {
        void coming.then(() => api.desk.release.mutate({ caseId })).catch(() => {});
      }
      if (ready !== null) return goTo(ready.view.caseId, ready, coming);
      const taken = await coming.catch((error: unknown) => {
        setLease(held);
        throw error;
      });
      if (taken === null) return void setEmpty(true);
      return goTo(taken.caseId, null, Promise.resolve(taken));
    });

  const release = () =>
    act(async () => {
      const held = lease();
      // Loaded ahead from here on, the next case would be this one.
      setLease(null);
      try {
        await api.desk.release.mutate({ caseId });
      } catch (error) {
        setLease(held);
        throw error;
      }
      navigate('/queue');
    });

  const reload = () => act(async () => hold(await reloaded()));
  const reloaded = async (): Promise<Lease> => {
    const view = await read();
    show(view);
    return { caseId, version: view.version, leaseEndsAtMs: view.lease.endsAtMs ?? 0 };
  };

  const decide = () =>
    act(async () => {
      const { outcome, reasons, isFaceDoubtful } = draft();
      const held = lease();
      const view = file()?.view;
      if (outcome === null || held === null || view === undefined) return;
      const { settlesAtMs, needsSecond } = await api.desk.decide.mutate({
        caseId,
        version: held.version,
        outcome,
        reasons: outcome === 'approve' ? [] : [...reasons],
        isFaceDoubtful,
      });
      setLease(null);
      setUndoable({ caseId, caseNumber: view.caseNumber, outcome, needsSecond, settlesAtMs });
      void askCounts();
    });

  const undo = () =>
    act(async () => {
      const decided = undoable();
      if (decided === null) return;
      const back = await api.desk.undo.mutate({ caseId: decided.caseId });
      setUndoable(null);
      const before = drafts.get(back.caseId);
      if (before !== undefined) drafts.set(back.caseId, { ...before, outcome: null });
      if (back.caseId === caseId) {
        setDraft(drafts.get(caseId) ?? emptyDraft);
        return hold(back);
      }
      if (lease() !== null) api.desk.release.mutate({ caseId }).catch(() => {});
      return goTo(back.caseId, null, Promise.resolve(back));
    });

  const reveal = () =>
    act(async () => {
      const shown = file();
      if (shown === null || revealed() !== null) return;
      const { numbers, photoKeys, version } = await api.desk.reveal.mutate({ caseId });
      lookedAt = version;
      setRevealed(numbers);
      shown.photos.open(photoKeys);
    });

  const reopen = (reason: ReopenReason) =>
    act(async () => {
      await api.desk.reopen.mutate({ caseId, reason });
      show(await read());
      setReopened(true);
      void askCounts();
    });

  const assign = (staffId: string) =>
    act(async () => {
      await api.desk.assign.mutate({ caseId, staffId });
      show(await read());
      void askCounts();
    });

  let beatMs = performance.now();
  const beat = async () => {
    const held = lease();
    const nowMs = performance.now();
    if (held === null) return;
    if (serverNow() >= held.leaseEndsAtMs) return lose();
    if (document.visibilityState === 'hidden' || nowMs - beatMs < heartbeatMs) return;
    // A page that nobody works at keeps no case.
    if (lastActivityMs() < beatMs) return;
    beatMs = nowMs;
    // Without a network the lease goes on until its time.
    await attempt(
      async () => {
        const { leaseEndsAtMs } = await api.desk.heartbeat.mutate({ caseId });
        setLease((now) => (now === null ? null : { ...now, leaseEndsAtMs }));
        loadAhead();
      },
      { 'desk.not_holder': lose },
    );
  };
  const tick = () => {
    const decided = undoable();
    if (decided !== null && serverNow() >= decided.settlesAtMs) {
      setUndoable(null);
      drafts.delete(decided.caseId);
      if (decided.caseId === caseId) setSettled(true);
    }
    void beat();
  };

  onMount(() => {
    void (brought === null ? open() : openBrought(brought.lease));
    const timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    onCleanup(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
      file()?.photos.forget();
      // Not on the way to the next case.
      if (opening === null) letGoOfAhead();
    });
  });

  return {
    file,
    failure: action.failure,
    lease,
    lost,
    revealed,
    seen,
    /** A photo is on the screen, uncovered. */
    see: (side: PhotoSide) =>
      setSeen((before) => (before.has(side) ? before : new Set([...before, side]))),
    draft,
    change,
    isBusy: action.isBusy,
    isSettled,
    isEmpty,
    isReopened,
    undoable,
    hasNext: () => ahead() !== null,
    take,
    next,
    release,
    reload,
    decide,
    undo,
    reveal,
    reopen,
    assign,
    toQueue: () => navigate('/queue'),
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** The whole seconds in which a decision can still be undone. */
export const secondsLeft = (settlesAtMs: number): number =>
  Math.min(caseRule.undoMs / 1000, Math.max(0, Math.ceil((settlesAtMs - serverNow()) / 1000)));
