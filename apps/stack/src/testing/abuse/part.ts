import type { Ours } from '../../bench/parties.ts';
import type { Cast } from '../abuse-cast.ts';
import type { Ask } from './ask.ts';

export interface AbuseContext {
  /** The product, started with the first part that asks for it. */
  readonly ours: () => Promise<Ours>;
  readonly ask: () => Promise<Ask>;
  /** Everybody who calls, and the rows that B owns, by table and row id: made once for all parts. */
  readonly cast: () => Promise<Cast & { readonly owned: ReadonlySet<string> }>;
  /** Whether a procedure is among those that were asked for: `--procedure session.end`. */
  readonly isChosen: (path: string) => boolean;
  readonly seed: number;
  /** How many inputs are generated. */
  readonly inputs: number;
  readonly say: (line: string) => void;
}

/** A part of `pnpm test:abuse`: what it finds wrong ends the command with a failure; the rest goes into `docs/abuse.md`. */
export interface AbusePart<Data = unknown> {
  readonly id: string;
  readonly title: string;
  readonly measure: (context: AbuseContext) => Promise<Data>;
  readonly faults: (data: Data) => readonly string[];
  readonly render: (data: Data) => string;
}

/** Gives the parts of different data one type. */
export const abuseOf = <Data>(part: AbusePart<Data>): AbusePart => part as unknown as AbusePart;
