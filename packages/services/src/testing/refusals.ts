import { type AppErrorData, appErrorIn } from '@shiming/domain';

/** What a piece of work was refused with. Success, or an error that is no refusal, fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<AppErrorData> {
  try {
    await work;
  } catch (error) {
    const refusal = appErrorIn(error);
    if (refusal === null) throw error;
    return refusal.data;
  }
  throw new Error('nothing was refused');
}

/** Starts `count` pieces of work at the same moment; tells what was done and what was refused. */
export async function atOnce<T>(
  count: number,
  start: (index: number) => Promise<T>,
): Promise<{ done: T[]; refused: AppErrorData[] }> {
  const results = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => start(index)),
  );
  const done: T[] = [];
  const refused: AppErrorData[] = [];
  for (const result of results) {
    if (result.status === 'fulfilled') done.push(result.value);
    else refused.push(await refusalOf(Promise.reject(result.reason)));
  }
  return { done, refused };
}

/** A moment that work waits for until the test says that it has come. */
export function moment<T = void>(): { wait: Promise<T>; come(value: T): void } {
  const waiting: ((value: T) => void)[] = [];
  const wait = new Promise<T>((resolve) => {
    waiting.push(resolve);
  });
  return { wait, come: (value) => waiting.forEach((resolve) => resolve(value)) };
}

/** How often each refusal occurs, by its code. */
export function codesOf(refused: readonly AppErrorData[]): Partial<Record<string, number>> {
  const counts: Partial<Record<string, number>> = {};
  for (const { code } of refused) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
