import { appErrorIn, checkCharacter, portals, shanghaiDate, type StepId } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { openIdOf, type RegistrationOffice } from '@shiming/sandbox';
import { testPassword } from '@shiming/services/testing';
import { attestFor } from '@shiming/services/testing/attestations';
import { officeWithKey } from '@shiming/services/testing/office';
import { staffNamed } from '@shiming/services/testing/staff';
import { type Answer, Browser } from './browser.ts';
import { type Fact, type Holder, type Ledger, Possible } from './ledger.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/** A flow that did not come to its end: it was refused, or got no answer for long. */
class Ended extends Error {}

type Person = Holder & {
  readonly prefix: string;
  readonly documentType: 'resident_identity_card';
  readonly name: string;
  readonly email: string;
  browser: Browser;
  /** When a code went to the mobile last. */
  codeAtMs: number;
};

/** The gap between two codes to one number. */
const codeGapMs = 61_000;

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });

/** How long one step is tried: longer than anything is away. */
const patience = { tries: 120, pauseMs: 250 };

const pad = (part: number, digits: number) => String(part).padStart(digits, '0');

const numberOf = (index: number): string => {
  const [year, month] = [1982 + (index % 12), 1 + (Math.floor(index / 12) % 12)];
  const digits = `110199${year}${pad(month, 2)}${pad(1 + (Math.floor(index / 144) % 28), 2)}${pad(200 + (index % 700), 3)}`;
  return digits + checkCharacter(digits);
};

const card = { start: '2020-05-06', end: '2040-05-06' };
const validity = { validityStart: { year: '2020', month: '5', day: '6' }, validityTerm: '20' };
/** What a call answers, as far as the driver reads it. */
type Said = Readonly<Record<string, unknown>>;

/**
 * People, reviewers and an office, who use all three portals at once. What they do follows from the seed; what is acknowledged
 * goes to the ledger.
 */
export class Load {
  readonly #room: Room;
  readonly #ledger: Ledger;
  readonly #random: Random;
  #stopping = new AbortController();
  /** Those with an account, whom nobody of the load is at this moment. */
  readonly #people: Person[] = [];
  readonly #everybody: Person[] = [];
  readonly #staff: Browser[] = [];
  #work: Promise<unknown>[] = [];
  #hasGivenUp = false;
  #made = 0;
  #calls = 0;
  #services: 'working' | 'slow' | 'down' = 'working';

  constructor(room: Room, ledger: Ledger, random: Random) {
    this.#room = room;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** The browsers in which people with an account are, or were, signed in. */
  browsers(): readonly Pick<Person, 'browser' | 'prefix'>[] {
    return this.#people.filter(({ browser }) => browser.cookie('session') !== undefined);
  }

  /** Those in which a registration is on its way. */
  registering(): readonly Pick<Person, 'browser' | 'prefix'>[] {
    return this.#everybody.filter(({ browser }) => browser.cookie('registration') !== undefined);
  }

  /** Those of the staff. */
  staff(): readonly Browser[] {
    return this.#staff;
  }

  /** How many calls were made. */
  get calls(): number {
    return this.#calls;
  }

  /** How the services behave that sign people in: one that is `down` is gone when the person comes back to it. */
  setServices(mode: 'working' | 'slow' | 'down'): void {
    this.#services = mode;
  }

  /** Starts so many people at once, and two reviewers and a senior. */
  async start(people: number): Promise<void> {
    this.#stopping = new AbortController();
    const { world, origin } = this.#room;
    const staff = await Promise.all(
      (['reviewer', 'reviewer', 'senior'] as const).map((role) => staffNamed(world, role)),
    );
    const office = await officeWithKey(world.ctx(), {
      keyId: world.ctx().crypto.randomToken(12),
      url: `${origin}/business/office/v1/authorisation.check`,
      keysUrl: `${origin}/business/office/v1/keys`,
      fetch: (request) => fetch(request),
      now: Date.now,
    });
    this.#work = [
      ...staff.map(({ sessionToken }, index) => this.#review(sessionToken, index)),
      ...Array.from({ length: people }, () => this.#live(office)),
    ];
  }

  /** Lets everybody finish the flow they are in. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#work);
  }

  /** Ends without waiting for answers. */
  giveUp(): void {
    this.#stopping.abort();
    this.#hasGivenUp = true;
  }

  get #isOver(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** One step of a flow, again and again until there is an answer. */
  async #step(
    path: string,
    ask: () => Promise<Answer>,
    factOf: (said: Said) => Fact | null = () => null,
    onDoubt: () => void = () => {},
  ): Promise<Said> {
    for (let tries = 0; tries < patience.tries && !this.#hasGivenUp; tries += 1) {
      this.#calls += 1;
      const answer = await ask();
      if (answer.is === 'done') {
        const said = (answer.data ?? {}) as Said;
        const fact = factOf(said);
        if (fact !== null) this.#ledger.acknowledge(path, answer.requestId, fact);
        return said;
      }
      if (answer.is === 'refused') {
        this.#ledger.count(this.#ledger.refused, `${path} ${answer.code}`);
        throw new Ended(answer.code);
      }
      if (answer.why === 'internal.unexpected') this.#ledger.broken.push(path);
      this.#ledger.count(this.#ledger.unanswered, path);
      onDoubt();
      await pause(patience.pauseMs);
    }
    throw new Ended('unanswered');
  }

  /** What the driver itself does in the database, which may be away. */
  async #prepare(work: () => Promise<void>): Promise<void> {
    for (let tries = 0; tries < patience.tries && !this.#hasGivenUp; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (appErrorIn(error) === null) throw error;
        await pause(patience.pauseMs);
      }
    }
    throw new Ended('unanswered');
  }

  #call(
    { browser, prefix }: Pick<Person, 'browser' | 'prefix'>,
    path: string,
    input?: object,
    ...rest: [((said: Said) => Fact | null)?, (() => void)?]
  ) {
    return this.#step(path, () => browser.call(prefix, path, input), ...rest);
  }

  #newPerson(): Person {
    const index = (this.#made += 1);
    const portal = this.#random.pick(['teacher', 'teacher', 'student', 'business'] as const);
    const number = numberOf(index);
    const person: Person = {
      portal,
      prefix: portal === 'teacher' ? '' : `/${portal}`,
      documentType: 'resident_identity_card',
      number,
      name: '林一舟',
      email: `person${index}@example.com`,
      mobile: new Possible(`1995${String(index).padStart(7, '0')}`),
      password: new Possible(testPassword),
      browser: this.#newBrowser(index),
      codeAtMs: Date.now(),
    };
    // Business registrations end at once where the authority has no record.
    if (portal === 'business' || this.#random.next() < 0.5) {
      const { name, documentType, mobile } = person;
      this.#room.sandbox.authority.takeIn({
        name,
        documentType,
        number,
        mobile: mobile.sure,
        validity: card,
        outcome: 'match',
        note: { zh: '', en: '' },
      });
    }
    this.#everybody.push(person);
    return person;
  }

  #newBrowser(index: number): Browser {
    const address = `198.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    return new Browser(this.#room.origin, address, { device: `device-${index}` });
  }

  /** A ticket of the puzzle: the place of the piece is read where no browser looks. */
  async #ticket(person: Person, purpose: string): Promise<string> {
    for (;;) {
      const drawn = await this.#call(person, 'puzzle.draw', { purpose });
      if (drawn['way'] === 'ticket') return String(drawn['ticket']);
      const puzzleId = String(drawn['puzzleId']);
      try {
        const { db } = this.#room.world.ctx();
        const [puzzle] = await db.all<{ x: number }>(
          `select x from puzzle where id = '${puzzleId}'`,
        );
        // One whose answer was lost is gone, or its ticket is held.
        if (puzzle === undefined) continue;
        const solved = await this.#call(person, 'puzzle.solve', { puzzleId, x: puzzle.x });
        return String(solved['ticket']);
      } catch (error) {
        if (error instanceof Ended && error.message !== 'puzzle.expired') throw error;
        await pause(patience.pauseMs);
      }
    }
  }

  /** Asks for a code until a gateway takes it, and reads it on the phone. */
  async #code(
    person: Person,
    path: string,
    purpose: string,
    mobile: string,
    more: object,
  ): Promise<string> {
    const before = this.#room.sandbox.phone.messages(mobile).length;
    for (let tries = 0; tries < 40; tries += 1) {
      const ticket = await this.#ticket(person, purpose);
      try {
        const said = await this.#call(person, path, { ...more, ticket }, ({ outcome }) =>
          outcome === 'sent' ? { is: 'code_sent', mobile } : null,
        );
        if (said['outcome'] === 'sent') break;
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        // The ticket was spent by a call whose answer did not come: so was the claim, and the code may be there.
        const isThere = this.#room.sandbox.phone.messages(mobile).length > before;
        if (isThere) break;
        if (error.message !== 'puzzle.ticket_refused') throw error;
      }
      if (this.#isOver) throw new Ended('over');
      await pause(1_000);
    }
    person.codeAtMs = Date.now();
    const code = this.#room.sandbox.phone.lastCode(mobile);
    if (code === null) throw new Ended('no code');
    return code;
  }

  async #register(person: Person): Promise<void> {
    const { documentType, number, name, portal, mobile, email } = person;
    const answers = { documentType, number, name, ...validity, hasConsented: true };
    const draft = (): Fact => ({
      is: 'registration',
      registration: person.browser.idIn('registration'),
    });
    const password = { password: person.password.sure, passwordAgain: person.password.sure };
    const saveDocument = () => this.#call(person, 'registration.saveDocument', answers, draft);
    const savePassword = () => this.#call(person, 'registration.savePassword', password, draft);
    const proveContact = async () => {
      const contact = { email: portal === 'teacher' ? email : '', mobile: mobile.sure };
      const isByWeChat = portal === 'teacher' && this.#random.next() < 0.2;
      const code = isByWeChat
        ? await this.#weChatCode(person, contact)
        : await this.#code(person, 'registration.sendCode', 'register', mobile.sure, contact);
      await this.#again('registration.proveContact', () =>
        this.#call(person, 'registration.proveContact', { code }, draft),
      );
    };
    const verify = async () => {
      for (let step: unknown = ''; !this.#isOver;) {
        ({ step } = await this.#call(person, 'registration.verify'));
        if (step !== 'verify') return;
        await pause(1_000);
      }
    };
    const acts: Partial<Record<StepId, () => Promise<unknown>>> = {
      document: saveDocument,
      password: savePassword,
      code: proveContact,
      verify,
    };
    const { flows } = portals.find(({ id }) => id === portal) ?? {};
    for (const step of flows?.register.steps ?? []) await acts[step]?.();
    await this.#again('registration.submit', () =>
      this.#call(person, 'registration.submit', { hasAgreed: true }, () => ({
        is: 'account',
        holder: person,
        session: person.browser.idIn('session'),
      })),
    );
  }

  /** Where the answer to a step was lost, doing it again is refused, and the flow goes on. */
  async #again(path: string, step: () => Promise<unknown>): Promise<void> {
    const before = this.#ledger.unanswered.get(path) ?? 0;
    try {
      await step();
    } catch (error) {
      const wasLost = (this.#ledger.unanswered.get(path) ?? 0) > before;
      if (!(error instanceof Ended) || error.message === 'unanswered' || !wasLost) throw error;
    }
  }

  async #weChatCode(person: Person, contact: object): Promise<string> {
    const { sandbox } = this.#room;
    let url: unknown;
    for (let tries = 0; typeof url !== 'string' && tries < 40; tries += 1) {
      const ticket = await this.#ticket(person, 'register');
      try {
        const said = await this.#call(person, 'registration.sendWeChatCode', {
          ...contact,
          ticket,
        });
        url = (said['scene'] as Said | undefined)?.['url'] ?? said['url'];
        if (typeof url !== 'string') throw new Ended('no QR code');
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        if (!/ticket_refused|unavailable/.test(error.message) || this.#isOver) throw error;
        await pause(1_000);
      }
    }
    const user = sandbox.wechat.user(openIdOf(person.mobile.sure));
    await user.scan(String(url));
    if (!user.isFollowing) await user.follow();
    for (let tries = 0; tries < 20; tries += 1) {
      await user.press('GET_CODE');
      const { text } = await user.type(person.number);
      const code = /\b\d{6}\b/.exec(text ?? '')?.[0];
      if (code !== undefined) return code;
      if (this.#isOver) break;
      await pause(1_000);
    }
    throw new Ended('no code in the chat');
  }

  #session = (person: Person) => person.browser.idIn('session');

  async #signIn(person: Person): Promise<void> {
    const name = person.portal === 'student' ? person.mobile.sure : person.number;
    person.browser = this.#newBrowser(1 + this.#random.below(1 << 20));
    const ticket = await this.#ticket(person, 'login');
    const input = { name, password: person.password.sure, ticket };
    await this.#call(person, 'login.signIn', input, () => ({
      is: 'session',
      session: this.#session(person),
    }));
  }

  /** Completes what a level takes, and asks the authority. Returns whether it confirms the person. */
  async #verify(person: Person): Promise<boolean> {
    const { documentType, number, name, portal } = person;
    const session = this.#session(person);
    if (portal === 'student') {
      const input = { documentType, number, name, ...validity, hasConsented: true };
      await this.#again('identity.give', () =>
        this.#call(person, 'identity.give', input, () => ({
          is: 'identity',
          holder: person,
          session: this.#session(person),
        })),
      );
    }
    if (portal === 'teacher') {
      const none = { year: '', month: '', day: '' };
      const profile = { ethnicity: '01', sex: '', birthDate: none };
      await this.#call(
        person,
        'profile.save',
        { ...profile, localDocumentNumber: '', travelPermitNumber: '' },
        () => ({ is: 'profile', session }),
      );
    }
    for (let tries = 0; tries < 20; tries += 1) {
      const said = await this.#call(
        person,
        'verification.verify',
        { name, ...validity },
        ({ outcome }) => ({
          is: 'verified',
          session: this.#session(person),
          outcome: String(outcome),
        }),
      );
      if (said['outcome'] === 'matched') return true;
      if (said['outcome'] !== 'unavailable') return false;
      if (this.#isOver) break;
      await pause(1_000);
    }
    throw new Ended('authority away');
  }

  async #submitReview(person: Person): Promise<void> {
    const consent = { kind: 'photos', hasAgreed: false };
    await this.#again('data.giveConsent', () =>
      this.#call(person, 'data.giveConsent', consent, () => ({
        is: 'consent',
        session: this.#session(person),
        kind: 'photos',
      })),
    );
    for (const side of ['a', 'b', 'holding']) {
      const content = this.#random.below(200);
      const bytes = jpegOf({ content, width: 1080 + this.#random.below(800), height: 1920 });
      await this.#step(
        'photo.put',
        () => person.browser.putPhoto(person.prefix, side, bytes),
        ({ photoId }) => ({ is: 'photo', photoId: String(photoId) }),
      );
    }
    const answers = { name: person.name, ...validity, reason: '刚换了新证。', channel: 'sms' };
    await this.#call(person, 'review.saveAnswers', answers);
    await this.#again('review.submit', () =>
      this.#call(person, 'review.submit', undefined, (said) => ({
        is: 'review_submitted',
        session: this.#session(person),
        caseNumber: caseNumberIn(said),
      })),
    );
  }

  async #changeContact(person: Person): Promise<void> {
    const value = `1996${String(this.#random.below(10_000_000)).padStart(7, '0')}`;
    await this.#signIn(person);
    const code = await this.#code(person, 'contact.begin', 'contact', value, {
      kind: 'mobile',
      value,
    });
    await this.#again('contact.confirm', () =>
      this.#step(
        'contact.confirm',
        () => person.browser.call(person.prefix, 'contact.confirm', { code }),
        () => {
          person.mobile.acknowledge(value);
          return { is: 'contact_changed', holder: person, session: this.#session(person) };
        },
        () => person.mobile.doubt(value),
      ),
    );
  }

  async #recover(person: Person): Promise<void> {
    if (person.portal === 'student') return;
    const { documentType, number, name } = person;
    person.browser = this.#newBrowser(1 + this.#random.below(1 << 20));
    const ticket = await this.#ticket(person, 'recover');
    await this.#call(person, 'recovery.identify', { documentType, number, name, ticket });
    const mobile = person.mobile.sure;
    const code = await this.#code(person, 'recovery.sendCode', 'recover', mobile, {});
    const password = `Lanhua-${this.#random.below(1_000_000)}*river`;
    await this.#again('recovery.resetPassword', () =>
      this.#step(
        'recovery.resetPassword',
        () =>
          person.browser.call(person.prefix, 'recovery.resetPassword', {
            code,
            password,
            passwordAgain: password,
          }),
        () => {
          person.password.acknowledge(password);
          return { is: 'password_changed', holder: person };
        },
        () => person.password.doubt(password),
      ),
    );
  }

  /** An authorisation for two questions, of which an office asks three. */
  async #authorise(person: Person, office: RegistrationOffice): Promise<void> {
    await this.#signIn(person);
    const { world } = this.#room;
    const { db } = world.ctx();
    const session = `select account_id as accountId from session where id = '${this.#session(person)}'`;
    // A face costs the sandbox seconds; what it attests is written as it would be.
    await this.#prepare(async () => {
      const [row] = await db.all<{ accountId: string }>(session);
      if (row === undefined) throw new Ended('no session');
      await attestFor(world, row.accountId, 'face');
    });
    await this.#again('authorisation.open', () =>
      this.#call(
        person,
        'authorisation.open',
        {
          purposes: ['establish'],
          lastDay: shanghaiDate(Date.now() + 5 * 86_400_000),
          uses: 'several',
          count: '2',
        },
        () => ({ is: 'authorisation', session: this.#session(person) }),
      ),
    );
    for (let questions = 0; questions < 3; questions += 1) {
      const request = await office.request({ idNumber: person.number, purpose: 'establish' });
      await this.#step(
        'office.authorisation.check',
        async () => {
          try {
            // The same request again, as an office does that got no answer.
            const answer = await fetch(request.clone());
            const said = JSON.parse(await answer.text()) as Said;
            if (answer.status >= 500) return { is: 'unanswered', why: `status ${answer.status}` };
            const requestId = answer.headers.get('x-request-id') ?? '';
            return answer.ok
              ? { is: 'done', data: said, requestId }
              : { is: 'refused', code: `status ${answer.status}`, requestId };
          } catch (error) {
            return { is: 'unanswered', why: String(error) };
          }
        },
        (said) => ({
          is: 'office',
          receipt: String(said['receipt']),
          isYes: said['answer'] === 'yes',
        }),
      );
    }
  }

  /** A service signs the person in by OpenID Connect, with a client library of its own. */
  async #enterService(person: Person): Promise<void> {
    const { servicesUrl } = this.#room;
    await this.#again('data.giveConsent', () =>
      this.#call(person, 'data.giveConsent', {
        kind: 'service',
        serviceId: 'certification',
        fields: ['name', 'document'],
        hasAgreed: false,
      }),
    );
    await this.#step(
      'oidc',
      async () => {
        const atService = new Browser(servicesUrl, '');
        let url = new URL(`${servicesUrl}/service/certification/start`);
        try {
          for (let hops = 0; hops < 12; hops += 1) {
            const isService = url.origin === servicesUrl;
            if (isService && hops > 0) {
              if (this.#services === 'down') throw new Error('the service is away');
              if (this.#services === 'slow') await pause(3_000);
            }
            const answer = await (isService ? atService : person.browser).open(url);
            const text = await answer.text();
            const to = answer.headers.get('location');
            if (to !== null) url = new URL(to, url);
            else if (text.includes('这个系统收到了')) {
              return { is: 'done', data: {}, requestId: '' };
            } else if (!isService && answer.status < 500) {
              // A page of the portal: the person is asked for something first.
              return { is: 'refused', code: `page ${answer.status}`, requestId: '' };
            } else return { is: 'unanswered', why: `status ${answer.status}` };
          }
          return { is: 'refused', code: 'too many hops', requestId: '' };
        } catch (error) {
          return { is: 'unanswered', why: String(error) };
        }
      },
      () => ({ is: 'service', session: this.#session(person), service: 'certification' }),
    );
  }

  /** What somebody does next who has an account. */
  async #goOn(person: Person, office: RegistrationOffice): Promise<void> {
    if (person.portal === 'business') return this.#authorise(person, office);
    const isConfirmed = await this.#verify(person);
    if (person.portal !== 'teacher') return undefined;
    return isConfirmed ? this.#enterService(person) : this.#submitReview(person);
  }

  async #live(office: RegistrationOffice): Promise<void> {
    while (!this.#isOver) {
      try {
        const person = this.#newPerson();
        await this.#register(person);
        if (this.#isOver) return;
        try {
          await this.#goOn(person, office);
        } finally {
          // From now on somebody else of the load may come back as this person.
          this.#people.push(person);
        }
        // Somebody comes back, and nobody else does so at this moment.
        const at = this.#random.below(this.#people.length);
        const [back] = this.#people.splice(at, 1);
        if (back === undefined || this.#isOver) continue;
        try {
          const next = this.#random.next();
          if (next < 0.4) await this.#signIn(back);
          else if (next < 0.7) await this.#changeContact(back);
          else if (Date.now() - back.codeAtMs > codeGapMs) await this.#recover(back);
        } finally {
          this.#people.push(back);
        }
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        this.#ledger.count(this.#ledger.refused, `a flow ended: ${error.message}`);
      }
    }
  }

  async #review(session: string, index: number): Promise<void> {
    const browser = new Browser(this.#room.origin, `192.0.2.${index + 1}`, { staff: session });
    this.#staff.push(browser);
    const reviewer = { browser, prefix: '' };
    while (!this.#isOver) {
      try {
        const lease = await this.#call(reviewer, 'desk.takeNext', undefined, ({ caseId }) =>
          typeof caseId === 'string' ? { is: 'taken', caseId } : null,
        );
        const caseId = lease['caseId'];
        if (typeof caseId !== 'string') {
          await pause(500);
          continue;
        }
        const { version } = await this.#call(reviewer, 'desk.reveal', { caseId });
        const outcome = this.#random.pick(['approve', 'approve', 'reject', 'return'] as const);
        const reason = { code: 'photo_unclear', item: 'a', mark: null, note: null };
        const reasons = outcome === 'approve' ? [] : [reason];
        await this.#call(
          reviewer,
          'desk.decide',
          { caseId, version, outcome, reasons, isFaceDoubtful: false },
          () => ({ is: 'decided', caseId, version: Number(version), outcome }),
        );
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        this.#ledger.count(this.#ledger.refused, `a review ended: ${error.message}`);
        await pause(250);
      }
    }
  }
}

/** The number of the case that a review became, wherever the answer has it. */
function caseNumberIn(said: Said): string {
  return /"caseNumber":"([^"]+)"/.exec(JSON.stringify(said))?.[1] ?? '';
}
