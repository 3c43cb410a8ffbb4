import { createSignal } from 'solid-js';
import { api } from '../../api.ts';
import { type CasePhotos, loadPhotos } from './photos.ts';

/** Everything of a case, as `desk.case` tells it. */
export type CaseView = Awaited<ReturnType<typeof api.desk.case.query>>;
/** That a case is on this screen: the version to decide on, and until when. */
export type Lease = Awaited<ReturnType<typeof api.desk.take.mutate>>;

export type CaseFile = { view: CaseView; photos: CasePhotos };

const [ahead, setAhead] = createSignal<CaseFile | null>(null);

/** The case that `n` will show: reserved and fetched. */
export { ahead };

/** One after the other, so that no two ask for the next case at once. */
let loading: Promise<void> = Promise.resolve();
/** Raised when nobody goes on here: what is on its way then is given back when it comes. */
let leavings = 0;

/**
 * T-CON-03: reserves the next case and loads it with its photos, still sealed, so that it can be shown at once. Asked
 * again, it keeps the reservation alive. That there is none, or that it fails, costs only the wait later.
 */
export function loadAhead(): void {
  const asked = leavings;
  loading = loading.then(() => load(() => asked === leavings)).catch(dropAhead);
}

async function load(isWanted: () => boolean): Promise<void> {
  if (!isWanted()) return;
  const caseId = (await api.desk.peekNext.mutate())?.caseId ?? null;
  if (!isWanted()) return giveBack(caseId);
  if (caseId === (ahead()?.view.caseId ?? null)) return;
  dropAhead();
  if (caseId === null) return;
  const view = await api.desk.case.query({ caseId });
  const photos = loadPhotos(caseId);
  await photos.settled;
  if (isWanted()) return void setAhead({ view, photos });
  photos.forget();
  giveBack(caseId);
}

function dropAhead(): void {
  ahead()?.photos.forget();
  setAhead(null);
}

/** Where it does not arrive, the reservation ends by itself. */
function giveBack(caseId: string | null): void {
  if (caseId !== null) api.desk.release.mutate({ caseId }).catch(() => {});
}

/** Hands out what was loaded ahead, once it is here. */
export async function takeAhead(): Promise<CaseFile | null> {
  await loading;
  const file = ahead();
  setAhead(null);
  return file;
}

/** Gives the next case back to the others: nobody goes on here. */
export function letGoOfAhead(): void {
  leavings += 1;
  const caseId = ahead()?.view.caseId ?? null;
  dropAhead();
  giveBack(caseId);
}
