import { connect, createStreams } from '@shiming/db/client';
import { type Meter, newMeter } from '@shiming/db';
import type { PhotoStore } from '@shiming/providers';
import {
  createTencentAuthority,
  createTencentFaces,
  withCircuit,
  withFaceCircuit,
} from '@shiming/providers/authority';
import { webCrypto } from '@shiming/providers/crypto';
import { type Connect, createSmtpMail } from '@shiming/providers/mail';
import { createArgon2Hasher } from '@shiming/providers/password';
import { createRemoteMinistry } from '@shiming/providers/ministry/remote';
import { createPasskeys } from '@shiming/providers/passkey';
import { createProofOfWork } from '@shiming/providers/proof-of-work';
import { createPuzzlePainter, type Zlib } from '@shiming/providers/puzzle';
import { createRecordGateway, withCircuits } from '@shiming/providers/records';
import { createAliyunSms, createTencentSms, withFailover } from '@shiming/providers/sms';
import { totp } from '@shiming/providers/totp';
import { createWeChatInbox, createWeChatPlatform } from '@shiming/providers/wechat';
import type { Deps, Door } from '@shiming/services/context';
import type { Config, DoorConfig } from './config.ts';

/** How long a person is kept waiting for a vendor. */
const smsTimeoutMs = 8_000;
const authorityTimeoutMs = 12_000;
/** A picture is sent, looked at and compared, and whoever is given up on has to stand before the camera again. */
const faceTimeoutMs = 20_000;
const recordsTimeoutMs = 10_000;
const weChatTimeoutMs = 8_000;
/** Nobody waits for a mail server, but the run after a request has to end. */
const mailTimeoutMs = 12_000;

const now = () => Date.now();
/** A vendor that fails so often in a row is left alone for so long. */
const circuit = { now, failures: 5, openMs: 30_000 };
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Everything that outlives a request, over what the runtime brings: the adapters, the one Argon2 instance, the
 * circuit. Answers what makes the dependencies of one request, with a database connection and a meter of its own.
 */
export function createWorld(
  config: Config,
  runtime: {
    argon2: WebAssembly.Module;
    connect: Connect;
    photos: PhotoStore;
    zlib: Zlib;
    /** The Worker that speaks with the ministry; `null` where none is bound. */
    ministry: { fetch(request: Request): Promise<Response> } | null;
    fetch: (request: Request) => Promise<Response>;
  },
) {
  const doorOf = ({ portal, prefix, weChat, operator, ...door }: DoorConfig): Door => ({
    portal,
    operator,
    address: `${config.publicOrigin}${prefix}`,
    sms: withFailover(
      [
        createAliyunSms({
          ...door.aliyunSms,
          fetch: runtime.fetch,
          now,
          randomId: () => webCrypto.randomToken(16),
          timeoutMs: smsTimeoutMs,
        }),
        createTencentSms({
          ...config.tencent,
          ...door.tencentSms,
          fetch: runtime.fetch,
          now,
          timeoutMs: smsTimeoutMs,
        }),
      ],
      circuit,
    ),
    mail: createSmtpMail({
      ...config.smtp,
      from: { name: door.mailFromName, address: config.smtp.fromAddress },
      connect: runtime.connect,
      now,
      timeoutMs: mailTimeoutMs,
    }),
    weChat:
      weChat === null
        ? null
        : createWeChatPlatform({
            endpoint: weChat.endpoint,
            appId: weChat.appId,
            appSecret: weChat.appSecret,
            fetch: runtime.fetch,
            now,
            timeoutMs: weChatTimeoutMs,
          }),
  });
  const { ministry } = runtime;
  const [first, ...others] = config.doors;
  const doors = [doorOf(first), ...others.map(doorOf)] as const;
  const inboxes = new Map(
    config.doors.flatMap(({ portal, weChat }) =>
      weChat === null ? [] : [[portal.id, createWeChatInbox({ ...weChat, now })] as const],
    ),
  );
  const shared = {
    ...doors[0],
    doors,
    now,
    pause: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
    crypto: webCrypto,
    hasher: createArgon2Hasher({ wasm: runtime.argon2, randomBytes: webCrypto.randomBytes }),
    authority: withCircuit(
      createTencentAuthority({
        ...config.tencent,
        ...config.tencentFaceid,
        fetch: runtime.fetch,
        now,
        timeoutMs: authorityTimeoutMs,
      }),
      circuit,
    ),
    faces: config.faces && {
      ...config.faces,
      authority: withFaceCircuit(
        createTencentFaces({
          ...config.tencent,
          ...config.tencentFaceid,
          fetch: runtime.fetch,
          now,
          timeoutMs: faceTimeoutMs,
        }),
        circuit,
      ),
    },
    records:
      config.records === null
        ? null
        : withCircuits(
            createRecordGateway({
              ...config.records,
              fetch: runtime.fetch,
              now,
              timeoutMs: recordsTimeoutMs,
            }),
            circuit,
          ),
    ministry:
      config.ministry && ministry
        ? createRemoteMinistry(config.ministry, (request) => ministry.fetch(request))
        : null,
    painter: createPuzzlePainter(runtime.zlib),
    proofOfWork: createProofOfWork({ secrets: config.keys.token.map(({ key }) => hex(key)) }),
    photos: runtime.photos,
    passkeys: createPasskeys({
      publicOrigin: config.publicOrigin,
      name: config.doors[0].portal.name.zh,
    }),
    totp,
    keys: config.keys,
    publicOrigin: config.publicOrigin,
  };
  const streams = createStreams();
  return {
    streams,
    /** What reads the pushes of the WeChat platform to a portal's account; nothing where the portal has none. */
    weChatInbox: (portalId: string) => inboxes.get(portalId),
    depsFor(defer: Deps['defer'], meter: Meter = newMeter()): Deps {
      return { ...shared, db: connect(config.database, meter, { streams, defer }), defer };
    },
  };
}

export type World = ReturnType<typeof createWorld>;
