import type { Reason } from './survivors.ts';

type Reasons = Readonly<Record<string, readonly Reason[]>>;

/** The flips that no test can notice, by module. */
export const flipReasons: Reasons = {
  'packages/domain/src/cases/case.ts': [
    {
      at: 'atMs < (endedAtMs ?? 0) + caseRule.photosAfterEndMs;',
      changes: ['0 → 1'],
      why: 'what has ended has the instant; the number satisfies the compiler',
    },
    {
      at: 'return value < sampledShare * 64 ** 6;',
      changes: ['< → <='],
      why: 'a twentieth of that power of two is no whole number',
    },
  ],
  'packages/domain/src/number-claims.ts': [
    {
      at: "return nowMs >= (objectUntilMs ?? 0) ? 'move' : null;",
      changes: ['0 → 1'],
      why: 'a claim of which the holder has a notice has the instant; the number satisfies the compiler',
    },
  ],
  'packages/services/src/account/attestation.ts': [
    {
      at: "return sql<Attested | null>`(select json_object('id', ${id}, 'kind', ${kind}, 'level', ${level}, 'sourceId', ${sourceId}, 'atMs', ${atMs}, 'untilMs', ${untilMs}) from ${attestationTable} where ${stands(now())} order by ${desc(level)}, ${desc(atMs)} limit 1)`.mapWith(",
      changes: ['1 → 2'],
      why: 'a select that stands for a value is its first row',
    },
    {
      at: '>`(select ${sourceId} from ${attestationTable} where ${isOfIdentity} order by ${desc(level)}, ${desc(atMs)} limit 1)`;',
      changes: ['1 → 2'],
      why: 'a select that stands for a value is its first row',
    },
    {
      at: 'lookAtMs: lookAtEnd(untilMs, 0).lookAtMs,',
      changes: ['0 → 1'],
      why: 'either is before the end of every document',
    },
  ],
  'packages/services/src/account/secure.ts': [
    {
      at: 'gt(scene.expiresAtMs, nowMs),',
      changes: ['gt → flipped.gte'],
      why: 'what ends at this instant gets this instant as its end',
    },
    {
      at: "and(eq(scene.purpose, 'recovery'), inArray(scene.subject, recoveries)),",
      changes: ["eq(scene.purpose, 'recovery') → undefined"],
      why: 'a recovery is the subject of no other scene',
    },
    {
      at: "and(eq(scene.purpose, 'binding'), eq(scene.subject, accountId)),",
      changes: ["eq(scene.purpose, 'binding') → undefined"],
      why: 'an account is the subject of no other scene',
    },
  ],
  'packages/services/src/allowance/allowance.ts': [
    {
      at: 'const isSpared = unless !== undefined && (elsewhere?.length ?? 0) < unless.limit;',
      changes: ['0 → 1'],
      why: 'where there is such a limit, its ledger is among those that were read; the number satisfies the compiler',
    },
  ],
  'packages/services/src/face/challenge.ts': [
    {
      at: 'statements: await giveOnly(ctx, bindingOf(of), challenge, { validMs: challengeMs, tries: 1 }),',
      changes: ['1 → 2'],
      why: 'a challenge is found by its hash and spent at once, so nobody counts tries at it',
    },
  ],
  'packages/services/src/oidc/registrations.ts': [
    {
      at: 'atMs: proposedAtMs ?? 0,',
      changes: ['0 → 1'],
      why: 'what is proposed has its time; the number satisfies the compiler',
    },
  ],
  'packages/services/src/session/kind.ts': [
    {
      at: '.where(and(after.holds, isLive(nowMs), sql`coalesce(${table.provedAtMs}, 1) <> 0`));',
      changes: ['1 → 2'],
      why: 'any number but 0 does',
    },
    {
      at: 'provedAtMs: sql`max(${table.provedAtMs}, 1)`,',
      changes: ['1 → 2'],
      why: 'either is a proof that was over long ago, and not the 0 of a cookie that was missed',
    },
    {
      at: 'const hasFormer = formerSecretHash !== null && (formerUntilMs ?? 0) > nowMs;',
      changes: ['0 → 1'],
      why: 'the two columns are written together, so the number is never read; it satisfies the compiler',
    },
    {
      at: '.where(and(eq(table.id, id), lt(table.lastSeenAtMs, nowMs)));',
      changes: ['lt → flipped.lte'],
      why: 'at the same instant the same instant is written',
    },
  ],
};

/** The changes of StrykerJS that no test can notice, by module. */
export const strykerReasons: Reasons = {
  'packages/domain/src/authorisation.ts': [
    {
      at: String.raw`if (!/^\d{4}-\d\d-\d\d$/.test(typed) || !isRealDate(year, month, day)) {`,
      changes: [String.raw`/^\d{4}-\d\d-\d\d$/ → /\d{4}-\d\d-\d\d$/`],
      why: 'with something before it, it is no date or outside the range, which is refused alike',
    },
  ],
  'packages/domain/src/checks.ts': [
    {
      at: "return check !== 'none' && products[check]?.includes(type) === true ? check : 'none';",
      changes: ["check !== 'none' → true", `'none' → ""`],
      why: 'no authority has a product of that name; the condition satisfies the compiler',
    },
  ],
  'packages/domain/src/documents/documents.ts': [
    {
      at: 'const [, ...groups] = documentOf(type).groups?.exec(number) ?? [];',
      changes: ['[] → ["Stryker was here"]'],
      why: 'what stands before the groups is left out',
    },
  ],
  'packages/domain/src/documents/travel-permit.ts': [
    {
      at: 'const [, number, renewal] = permitPatterns[region].exec(compact) ?? [];',
      changes: ['[] → ["Stryker was here"]'],
      why: 'the second of either is undefined',
    },
  ],
  'packages/domain/src/mobile.ts': [
    {
      at: 'const [, number] = mobile.exec(compact) ?? [];',
      changes: ['[] → ["Stryker was here"]'],
      why: 'the second of either is undefined',
    },
  ],
  'packages/domain/src/mask.ts': [
    {
      at: "const first = characters.length >= 2 ? (characters[0] ?? '') : '';",
      changes: [`'' → "Stryker was here!"`],
      why: 'there is a first; the default satisfies the compiler',
    },
    {
      at: "const last = characters.length >= 3 ? (characters.at(-1) ?? '') : '';",
      changes: [`'' → "Stryker was here!"`],
      why: 'there is a last; the default satisfies the compiler',
    },
  ],
  'packages/domain/src/documents/name.ts': [
    {
      at: "script: NameScript = 'chinese',",
      changes: [`'chinese' → ""`],
      why: 'only the other script is asked for',
    },
  ],
  'packages/domain/src/documents/validity.ts': [
    {
      at: "const [, year = '', month = '', day = ''] = found;",
      changes: [`'' → "Stryker was here!"`],
      why: 'what matches has all three; the defaults satisfy the compiler',
    },
    {
      at: 'const { terms, isByAge } = documentOf(type).validity ?? { terms: [], isByAge: false };',
      changes: ['false → true'],
      why: 'without terms none is judged by the age',
    },
    {
      at: "if (birthDate !== null && start < birthDate) return refuse('validity_start.before_birth');",
      changes: ['birthDate !== null → true'],
      why: 'no text is before null',
    },
    {
      at: "if (end !== null && end < today) return refuse('validity_end.expired');",
      changes: ['end !== null → true'],
      why: 'null is before no text',
    },
    {
      at: String.raw`return /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(...splitDate(text));`,
      changes: [String.raw`/^\d{4}-\d{2}-\d{2}$/ → /\d{4}-\d{2}-\d{2}$/`],
      why: 'with something before it the parts are no date',
    },
  ],
  'packages/domain/src/http-signature.ts': [
    {
      at: "([, name = '', number, quoted]) => [name, number, quoted] as const,",
      changes: [`'' → "Stryker was here!"`],
      why: 'what matches has a name; the default satisfies the compiler',
    },
    {
      at: "? new Map(found.map(([name, number, quoted]) => [name, number ?? quoted ?? '']))",
      changes: [`'' → "Stryker was here!"`],
      why: 'what matches is a number or quoted; the default satisfies the compiler',
    },
    {
      at: 'const [, params] = input.exec(request.signatureInput) ?? [];',
      changes: ['[] → ["Stryker was here"]'],
      why: 'the second of either is undefined',
    },
    {
      at: String.raw`/^sig1=:([A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=):$/.exec(request.signature) ?? [];`,
      changes: ['[] → ["Stryker was here"]'],
      why: 'the second of either is undefined',
    },
    {
      at: "const valueOf = (name: string) => values.get(name) ?? '';",
      changes: [`'' → "Stryker was here!"`],
      why: 'each of the names is among the values; the default satisfies the compiler',
    },
  ],
  'packages/domain/src/service-registration.ts': [
    {
      at: "form.test(typeof key[name] === 'string' ? key[name] : ''),",
      changes: [`'' → "Stryker was here!"`],
      why: 'no form takes either',
    },
  ],
  'packages/domain/src/sms.ts': [
    {
      at: "return smsKinds[sms.kind].variables.map((name) => [name, values[name] ?? '']);",
      changes: [`'' → "Stryker was here!"`],
      why: 'a message has a value for each of its variables; the default satisfies the compiler',
    },
  ],
  'packages/domain/src/cases/case.ts': [
    {
      at: 'withdrawn: [],',
      changes: ['[] → ["Stryker was here"]'],
      why: 'no event has that name',
    },
    {
      at: 'expired: [],',
      changes: ['[] → ["Stryker was here"]'],
      why: 'no event has that name',
    },
    {
      at: '): string | null => (leaseEndsAtMs !== null && atMs < leaseEndsAtMs ? holderId : null);',
      changes: ['leaseEndsAtMs !== null → true'],
      why: 'no instant is before null, which is 0 there',
    },
    {
      at: "if (state.settlesAtMs !== null && isSettled(state.settlesAtMs, atMs)) return 'too_late';",
      changes: ['state.settlesAtMs !== null → true'],
      why: 'while a decision can be undone it has the instant; the condition satisfies the compiler',
    },
    {
      at: 'return state.settlesAtMs !== null && !isSettled(state.settlesAtMs, atMs)',
      changes: ['state.settlesAtMs !== null → true'],
      why: 'null, which is 0 there, is over',
    },
    {
      at: 'return value < sampledShare * 64 ** 6;',
      changes: ['value < sampledShare * 64 ** 6 → value <= sampledShare * 64 ** 6'],
      why: 'a twentieth of that power of two is no whole number',
    },
  ],
  'packages/domain/src/working-days.ts': [
    {
      at: "notice: '国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04',",
      changes: [`'国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04' → ""`],
      why: 'its name is for those who read the table',
    },
    {
      at: "['01-01', '01-03'],",
      changes: [`'01-01' → ""`],
      why: 'no day of a year is before its first',
    },
    {
      at: "['01-01', '01-01'],",
      changes: [`'01-01' → ""`],
      why: 'no day of a year is before its first',
    },
    {
      at: "['05-01', '05-02'],",
      changes: ["['05-01', '05-02'] → []", `'05-02' → ""`],
      why: 'both are a weekend in that year',
    },
    {
      at: 'worked: [],',
      changes: ['[] → ["Stryker was here"]'],
      why: 'no day has that name',
    },
  ],
};
