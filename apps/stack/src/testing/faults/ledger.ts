/** A value of which the last acknowledged one is known, and those since that may have been taken or not. */
export class Possible {
  #sure: string;
  #maybe: string[] = [];
  #former: string[] = [];

  constructor(sure: string) {
    this.#sure = sure;
  }

  /** The value that was acknowledged last. */
  get sure(): string {
    return this.#sure;
  }

  acknowledge(value: string): void {
    this.#former.push(...this.all());
    this.#sure = value;
    this.#maybe = [];
  }

  /** An older state was brought back: whatever it ever was may be there. */
  goBack(): void {
    this.#maybe.push(...this.#former);
  }

  /** A change to this value was asked for, and no answer came. */
  doubt(value: string): void {
    this.#maybe.push(value);
  }

  /** What may be there. */
  all(): readonly string[] {
    return [this.#sure, ...this.#maybe];
  }
}

/** Somebody of the load, with what was acknowledged about them. */
export interface Holder {
  readonly portal: 'teacher' | 'student' | 'business';
  readonly number: string;
  readonly mobile: Possible;
  readonly password: Possible;
}

/** What a change was acknowledged as. Each kind has a check of its own (`check.ts`). */
export type Fact =
  /** An account with its session; `session` is the id in the cookie. */
  | { is: 'account'; holder: Holder; session: string }
  | { is: 'session'; session: string }
  | { is: 'registration'; registration: string }
  | { is: 'code_sent'; mobile: string }
  | { is: 'contact_changed'; holder: Holder; session: string }
  | { is: 'password_changed'; holder: Holder }
  | { is: 'profile'; session: string }
  | { is: 'identity'; holder: Holder; session: string }
  | { is: 'verified'; session: string; outcome: string }
  | { is: 'consent'; session: string; kind: string }
  | { is: 'photo'; photoId: string }
  | { is: 'review_submitted'; session: string; caseNumber: string }
  | { is: 'taken'; caseId: string }
  | { is: 'decided'; caseId: string; version: number; outcome: string }
  | { is: 'authorisation'; session: string }
  | { is: 'office'; receipt: string; isYes: boolean }
  | { is: 'service'; session: string; service: string };

export type FactKind = Fact['is'];

/** Something that the product has acknowledged. `requestId` is that of the answer, by which the audit names it. */
export type Acknowledged = Fact & { path: string; requestId: string };

/** Everything that the driver was told, and what it does not know. */
export class Ledger {
  acknowledged: Acknowledged[] = [];
  /** Changes of which no answer came, by path. */
  readonly unanswered = new Map<string, number>();
  readonly refused = new Map<string, number>();
  /** Answers with 500, of which there should be none. */
  readonly broken: string[] = [];

  acknowledge(path: string, requestId: string, fact: Fact): void {
    this.acknowledged.push({ ...fact, path, requestId });
  }

  /** An older state was brought back, as it was when so many had been acknowledged. */
  goBack(acknowledged: number): void {
    for (const { holder } of this.of('account')) {
      holder.mobile.goBack();
      holder.password.goBack();
    }
    this.acknowledged = this.acknowledged.slice(0, acknowledged);
  }

  count(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  of<K extends FactKind>(kind: K): (Acknowledged & { is: K })[] {
    return this.acknowledged.filter((each): each is Acknowledged & { is: K } => each.is === kind);
  }
}
