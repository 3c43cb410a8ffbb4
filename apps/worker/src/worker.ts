import { connect } from 'cloudflare:sockets';
import { crc32, deflateSync } from 'node:zlib';
import argon2 from '@phi-ag/argon2/argon2.wasm';
import { runJobs } from '@shiming/services/run-jobs';
import { webCrypto } from '@shiming/providers/crypto';
import type { PhotoStore } from '@shiming/providers';
import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { doDeferred } from './deferred.ts';
import { createWorld, type World } from './world.ts';

export type Environment = Readonly<Record<string, unknown>>;
type Env = Environment & {
  ASSETS: { fetch(request: Request): Promise<Response> };
  /** The Worker that speaks with the ministry. */
  MINISTRY?: { fetch(request: Request): Promise<Response> };
};
export type Execution = {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
  props: unknown;
};

export const writeLine = (line: object) => {
  // oxlint-disable-next-line no-console -- the log is what a Worker writes to its console
  console.log(JSON.stringify(line));
};

/** What writes the lines of the log, and what asks other systems. */
export type Watch = {
  line: (line: object) => void;
  fetch: (request: Request) => Promise<Response>;
};
/** workerd's `fetch` wants to be called as a function of its own. */
const unwatched: Watch = { line: writeLine, fetch: (request) => fetch(request) };

/** Refuses to run on settings that do not do, in a sentence that says which. */
function refusedStart(error: unknown, log: Watch['line']): Response {
  if (!(error instanceof ConfigError)) throw error;
  log({ outcome: 'config.refused', note: error.message });
  return Response.json({ ok: false, reason: error.message }, { status: 503 });
}

/** What the Worker does, on whatever it runs; `photosOf` finds in its environment where photos are kept. */
export function worker<E extends Env>(photosOf: (env: E) => PhotoStore, watch = unwatched) {
  let started: { world: World; app: ReturnType<typeof createApp> } | null = null;

  /** Once for each isolate: the environment does not change under it, and one Argon2 instance is enough. */
  function start(env: E) {
    if (started !== null) return started;
    const config = readConfig(env);
    if (config.ministry !== null && env.MINISTRY === undefined) {
      throw new ConfigError('MINISTRY_ISSUER is set, and MINISTRY is not bound to its Worker.');
    }
    const world = createWorld(config, {
      argon2,
      connect,
      zlib: { crc32, deflateSync },
      photos: photosOf(env),
      ministry: env.MINISTRY ?? null,
      fetch: watch.fetch,
    });
    const app = createApp({
      world,
      portals: config.doors,
      publicOrigin: config.publicOrigin,
      addressHeader: config.addressHeader,
      log: watch.line,
      newId: () => webCrypto.randomToken(16),
      now: () => Date.now(),
    });
    started = { world, app };
    return started;
  }

  return {
    start,
    fetch(request: Request, env: E, execution: Execution): Response | Promise<Response> {
      try {
        return start(env).app.fetch(request, env, execution);
      } catch (error) {
        return refusedStart(error, watch.line);
      }
    },
    /** Runs the jobs of a minute, to their end: a timer that has waited long enough hangs up. */
    async runJobs(env: E, execution: Execution): Promise<Response> {
      const runId = webCrypto.randomToken(16);
      try {
        const { world } = start(env);
        const deps = world.depsFor((work) =>
          execution.waitUntil(doDeferred(work, runId, watch.line)),
        );
        const running = runJobs(deps, (line) =>
          watch.line({ procedure: 'jobs', requestId: runId, ...line }),
        );
        execution.waitUntil(running);
        await running;
        return Response.json({ ok: true });
      } catch (error) {
        return refusedStart(error, watch.line);
      }
    },
  };
}
