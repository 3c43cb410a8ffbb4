import type { InValue } from '@libsql/client';

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
  /** The text of the questions that are under way on it. */
  asking: string | undefined;
};

/** A query of one text for all who ask it: `?1` is a list of what each asks, and a row says last whose it is. */
export type Question = { sql: string; args: InValue[] };
/** The rows that answer a question. */
export type Rows = ArrayLike<unknown>[];

/**
 * What a request is served by: a stream, or the answer that another one brought along, with its share of the rows that were
 * looked at. An `answer` of `null` says that there was none, and `null` that there was nothing in time.
 */
export type Served = { stream: Stream } | { answer: Rows | null; rowsRead: number } | null;
/** A question on its way, and what it is served by once it is. */
export type Asking = { question: Question; served: Served | undefined };
type Waiting = {
  /** What may be asked along with the request of somebody else; `null` where nothing may. */
  question: Question | null;
  sinceMs: number;
  served: Served | undefined;
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
  /**
   * After how long a request that was not served when it was likely to be looks again, at first and at most. Each look costs
   * workerd a tenth of a session check.
   */
  lookMs: 1,
  lookMsAtMost: 10,
  /** So long a question waits to go along with another, before it gets a stream in its turn. */
  passedOverMs: 50,
  /** So many questions go along with a request. */
  along: 31,
  /** A request lasts no longer than this: a stream that is out for longer was lost with its request, and has expired. */
  lostMs: 15_000,
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The streams of an isolate, for one request at a time each: opening a connection costs the database as much as a
 * query, for it reads the whole schema. Requests that find none free wait in a queue, from which short questions go
 * along with the request that is served.
 */
export function createStreams(options: Partial<typeof usual> = {}) {
  const { bound, keptMs, waitMs, lookMs, lookMsAtMost, passedOverMs, along, lostMs } = {
    ...usual,
    ...options,
  };
  const kept: Stream[] = [];
  const taken = new Set<Stream>();
  const waiting = new Set<Waiting>();
  /** How long questions have been under way, of late. */
  let usualMs = lookMs;

  function hand(stream: Stream, { question }: Pick<Waiting, 'question'>): Stream {
    stream.takenAtMs = Date.now();
    stream.asking = question?.sql;
    taken.add(stream);
    return stream;
  }
  function fresh(): Stream {
    const nowMs = Date.now();
    const untilMs = nowMs + keptMs;
    return {
      baton: null,
      url: null,
      untilMs,
      takenAtMs: nowMs,
      isWatched: false,
      asking: undefined,
    };
  }

  function forgetLost() {
    for (const stream of taken) {
      if (Math.abs(Date.now() - stream.takenAtMs) > lostMs) taken.delete(stream);
    }
  }

  const waitedMsOf = ({ sinceMs }: Waiting) => Math.abs(Date.now() - sinceMs);

  const underWayMsOf = ({ takenAtMs }: Stream) => Math.abs(Date.now() - takenAtMs);
  /** The stream on which questions of this text are under way, unless they are lost. */
  const underWay = (sql: string) =>
    [...taken].find((each) => each.asking === sql && underWayMsOf(each) <= passedOverMs);

  /** A question waits for those of its text just under way, to go with others then: planning costs more than many answers. */
  function free(own: Waiting): Stream | null {
    if (own.question !== null && underWay(own.question.sql) !== undefined) return null;
    if (kept.length === 0 && taken.size >= bound) return null;
    return hand(kept.pop() ?? fresh(), own);
  }

  /** In how many milliseconds a request is likely to be served: a question when those under way and then those with it are. */
  function likelyMs({ question }: Waiting): number {
    if (question === null) return lookMs;
    const before = underWay(question.sql);
    if (before === undefined) return lookMs;
    const leftMs = Math.max(0, usualMs - underWayMsOf(before));
    return Math.min(Math.ceil(leftMs + usualMs), passedOverMs);
  }

  /**
   * A request looks by a timer of its own whether it has been served, and nobody settles a promise for it: workerd ends a
   * request that waits for another one alone as hung, and where another one settles its promise, it goes on in the name of that
   * one now and then, and what it asks then ends with that one.
   */
  async function wait(own: Waiting): Promise<Served> {
    waiting.add(own);
    forgetLost();
    await pause(likelyMs(own));
    for (let nextMs = lookMs; ; nextMs = Math.min(2 * nextMs, lookMsAtMost)) {
      if (own.served !== undefined) return own.served;
      if (waitedMsOf(own) > waitMs) break;
      // Not where its question is under way with somebody else's.
      const stream = waiting.has(own) ? free(own) : null;
      if (stream !== null) {
        waiting.delete(own);
        return { stream };
      }
      await pause(nextMs);
    }
    waiting.delete(own);
    return null;
  }

  return {
    /**
     * A stream, to be given back, or the answer to `question` that was asked along; `null` when there was neither in time.
     */
    take(question: Question | null = null): Served | Promise<Served> {
      const own: Waiting = { question, sinceMs: Date.now(), served: undefined };
      const stream = free(own);
      return stream === null ? wait(own) : { stream };
    },

    state: () => ({ kept: kept.length, in_use: taken.size, waiting: waiting.size }),

    /** The questions of this text that wait, to be asked along; each is to be served. */
    takeAlong(sql: string): Asking[] {
      const isAlike = (each: Waiting): each is Waiting & Asking => each.question?.sql === sql;
      const asking = [...waiting].filter(isAlike).slice(0, along);
      for (const each of asking) waiting.delete(each);
      return asking;
    },

    /**
     * Takes a stream again that was given back, for questions of this text that wait: who has asked by it asks for them at once.
     * Returns whether it was taken; not where nobody waits, where somebody else has it, or where its time is over.
     */
    takeOn(stream: Stream, sql: string): boolean {
      const index = kept.indexOf(stream);
      const isWaitedFor = [...waiting].some((each) => each.question?.sql === sql);
      if (index === -1 || !isWaitedFor || underWay(sql) !== undefined) return false;
      if (Date.now() >= stream.untilMs) return false;
      kept.splice(index, 1);
      hand(stream, { question: { sql, args: [] } });
      return true;
    },

    /** Gives a stream back with the baton of its last answer, or with `null` where it has been closed or is broken. */
    give(stream: Stream, baton: string | null) {
      // Its request lasted too long, and the place is taken.
      if (!taken.delete(stream)) return;
      stream.baton = baton;
      if (stream.asking !== undefined && baton !== null) {
        usualMs = (3 * usualMs + Math.min(underWayMsOf(stream), passedOverMs)) / 4;
      }
      const next = [...waiting].find(
        (each) => each.question === null || waitedMsOf(each) > passedOverMs,
      );
      if (next !== undefined) {
        waiting.delete(next);
        next.served = { stream: hand(baton === null ? fresh() : stream, next) };
      } else if (baton !== null) {
        kept.push(stream);
      }
    },

    /** Waits until a stream has been kept for long enough, and then takes it where nobody uses it: to be closed. */
    async takeLast(stream: Stream): Promise<boolean> {
      do {
        const leftMs = Math.min(Math.max(stream.untilMs - Date.now(), keptMs / 10), keptMs);
        await pause(leftMs);
        const index = kept.indexOf(stream);
        if (index !== -1) {
          kept.splice(index, 1);
          hand(stream, { question: null });
          return true;
        }
      } while (taken.has(stream));
      return false;
    },
  };
}
