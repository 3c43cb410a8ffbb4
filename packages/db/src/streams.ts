/** A connection that the database keeps open for whoever shows the baton of its last answer; `null` before the first one. */
export type Stream = {
  baton: string | null;
  /** Where its next request goes, if the database said so. */
  url: string | null;
  /** From then on a request that uses it also closes it. */
  untilMs: number;
  takenAtMs: number;
  /** Whether somebody will close it in time. */
  isWatched: boolean;
};

/**
 * What a request is served by: a stream, or the answer that another one brought along, `null` where that one had none;
 * nothing in time is `null`, too.
 */
type Served<Answer> = { stream: Stream } | { answer: Answer | null } | null;
type Waiting = {
  /** What may be asked along with the request of somebody else; `null` where nothing may. */
  question: object | null;
  served: Served<unknown> | undefined;
  /** Has the request look at once. */
  wake: () => void;
};

export type Streams = ReturnType<typeof createStreams>;

const usual = {
  /** How many connections an isolate has at a time. sqld gives one more (`--max-concurrent-connections`), to everybody else. */
  bound: 2,
  /**
   * How long a stream is kept. sqld serves those who wait for a connection in their order, and refuses them after a second,
   * so other isolates and tools get theirs in time.
   */
  keptMs: 250,
  /** How long a request waits for a stream before it asks for a connection of its own. */
  waitMs: 3_000,
  /** How often a request that waits looks whether it has been served. */
  lookMs: 20,
  /** So many questions go along with a request. */
  along: 7,
  /** A request lasts no longer than this: a stream that is out for longer was lost with its request, and has expired. */
  lostMs: 15_000,
};

/**
 * The streams of an isolate, for one request at a time each: opening a connection costs the database as much as a
 * query, for it reads the whole schema. Requests that find none free wait in a queue, from which short questions go
 * along with the request that is served.
 */
export function createStreams(options: Partial<typeof usual> = {}) {
  const { bound, keptMs, waitMs, lookMs, along, lostMs } = { ...usual, ...options };
  const free: Stream[] = [];
  const taken = new Set<Stream>();
  const waiting = new Set<Waiting>();

  function hand(stream: Stream): Stream {
    stream.takenAtMs = Date.now();
    taken.add(stream);
    return stream;
  }
  function fresh(): Stream {
    const nowMs = Date.now();
    const untilMs = nowMs + keptMs;
    return hand({ baton: null, url: null, untilMs, takenAtMs: nowMs, isWatched: false });
  }

  function forgetLost() {
    for (const stream of taken) {
      if (Date.now() - stream.takenAtMs > lostMs) taken.delete(stream);
    }
  }

  /**
   * workerd ends a request that waits for another one alone: the timers are this request's own. It looks for itself, too, because a
   * promise that another request has settled now and then never goes on.
   */
  async function wait<Answer>(question: object | null): Promise<Served<Answer>> {
    const own: Waiting = { question, served: undefined, wake: () => {} };
    waiting.add(own);
    const untilMs = Date.now() + waitMs;
    while (own.served === undefined && Date.now() < untilMs) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([
        new Promise<void>((resolve) => (own.wake = resolve)),
        new Promise<void>((resolve) => (timer = setTimeout(resolve, lookMs))),
      ]);
      clearTimeout(timer);
    }
    waiting.delete(own);
    return (own.served ?? null) as Served<Answer>;
  }
  function serve(each: Waiting, served: Served<unknown>): void {
    each.served = served;
    each.wake();
  }

  return {
    /**
     * A stream, to be given back, or the answer to `question` that was asked along; `null` when there was neither in time.
     */
    take<Answer>(question: object | null = null): Served<Answer> | Promise<Served<Answer>> {
      const kept = free.pop();
      if (kept !== undefined) return { stream: hand(kept) };
      if (taken.size >= bound) forgetLost();
      return taken.size < bound ? { stream: fresh() } : wait(question);
    },

    /** The questions of requests that wait, to be asked along; each is to be served. */
    takeAlong(): { question: object; serve: (served: Served<unknown>) => void }[] {
      const questions = [];
      for (const each of waiting) {
        const { question } = each;
        if (questions.length === along) break;
        if (question === null) continue;
        waiting.delete(each);
        questions.push({ question, serve: (served: Served<unknown>) => serve(each, served) });
      }
      return questions;
    },

    /** Gives a stream back with the baton of its last answer, or with `null` where it has been closed or is broken. */
    give(stream: Stream, baton: string | null) {
      // Its request lasted too long, and the place is taken.
      if (!taken.delete(stream)) return;
      stream.baton = baton;
      const [next] = waiting;
      if (next !== undefined) {
        waiting.delete(next);
        serve(next, { stream: baton === null ? fresh() : hand(stream) });
      } else if (baton !== null) {
        free.push(stream);
      }
    },

    /** Waits until a stream has been kept for long enough, and then takes it where nobody uses it: to be closed. */
    async takeLast(stream: Stream): Promise<boolean> {
      do {
        const leftMs = Math.max(stream.untilMs - Date.now(), keptMs / 10);
        await new Promise((resolve) => setTimeout(resolve, leftMs));
        const index = free.indexOf(stream);
        if (index !== -1) {
          free.splice(index, 1);
          hand(stream);
          return true;
        }
      } while (taken.has(stream));
      return false;
    },
  };
}
