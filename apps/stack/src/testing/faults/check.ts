import { identifierTable, outboxTable } from '@shiming/db';
import { countedOutcomes } from '@shiming/domain';
import type { MailMessage, PhoneMessage } from '@shiming/sandbox';
import { verifyAudit } from '@shiming/services/audit/chain';
import type { Ctx } from '@shiming/services/context';
import { open, placeOf } from '@shiming/services/vault/vault';
import type { FactKind, Holder, Ledger } from './ledger.ts';
import { countStates, type StateCount } from './states.ts';

/** What was looked at, and what was found wrong, each in a line that names nobody. */
export interface Checked {
  readonly name: string;
  readonly looked: number;
  readonly wrong: readonly string[];
}

/** A message as the database has it. */
export interface Written {
  readonly id: string;
  readonly channel: 'sms' | 'mail';
  readonly status: string;
  /** What a delivered message is known by: number and code, number alone, or the id of a mail. */
  readonly key: string | null;
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly expiresAtMs: number;
}

export interface Outside {
  readonly phone: readonly PhoneMessage[];
  readonly mails: readonly MailMessage[];
  /** The photos that the store has, by their ids. */
  readonly photos: ReadonlySet<string>;
  /** How often the authority was asked about a number. */
  readonly queries: ReadonlyMap<string, number>;
}

type OpeningCtx = Pick<Ctx, 'db' | 'crypto' | 'keys' | 'hasher'>;

const checked = (name: string, looked: number, wrong: readonly string[]): Checked => ({
  name,
  looked,
  wrong,
});

/** All messages of the outbox, opened. */
export async function readMessages(ctx: OpeningCtx): Promise<Written[]> {
  const rows = await ctx.db.select().from(outboxTable);
  return Promise.all(
    rows.map(async ({ id, channel, status, messageSealed, attempts, dueAtMs, expiresAtMs }) => {
      const said = await open<{ mobile?: string; code?: string; kind?: string }>(
        ctx,
        placeOf(outboxTable.messageSealed, id),
        messageSealed,
      ).catch(() => null);
      const sms = `${said?.mobile} ${said?.kind === undefined ? said?.code : said.kind}`;
      const key = said === null ? null : channel === 'mail' ? id : sms;
      return { id, channel, status, key, attempts, dueAtMs, expiresAtMs };
    }),
  );
}

/** What a delivered text message is known by: its code, or which sentence it is. */
export function keyOfSms({ mobile, code, text }: PhoneMessage): string {
  const sentences = [
    ['有新的进展', 'review_news'],
    ['手机号码已改为别的号码', 'contact_replaced'],
    ['登记为您账号的手机号码', 'new_contact'],
    ['证件号码可以重新注册', 'number_freed'],
  ] as const;
  const kind = sentences.find(([part]) => text.includes(part))?.[1];
  return `${mobile} ${kind ?? code}`;
}

/** What a delivered mail is known by: the id of its row. */
export const keyOfMail = ({ messageId }: MailMessage): string =>
  /^<([^@]+)@/.exec(messageId ?? '')?.[1] ?? '';

const count = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** How often a message with these statuses may have arrived. */
const arrivals: Readonly<Record<string, readonly [least: number, most: number]>> = {
  sent: [1, 1],
  unclear: [0, 1],
};

/** No message twice, none lost, and none that is not written down; what has not ended yet is named. */
export function checkMessages(
  written: readonly Written[],
  { phone, mails }: Pick<Outside, 'phone' | 'mails'>,
  nowMs: number,
): Checked[] {
  const wrong = { doubled: [] as string[], lost: [] as string[], stray: [] as string[] };
  const left: string[] = [];
  const delivered = {
    sms: count(phone.map(keyOfSms)),
    mail: count(mails.map(keyOfMail)),
  };
  const rowsByKey = groupBy(written, ({ channel, key }) => `${channel} ${key}`);
  for (const rows of rowsByKey.values()) {
    const [first] = rows;
    if (first === undefined) continue;
    const ids = rows.map(({ id, status }) => `${id} (${status})`).join(', ');
    if (first.key === null) {
      wrong.lost.push(`${ids} does not open`);
      continue;
    }
    const arrived = delivered[first.channel].get(first.key) ?? 0;
    const bounds = rows.map(({ status }) => arrivals[status] ?? ([0, 0] as const));
    const least = bounds.reduce((sum, [from]) => sum + from, 0);
    const most = bounds.reduce((sum, [, to]) => sum + to, 0);
    if (arrived < least) wrong.lost.push(`${ids} arrived ${arrived} times`);
    if (arrived > most) wrong.doubled.push(`${ids} arrived ${arrived} times`);
    for (const row of rows) {
      const isOver = row.expiresAtMs <= nowMs;
      const isLater = row.status === 'waiting' && row.dueAtMs > nowMs && row.attempts === 0;
      const hasEnded = row.status in arrivals || row.status === 'failed';
      if (!hasEnded && !isOver && !isLater) left.push(`${row.id} is ${row.status}`);
    }
    delivered[first.channel].delete(first.key);
  }
  for (const [channel, rest] of Object.entries(delivered)) {
    for (const times of rest.values()) wrong.stray.push(`a message by ${channel}, ${times} times`);
  }
  const total = written.length;
  return [
    checked('messages: none twice', phone.length + mails.length, wrong.doubled),
    checked('messages: none lost', total, wrong.lost),
    checked('messages: each arrived is written down', phone.length + mails.length, wrong.stray),
    checked('messages: each has ended', total, left),
  ];
}

/** The acts that the audit has with the request that did them. */
const audited: ReadonlySet<FactKind> = new Set([
  'account',
  'session',
  'contact_changed',
  'password_changed',
  'identity',
  'verified',
  'consent',
  'review_submitted',
  'taken',
  'decided',
  'authorisation',
]);

/** Every acknowledged change is in the database. */
export async function checkAcknowledged(
  ctx: OpeningCtx,
  ledger: Ledger,
  outside: Outside,
  nowMs: number,
): Promise<Checked[]> {
  const { db } = ctx;
  const all = <T>(sql: string) => db.all<T>(sql);
  const requests = new Set(
    (await all<{ id: string }>('select request_id as id from audit')).map(({ id }) => id),
  );
  const accountOf = new Map(
    (await all<{ id: string; a: string }>('select id, account_id as a from session')).map((row) => [
      row.id,
      row.a,
    ]),
  );
  const accounts = new Map(
    (
      await all<{ id: string; status: string; hash: string | null; profile: number; type: string }>(
        'select id, status, password_hash as hash, profile_sealed is not null as profile, document_type as type from account',
      )
    ).map((row) => [row.id, row]),
  );
  const idsOf = async (sql: string) =>
    new Set((await all<{ id: string }>(sql)).map(({ id }) => id));
  const registrations = await idsOf('select id from registration');
  const consents = await idsOf(
    "select account_id || ' ' || kind as id from consent where withdrawn_at_ms is null",
  );
  const verifications = groupBy(
    await all<{ a: string; status: string }>('select account_id as a, status from verification'),
    ({ a, status }) => `${a} ${status}`,
  );
  const attested = await idsOf(
    'select account_id as id from attestation where revoked_at_ms is null',
  );
  const cases = await idsOf(
    "select account_id || ' ' || case_number as id from \"case\" where status <> 'draft'",
  );
  const decisions = await idsOf(
    "select case_id || ' ' || case_version || ' ' || outcome as id from case_decision where undone_at_ms is null",
  );
  const authorised = await idsOf('select account_id as id from authorisation');
  const questions = await idsOf("select id || ' ' || is_yes as id from office_question");
  const told = await idsOf("select account_id || ' ' || service as id from service_disclosure");
  const photos = new Map(
    (
      await all<{ id: string; until: number | null }>(
        'select id, remove_after_ms as until from photo',
      )
    ).map((row) => [row.id, row.until]),
  );

  const wrong: string[] = [];
  const codes = count(ledger.of('code_sent').map(({ mobile }) => mobile));
  const arrived = count(
    outside.phone.filter(({ code }) => code !== null).map(({ mobile }) => mobile),
  );
  for (const [mobile, acknowledged] of codes) {
    if ((arrived.get(mobile) ?? 0) < acknowledged) wrong.push('code_sent: it did not arrive');
  }
  const verifiedOf = count(
    ledger.of('verified').map(({ session, outcome }) => `${accountOf.get(session)} ${outcome}`),
  );
  for (const [key, acknowledged] of verifiedOf) {
    if ((verifications.get(key)?.length ?? 0) < acknowledged) wrong.push(`verified: ${key}`);
  }
  for (const fact of ledger.acknowledged) {
    const account = 'session' in fact ? (accountOf.get(fact.session) ?? '') : '';
    const isThere = {
      account: () => accounts.get(account)?.status === 'active',
      session: () => accounts.has(account),
      registration: () =>
        'registration' in fact &&
        (registrations.has(fact.registration) || accounts.has(fact.registration)),
      code_sent: () => true,
      contact_changed: () => accounts.has(account),
      password_changed: () => true,
      profile: () => accounts.get(account)?.profile === 1,
      identity: () => (accounts.get(account)?.type ?? null) !== null,
      verified: () =>
        fact.is === 'verified' && (fact.outcome !== 'matched' || attested.has(account)),
      consent: () => fact.is === 'consent' && consents.has(`${account} ${fact.kind}`),
      photo: () => {
        if (fact.is !== 'photo' || !photos.has(fact.photoId)) return false;
        const until = photos.get(fact.photoId) ?? null;
        return (until !== null && until <= nowMs) || outside.photos.has(fact.photoId);
      },
      review_submitted: () =>
        fact.is === 'review_submitted' && cases.has(`${account} ${fact.caseNumber}`),
      taken: () => true,
      decided: () =>
        fact.is === 'decided' && decisions.has(`${fact.caseId} ${fact.version} ${fact.outcome}`),
      authorisation: () => authorised.has(account),
      office: () => fact.is === 'office' && questions.has(`${fact.receipt} ${Number(fact.isYes)}`),
      service: () => fact.is === 'service' && told.has(`${account} ${fact.service}`),
    }[fact.is]();
    const isAudited = !audited.has(fact.is) || requests.has(fact.requestId);
    if (!isThere) wrong.push(`${fact.is}: not in the database (request ${fact.requestId})`);
    if (!isAudited) wrong.push(`${fact.is}: not in the audit (request ${fact.requestId})`);
  }
  return [
    checked('acknowledged changes: each is there', ledger.acknowledged.length, wrong),
    await checkHolders(ctx, ledger, accountOf),
  ];
}

/** What was acknowledged last is what the account has: its number, its mobile, its password. */
async function checkHolders(
  ctx: OpeningCtx,
  ledger: Ledger,
  accountOf: ReadonlyMap<string, string>,
): Promise<Checked> {
  const rows = await ctx.db.select().from(identifierTable);
  const found = new Map(rows.map((row) => [row.id, row]));
  const holders = new Map<Holder, string>(
    ledger.of('account').map(({ holder, session }) => [holder, accountOf.get(session) ?? '']),
  );
  const withIdentity = new Set(ledger.of('identity').map(({ holder }) => holder));
  const hashes = new Map(
    (
      await ctx.db.all<{ id: string; hash: string | null }>(
        'select id, password_hash as hash from account',
      )
    ).map(({ id, hash }) => [id, hash]),
  );
  const wrong: string[] = [];
  const valueOf = async (account: string, kind: string) => {
    const row = found.get(`${account}.${kind}`);
    if (row === undefined || row.sealed === null) return null;
    return open<string>(ctx, placeOf(identifierTable.sealed, row.id), row.sealed).catch(() => null);
  };
  for (const [holder, account] of holders) {
    const hasNumber = holder.portal !== 'student' || withIdentity.has(holder);
    if (hasNumber && (await valueOf(account, 'document_number')) === null) {
      wrong.push(`account ${account} has lost its number`);
    }
    const mobile = await valueOf(account, 'mobile');
    if (mobile === null || !holder.mobile.all().includes(mobile)) {
      wrong.push(`account ${account} has another mobile`);
    }
    const hash = hashes.get(account) ?? '';
    let isRight = false;
    for (const password of holder.password.all()) {
      isRight ||= hash !== '' && (await ctx.hasher.verify(password, hash)).isRight;
    }
    if (!isRight) wrong.push(`account ${account} has another password`);
  }
  return checked('accounts: number, mobile and password as acknowledged', holders.size, wrong);
}

type Claimed = { id: string; counted: number; status: string | null };

/** Claims that count and should not, or the other way round; of what they paid for, as long as it is there. */
const wrongly = (rows: readonly Claimed[], isCounted: (status: string) => boolean) =>
  rows.flatMap(({ id, counted, status }) =>
    status === null || (counted === 1) === isCounted(status)
      ? []
      : [`${id} is ${status} and ${counted === 1 ? 'counts' : 'does not count'}`],
  );

/** What was counted is what was done, and nothing is counted that was not the person's. */
export async function checkQuotas(
  { db }: Pick<OpeningCtx, 'db'>,
  ledger: Ledger,
  outside: Pick<Outside, 'queries'>,
): Promise<Checked[]> {
  const claimed = (kind: string, table: string) =>
    db.all<Claimed>(
      `select allowance.id as id, is_counted as counted, other.status as status from allowance
       left join "${table}" as other on other.id = allowance.id where allowance.kind = '${kind}'`,
    );
  const sms = await claimed('sms', 'outbox');
  const asked = await claimed('verification', 'verification');
  const reviews = await db.all<{ id: string; counted: number | null; status: string }>(
    `select "case".id as id, status, is_counted as counted from "case"
     left join allowance on allowance.id = attempt_id where case_number is not null and "case".kind = 'manual_review'`,
  );
  // By the account: by which clock one was opened, and by which it was asked about, says nothing.
  const uses = await db.all<{ id: string; used: number; over: number; yes: number }>(
    `select account_id as id, sum(used) as used, max(coalesce(used > uses_allowed, 0)) as over, (select count(*) from office_question as q
       where q.account_id = a.account_id and q.is_yes) as yes from authorisation as a group by account_id`,
  );
  const numbers = new Map(
    ledger.of('account').map(({ holder, session }) => [holder.number, session]),
  );
  const askedOf = new Map(
    (
      await db.all<{ session: string; asked: number }>(
        `select session.id as session, (select count(*) from verification as v where v.account_id = session.account_id) as asked from session`,
      )
    ).map((row) => [row.session, row.asked]),
  );
  const unrecorded = [...outside.queries].filter(([number, times]) => {
    const session = numbers.get(number);
    return session !== undefined && times > (askedOf.get(session) ?? 0);
  });
  return [
    checked(
      'quotas: a code counts if it was sent',
      sms.length,
      wrongly(sms, (status) => status === 'sent'),
    ),
    checked(
      'quotas: a check counts if the authority answered',
      asked.length,
      wrongly(asked, (status) => (countedOutcomes as readonly string[]).includes(status)),
    ),
    checked(
      'quotas: a review costs one attempt',
      reviews.length,
      reviews.flatMap(({ id, counted, status }) =>
        counted === 1 || (counted === 0 && status === 'withdrawn')
          ? []
          : [
              `case ${id} is ${status} and its attempt ${counted === null ? 'is not there' : 'does not count'}`,
            ],
      ),
    ),
    checked(
      'quotas: an authorisation is used as often as it answered yes',
      uses.length,
      uses.flatMap(({ id, used, over, yes }) =>
        used === yes && over === 0
          ? []
          : [
              `authorisations of ${id}: used ${used} times${over === 0 ? '' : ', one too often'}, ${yes} times yes`,
            ],
      ),
    ),
    checked(
      'questions to the authority: each is written down',
      outside.queries.size,
      unrecorded.map(([, times]) => `a number was asked about ${times} times`),
    ),
  ];
}

export interface Report {
  readonly checks: readonly Checked[];
  readonly states: readonly StateCount[];
}

/** Compares what was acknowledged with the database and with what arrived outside. */
export async function checkAll(
  ctx: OpeningCtx,
  ledger: Ledger,
  outside: Outside,
  {
    nowMs,
    earlier = [],
  }: {
    nowMs: number;
    /** Messages as they were before a job deleted them. */
    earlier?: readonly Written[];
  },
): Promise<Report> {
  const present = await readMessages(ctx);
  const known = new Set(present.map(({ id }) => id));
  const written = [...earlier.filter(({ id }) => !known.has(id)), ...present];
  const chain = await verifyAudit({
    db: ctx.db,
    crypto: ctx.crypto,
    keys: { audit: ctx.keys.audit },
  });
  const states = await countStates(ctx.db, nowMs);
  return {
    states,
    checks: [
      ...(await checkAcknowledged(ctx, ledger, outside, nowMs)),
      ...checkMessages(written, outside, nowMs),
      ...(await checkQuotas(ctx, ledger, outside)),
      checked(
        'audit: the chain is whole',
        chain.rows + chain.unsealed,
        chain.broken === null ? [] : [`block ${chain.broken.block} is ${chain.broken.why}`],
      ),
      checked(
        'states: each has an exit',
        states.reduce((sum, { rows }) => sum + rows, 0),
        states.flatMap(({ table, state, stuckRows }) =>
          stuckRows === 0 ? [] : [`${stuckRows} of ${table} ${state}`],
        ),
      ),
      checked('answers: none is a bare 500', ledger.acknowledged.length, ledger.broken),
    ],
  };
}
