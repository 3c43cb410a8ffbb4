import type { Ours, Party, Stops } from './parties.ts';

export interface BenchContext {
  /** A folder of this run, removed at its end. */
  readonly dir: string;
  readonly stops: Stops;
  /** Rounds that are counted; one before them warms up. */
  readonly rounds: number;
  /** What was asked for besides the part, such as numbers of accounts. */
  readonly numbers: readonly number[];
  /** The pages that were asked for; none for all. */
  readonly paths: readonly string[];
  /** Whether a case is among those that were asked for: `--case sign-in`. */
  readonly isChosen: (id: string) => boolean;
  /** The product, started with the first part that asks for it and shared by those after it. */
  ours(): Promise<Ours>;
  /** The bare handler and the peer, in the same way. */
  others(): Promise<{ floor: Party; peer: Party }>;
  readonly say: (line: string) => void;
}

/** A part of the bench: what it measures goes to `bench/results.json`, and as Markdown to `bench/README.md`. */
export interface Part<Data = unknown> {
  readonly id: string;
  readonly title: string;
  /** Whether it is run where no part is named. */
  readonly isUsual: boolean;
  readonly measure: (context: BenchContext) => Promise<Data>;
  readonly render: (data: Data) => string;
}

/** Gives the parts of different data one type: each renders only what it has measured. */
export const partOf = <Data>(part: Part<Data>): Part => part as unknown as Part;
