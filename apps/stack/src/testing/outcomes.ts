import { atOnce, codesOf } from '@shiming/services/testing/refusals';

/** Starts `count` calls at the same moment; counts what became of them: `done`, or the code of the refusal. */
export async function outcomesAtOnce(
  count: number,
  call: (index: number) => Promise<unknown>,
): Promise<Partial<Record<string, number>>> {
  const { done, refused } = await atOnce(count, call);
  return { ...(done.length > 0 && { done: done.length }), ...codesOf(refused) };
}
