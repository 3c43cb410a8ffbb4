import { AppError } from '@shiming/domain';

/** How long a job may go on this time, and where it reports rows that it could not work on. */
export type Turn = {
  /** Whether its time is used up: what is left waits for the next turn. */
  isOver(): boolean;
  /** Counts `rows` rows that failed, and lets the job go on; throws what is no fault of a row. */
  fail(error: unknown, rows?: number): void;
};

/** A turn without an end, in which the first row that fails ends the job. */
export const untilDone: Turn = {
  isOver: () => false,
  fail: (error) => {
    throw error;
  },
};

/** Whether a row's batch was written; false where a guard found that somebody else had changed the row meanwhile. */
export async function unlessStale(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.data.code === 'request.stale') return false;
    throw error;
  }
}

export const rowsPerSlice = 100;

/** Repeats a step as long as it does as many rows as it takes at once. Returns how many it did in all. */
export async function whileFull(
  turn: Turn,
  rowsAtOnce: number,
  step: (rowsAtOnce: number) => Promise<number>,
): Promise<number> {
  let done = 0;
  while (!turn.isOver()) {
    const rows = await step(rowsAtOnce);
    done += rows;
    if (rows < rowsAtOnce) break;
  }
  return done;
}
/** A job does not look further behind so many rows that it could not work on. */
const leftAtMost = 1_000;

/**
 * Works on the rows that `read` finds, slice by slice, until there are none or the turn is over. `read` answers at most
 * `rowsPerSlice` rows, without those whose ids it is given: they failed, or `work` answered false because somebody else had
 * changed them. Returns how many were done.
 */
export async function workInSlices<Row>(
  turn: Turn,
  job: {
    read(leftIds: readonly string[]): Promise<readonly Row[]>;
    idOf(row: Row): string;
    work(row: Row): Promise<boolean>;
  },
): Promise<number> {
  const left: string[] = [];
  let done = 0;
  while (left.length < leftAtMost) {
    const rows = await job.read(left);
    for (const row of rows) {
      if (turn.isOver()) return done;
      try {
        if (await job.work(row)) done += 1;
        else left.push(job.idOf(row));
      } catch (error) {
        turn.fail(error);
        left.push(job.idOf(row));
      }
    }
    if (rows.length < rowsPerSlice) break;
  }
  return done;
}
