import { appErrorIn } from '@shiming/domain';

/** Does something beside the Worker again where the database, which serves that first, had no connection for it. */
export async function patiently<T>(work: () => Promise<T>, tries = 6): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isBusy = appErrorIn(error)?.data.code === 'service.unavailable';
    if (!isBusy || tries === 1) throw error;
    return patiently(work, tries - 1);
  }
}
