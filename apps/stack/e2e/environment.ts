import type { Environment } from 'vitest/runtime';

declare global {
  /** Makes the stack of this process what it was at its start: an empty database, and a sandbox that has been sent nothing. */
  var renewStack: (() => Promise<void>) | undefined;
  /** Ends what the journeys of this process have started. */
  var endOfProcess: (() => Promise<void>) | undefined;
}

/** Node, for files that share a process and the stack in it: vitest has no other end of a process than that of its environment. */
export default {
  name: 'journeys',
  viteEnvironment: 'ssr',
  setup: () => ({ teardown: () => globalThis.endOfProcess?.() }),
} satisfies Environment;
