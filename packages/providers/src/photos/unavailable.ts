import { AppError } from '@shiming/domain';

/** Does some work at the store. What goes wrong there is `service.unavailable`, and its own words are not told. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const kind = error instanceof Error ? error.name : 'not an error';
    throw new AppError({ code: 'service.unavailable' }, `photo store: ${kind}`);
  }
}
