import { type Bucket, createR2Photos } from '@shiming/providers/photos';
import { ConfigError } from './config.ts';
import { type Environment, type Execution, worker } from './worker.ts';

type Env = Environment & {
  ASSETS: { fetch(request: Request): Promise<Response> };
  PHOTOS?: Bucket;
  MINISTRY?: { fetch(request: Request): Promise<Response> };
};

const house = worker(({ PHOTOS }: Env) => {
  if (PHOTOS === undefined) throw new ConfigError('PHOTOS is not bound to a bucket.');
  return createR2Photos(PHOTOS);
});

/** The Worker at Cloudflare. */
export default {
  fetch: (request: Request, env: Env, execution: Execution) => house.fetch(request, env, execution),
  async scheduled(_: unknown, env: Env, execution: Execution): Promise<void> {
    await house.runJobs(env, execution);
  },
};
