import { citizens } from './citizens.ts';
import type { Citizen, CitizenValidity } from './citizens.ts';

/** What the register says of a query that is well formed. `broken`: it failed while looking. */
export type RegisterAnswer = 'match' | 'mismatch' | 'no_record' | 'quota' | 'broken';

const queriesPerDay = 15;
const shanghaiOffsetMs = 8 * 3_600_000;

/**
 * The authority's register of identities. It knows holders of an identity card by their number, and nobody else.
 */
export class IdentityRegister {
  readonly #queries = new Map<string, number>();
  readonly #queriesOfDay = new Map<string, number>();
  readonly #withCtid = new Set<string>();
  readonly #others = new Map<string, Citizen>();

  /** How often each number was asked about, answered or not. */
  get queries(): ReadonlyMap<string, number> {
    return this.#queries;
  }

  hasCtid(number: string): boolean {
    return this.#withCtid.has(number);
  }

  /** Takes somebody in who is not among the citizens. */
  takeIn(citizen: Citizen): void {
    this.#others.set(citizen.number, citizen);
  }

  /** Opens a 网证, which makes a recent change known to the register. `false` when nobody has this number. */
  openCtid(number: string): boolean {
    if (!citizens.some((citizen) => citizen.number === number)) return false;
    this.#withCtid.add(number);
    return true;
  }

  reset(): void {
    this.#queries.clear();
    this.#queriesOfDay.clear();
    this.#withCtid.clear();
  }

  countQuery(number: string): void {
    this.#queries.set(number, (this.#queries.get(number) ?? 0) + 1);
  }

  /** The photo that the register has under a number. */
  photoOf(number: string): Citizen['photo'] {
    return this.#find(number)?.photo;
  }

  /** Whether the person behind the number is one the register takes long to find. */
  isSlow(number: string): boolean {
    return this.#find(number)?.outcome === 'slow';
  }

  /**
   * Compares a name, and dates where there are any, with what is registered under a number.
   * Each number is looked up at most 15 times a day (Asia/Shanghai).
   */
  lookUp(
    query: { name: string; number: string; validity?: CitizenValidity },
    nowMs: number,
  ): RegisterAnswer {
    const day = new Date(nowMs + shanghaiOffsetMs).toISOString().slice(0, 10);
    const key = `${day} ${query.number}`;
    const asked = this.#queriesOfDay.get(key) ?? 0;
    if (asked >= queriesPerDay) return 'quota';
    this.#queriesOfDay.set(key, asked + 1);

    const citizen = this.#find(query.number);
    if (citizen === null || citizen.outcome === 'no_record') return 'no_record';
    if (citizen.outcome === 'down') return 'broken';
    // A 网证 brings a recent change over; it does not mend a name that was always spelt otherwise.
    const isUpdated = citizen.outcome === 'recently_changed' && this.hasCtid(citizen.number);
    const registered = isUpdated ? citizen : { ...citizen, ...citizen.registered };
    const { validity = registered.validity } = query;
    const isSame =
      query.name === registered.name &&
      validity.start === registered.validity.start &&
      validity.end === registered.validity.end;
    return isSame ? 'match' : 'mismatch';
  }

  #find(number: string): Citizen | null {
    return (
      citizens.find((citizen) => citizen.outcome !== 'unchecked' && citizen.number === number) ??
      this.#others.get(number) ??
      null
    );
  }
}
