import type { RunningService } from './children.ts';

export interface Kept {
  /** How the service is started, again on the same port and with the same data. */
  readonly start: () => Promise<RunningService>;
  /** Whether it does its work. It settles within seconds, whatever the service does. */
  readonly isAnswering: () => Promise<boolean>;
  readonly log: (line: string) => void;
  /** How long to wait between two questions. */
  readonly everyMs?: number;
}

export interface Keeper {
  /** Settles with a sentence when the service cannot be kept running. */
  readonly broken: Promise<string>;
  /** Ends the service, one that is starting too. */
  stop(): Promise<void>;
}

/** So many questions in a row without an answer are more than a busy moment. */
const silencesAtMost = 3;
/** Started so often within so long, a service has something that a restart does not mend. */
const restartsAtMost = 5;
const restartsWithinMs = 10 * 60_000;

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/**
 * Keeps a service running that has been started: when it has ended by itself, or hangs, it is started again. A restart that
 * fails, or one too many, settles `broken`.
 */
export function keepRunning(first: RunningService, kept: Kept): Keeper {
  const { start, isAnswering, log, everyMs = 5_000 } = kept;
  const { name } = first;
  let service = first;
  let restarting: Promise<void> | undefined;
  const stopping = new AbortController();
  const { signal } = stopping;
  const restarts: number[] = [];

  /** Returns when the service has ended or hangs, or is to be stopped. */
  async function watch(): Promise<void> {
    let silences = 0;
    while (!signal.aborted && !service.hasEnded() && silences < silencesAtMost) {
      // After a silence it asks again soon.
      await Promise.race([pause(silences === 0 ? everyMs : everyMs / 5), service.ended]);
      if (signal.aborted || service.hasEnded()) return;
      silences = (await isAnswering().catch(() => false)) ? 0 : silences + 1;
    }
  }

  async function restart(): Promise<void> {
    // What hangs does not heed a signal.
    await service.stop(1_000);
    service = await start();
    // Stopped while it was starting.
    if (signal.aborted) await service.stop();
  }

  async function keep(): Promise<string> {
    for (;;) {
      await watch();
      if (signal.aborted) return new Promise(() => {});
      const why = service.hasEnded() ? 'ended by itself' : 'does not answer';
      const nowMs = Date.now();
      restarts.push(nowMs);
      const recent = restarts.filter((atMs) => atMs > nowMs - restartsWithinMs);
      const tail = service.tail();
      if (recent.length > restartsAtMost) {
        return `${name} ${why} again and again. Its last lines:\n${tail}`;
      }
      log(`${name} ${why}: it is started again.`);
      restarting = restart();
      try {
        await restarting;
      } catch (error) {
        return `${name} ${why} and does not start again. ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  }

  const broken = keep();
  return {
    broken,
    stop: async () => {
      stopping.abort();
      await service.stop();
      await restarting?.catch(() => {});
    },
  };
}
