import * as zlib from 'node:zlib';
import { createTestDatabase, type TestDatabase } from '@shiming/db/testing';
import { type Meter, newMeter } from '@shiming/db';
import { type Operator, type Portal, portals } from '@shiming/domain';
import { createTencentAuthority, createTencentFaces } from '@shiming/providers/authority';
import type { Ministry } from '@shiming/providers';
import { webCrypto } from '@shiming/providers/crypto';
import { createArgon2Hasher } from '@shiming/providers/password';
import { nodeArgon2Module } from '@shiming/providers/password/node';
import { createPasskeys } from '@shiming/providers/passkey';
import { createR2Photos } from '@shiming/providers/photos';
import { createProofOfWork } from '@shiming/providers/proof-of-work';
import { createPuzzlePainter } from '@shiming/providers/puzzle';
import { totp } from '@shiming/providers/totp';
import { createAliyunMail } from '@shiming/providers/mail';
import { createRecordGateway } from '@shiming/providers/records';
import { createAliyunSms } from '@shiming/providers/sms';
import { createWeChatPlatform } from '@shiming/providers/wechat';
import {
  type Citizen,
  createSandbox,
  type Sandbox,
  sandboxSms,
  vendorPaths,
  sandboxCredentials,
  sandboxMail,
} from '@shiming/sandbox';
import {
  type Actor,
  type Ctx,
  type Door,
  type Keys,
  noSessions,
  type Visitor,
} from '../context.ts';
import { createTestBucket, type TestBucket } from './bucket.ts';

/** A Saturday noon in Shanghai: far from every edge of a day. */
export const noonMs = Date.UTC(2026, 10, 21, 4);

export const testKeys = (): Keys => ({
  vault: [{ id: 'v1', key: webCrypto.randomBytes(32) }],
  index: [{ id: 'i1', key: webCrypto.randomBytes(32) }],
  token: [{ id: 't1', key: webCrypto.randomBytes(32) }],
  audit: [{ id: 'k1', key: webCrypto.randomBytes(32) }],
});

const argon2 = nodeArgon2Module();
const hashers = new Map<number | undefined, Ctx['hasher']>();

/** The hasher of this cost, one a process: a hasher has a memory of its own, and making one made V8 collect garbage. */
async function hasherWith({ memoryKib }: { memoryKib?: number }): Promise<Ctx['hasher']> {
  const wasm = await argon2;
  const made = hashers.get(memoryKib);
  if (made !== undefined) return made;
  const cost = memoryKib === undefined ? {} : { memoryKib };
  const hasher = createArgon2Hasher({ wasm, randomBytes: webCrypto.randomBytes, ...cost });
  hashers.set(memoryKib, hasher);
  return hasher;
}

const anonymous: Actor = { type: 'anonymous' };

/**
 * The services as they run, on a real database of their own, with the sandbox behind the real adapters. Only
 * the clock is the test's: it stands still until `advance` moves it.
 */
export type TestWorld = {
  database: TestDatabase;
  sandbox: Sandbox;
  bucket: TestBucket;
  keys: Keys;
  nowMs(): number;
  advance(ms: number): void;
  /** A context as a request has it: its own connection, meter and visitor. */
  ctx(options?: { actor?: Actor; visitor?: Partial<Visitor>; meter?: Meter; keys?: Keys }): Ctx;
  /** Does what requests have deferred. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export async function createTestWorld(
  options: {
    vendorTimeoutMs?: number;
    database?: TestDatabase;
    keys?: Keys;
    /** The ministry of which the operator is a client. */
    ministry?: Ministry;
    /** What a hash costs, where a hash of the product has to be known again. */
    argon2?: { memoryKib?: number };
    /** Gets the text of each statement that the database is asked. */
    asked?: Set<string>;
  } = {},
): Promise<TestWorld> {
  const database = options.database ?? (await createTestDatabase(undefined, options.asked));
  let nowMs = noonMs;
  const now = () => nowMs;
  const sandbox = createSandbox({ now, vendorLimits: false, slowMs: 500, slowCitizenMs: 20 });
  const keys = options.keys ?? testKeys();
  const bucket = createTestBucket();
  const timeoutMs = options.vendorTimeoutMs ?? 5_000;
  const origin = 'http://sandbox.test';
  const publicOrigin = 'https://account.example.cn';
  const doorOf = (portal: Portal, index: number): Door => ({
    portal,
    operator: testOperator,
    address: index === 0 ? publicOrigin : `${publicOrigin}/${portal.id}`,
    sms: createAliyunSms({
      endpoint: `${origin}${vendorPaths.aliyunSms}`,
      ...sandboxCredentials.aliyun,
      signName: portal.messageSignature,
      templates: sandboxSms.aliyun,
      fetch: sandbox.fetch,
      now,
      randomId: () => webCrypto.randomToken(16),
      timeoutMs,
    }),
    mail: createAliyunMail({
      endpoint: `${origin}${vendorPaths.aliyunMail}`,
      ...sandboxCredentials.aliyun,
      accountName: sandboxMail.from,
      fromAlias: portal.messageSignature,
      fetch: sandbox.fetch,
      now,
      randomId: () => webCrypto.randomToken(16),
      timeoutMs,
    }),
    weChat:
      portal.weChat === null
        ? null
        : createWeChatPlatform({
            endpoint: `${origin}${vendorPaths.wechat}`,
            appId: sandboxCredentials.wechat.appId,
            appSecret: sandboxCredentials.wechat.appSecret,
            fetch: sandbox.fetch,
            now,
            timeoutMs,
          }),
  });
  const doors = portals.map(doorOf) as [Door, ...Door[]];
  const shared = {
    ...doors[0],
    doors,
    now,
    pause: () => Promise.resolve(),
    crypto: webCrypto,
    hasher: await hasherWith(options.argon2 ?? { memoryKib: 64 }),
    authority: createTencentAuthority({
      endpoint: `${origin}${vendorPaths.tencentFaceid}`,
      ...sandboxCredentials.tencent,
      region: 'ap-guangzhou',
      fetch: sandbox.fetch,
      now,
      timeoutMs,
    }),
    faces: {
      authority: createTencentFaces({
        endpoint: `${origin}${vendorPaths.tencentFaceid}`,
        shapesEndpoint: `${origin}${vendorPaths.tencentIai}`,
        ...sandboxCredentials.tencent,
        region: 'ap-guangzhou',
        fetch: sandbox.fetch,
        now,
        timeoutMs: 60_000,
      }),
      receiver: '某人脸核验服务',
      assessment: 'PIA-1',
    },
    records: createRecordGateway({
      endpoint: `${origin}${vendorPaths.records}`,
      ...sandboxCredentials.records,
      fetch: sandbox.fetch,
      now,
      timeoutMs,
    }),
    ministry: options.ministry ?? null,
    painter: createPuzzlePainter(zlib),
    proofOfWork: createProofOfWork({ secrets: [webCrypto.randomToken(32)], cost: 1_000 }),
    photos: createR2Photos(bucket),
    passkeys: createPasskeys({ publicOrigin, name: doors[0].portal.name.zh }),
    totp,
    keys,
    publicOrigin,
  };
  const deferred: (() => Promise<unknown>)[] = [];
  return {
    database,
    sandbox,
    bucket,
    keys,
    nowMs: now,
    advance: (ms) => {
      nowMs += ms;
    },
    ctx: ({ actor = anonymous, visitor, meter = newMeter(), keys: other } = {}) => ({
      ...shared,
      ...(other === undefined ? {} : { keys: other }),
      db: database.connect(meter),
      defer: (work) => deferred.push(work),
      actor,
      visitor: {
        address: '203.0.113.7',
        deviceId: 'device-1',
        deviceMarks: [],
        held: noSessions,
        label: 'Chrome · Android',
        ...visitor,
      },
      requestId: webCrypto.randomToken(8),
    }),
    settle: async () => {
      await Promise.all(deferred.splice(0).map((work) => work()));
    },
    close: () => database.remove(),
  };
}

/** What a citizen of the sandbox would type on the first page. */
export function documentAnswersOf(citizen: Citizen) {
  const [year = '', month = '', day = ''] = citizen.validity.start.split('-');
  const years =
    citizen.validity.end === null
      ? 'long_term'
      : String(Number(citizen.validity.end.slice(0, 4)) - Number(year));
  return {
    documentType: citizen.documentType,
    number: citizen.number,
    name: citizen.name,
    validityStart: { year, month, day },
    validityTerm: years,
    hasConsented: true,
  };
}

const testOperator: Operator = {
  name: '某省教师资格服务中心',
  contact: {
    phone: '010-00000000',
    email: 'help@example.cn',
    address: '某市某路 1 号',
    hours: '工作日 8:30–17:30',
  },
  complaints: '某省网信办举报中心 010-00000001',
  filings: [{ number: '京ICP备00000000号-1', url: 'https://filings.example/' }],
  links: {
    ownCertificate: null,
    anyCertificate: null,
    news: null,
    weChatService: null,
    weChatSubscription: null,
    manuals: {},
    returns: {},
  },
};

/** A password that nobody's data is in. */
export const testPassword = 'Lanhua-82*river';
