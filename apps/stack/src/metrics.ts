import { measure } from '@shiming/services/watch/measure';
import { createWatch, prometheusText } from '@shiming/worker/watch';
import { runCommand } from './lifetime.ts';
import { withDatabase } from './settings.ts';

const now = () => Date.now();

/** Prints what is measured of the database of the local service, or of `DATABASE_URL`, in Prometheus' text format. */
await runCommand(() =>
  withDatabase(async ({ db }) => {
    const measured = await measure({ db, now });
    process.stdout.write(prometheusText(createWatch(now).samples({}, measured)));
  }),
);
