import { createS3Photos } from '@shiming/providers/photos/s3';
import { measure } from '@shiming/services/watch/measure';
import { ConfigError } from './config.ts';
import { createWatch, prometheusText } from './watch.ts';
import { type Environment, type Execution, worker, writeLine } from './worker.ts';

/** A file of the build, as `pnpm release` lists it: its type, and what its bytes are called by. */
type File = { type: string; etag: string };

type Env = Environment & {
  FILES: Readonly<Record<string, File>>;
  /** The folder of these files. */
  DISK: { fetch(url: string): Promise<Response> };
  OIDC: Other;
  OIDC_JOBS: Other;
  MINISTRY: Other;
};
/** The files, or another Worker of the house. */
type Other = { fetch(request: Request): Promise<Response> };

const photoTimeoutMs = 10_000;

const watch = createWatch(() => Date.now());
const callFetch = (request: Request) => watch.call((asked) => fetch(asked), request);

const photosOf = (env: Env) => {
  const text = (name: string): string => {
    const { [name]: value } = env;
    if (typeof value !== 'string' || value === '') throw new ConfigError(`${name} is not set.`);
    return value;
  };
  const bucketUrl = text('S3_BUCKET_URL');
  if (!/^https?:\/\/[^?#]+[^/?#]$/.test(bucketUrl)) {
    throw new ConfigError(
      'S3_BUCKET_URL must be the address of a bucket, with no slash at its end.',
    );
  }
  return createS3Photos({
    bucketUrl,
    region: text('S3_REGION'),
    accessKeyId: text('S3_ACCESS_KEY_ID'),
    secretAccessKey: text('S3_SECRET_ACCESS_KEY'),
    fetch: callFetch,
    timeoutMs: photoTimeoutMs,
  });
};

const house = worker<Env & { ASSETS: Other }>(photosOf, {
  line: (line) => {
    writeLine(line);
    watch.line({ ...line });
  },
  fetch: callFetch,
});

/** A file of the build. A file below `/assets/` never changes under its name; of others a browser asks for a newer one. */
async function fileAnswer({ FILES, DISK }: Env, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const file = Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
  if (file === undefined) return new Response(null, { status: 404 });
  const headers = {
    etag: file.etag,
    'content-type': file.type,
    'cache-control': pathname.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === file.etag) {
    return new Response(null, { status: 304, headers });
  }
  const { body, ok } = await DISK.fetch(`http://disk${pathname}`);
  if (!ok) throw new Error('a file of the release is not there');
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

/** Counts the answers of another Worker of the house as those of other systems. */
const counted = (host: string, other: Other): Other => ({
  fetch: (request) => watch.call((asked) => other.fetch(asked), request, host),
});

const withAssets = (env: Env) => ({
  ...env,
  ASSETS: { fetch: (request: Request) => fileAnswer(env, request) },
  OIDC: counted('oidc', env.OIDC),
  MINISTRY: counted('ministry', env.MINISTRY),
});

/** What is a file to everybody: documents are read by the Worker alone. */
const isFile = (env: Env, { url, method }: Request): boolean => {
  const { pathname } = new URL(url);
  return (
    (method === 'GET' || method === 'HEAD') &&
    !pathname.startsWith('/pages/') &&
    Object.hasOwn(env.FILES, pathname)
  );
};

/** The Worker in a machine room of one's own, with the files of its pages. */
export default {
  fetch: (request: Request, env: Env, execution: Execution) =>
    isFile(env, request)
      ? fileAnswer(env, request)
      : house.fetch(request, withAssets(env), execution),
};

/** What was counted and measured, for whoever watches. While a setting does not do, the database is not asked. */
async function metrics(env: Env): Promise<Response> {
  let streams = {};
  const look = async () => {
    const { world } = house.start(withAssets(env));
    streams = world.streams.state();
    return measure(world.depsFor(() => {}));
  };
  const measured = await look().catch(() => null);
  return new Response(prometheusText(watch.samples(streams, measured)), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
}

/** Runs the jobs of a minute, with that of the OpenID provider beside them. */
async function runJobs(env: Env, execution: Execution): Promise<Response> {
  const [own, ofProvider] = await Promise.all([
    house.runJobs(withAssets(env), execution),
    env.OIDC_JOBS.fetch(new Request('http://oidc/')),
  ]);
  // It has written its line itself.
  if (ofProvider.ok) watch.line(await ofProvider.json());
  return own;
}

/** What the timer calls each minute, and what reads the metrics, on a socket of its own that no visitor reaches. */
export const jobs = {
  fetch: ({ url }: Request, env: Env, execution: Execution) =>
    new URL(url).pathname === '/metrics' ? metrics(env) : runJobs(env, execution),
};
