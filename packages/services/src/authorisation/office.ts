import { officeKeyTable } from '@shiming/db';
import {
  answerBase,
  appErrorIn,
  contentDigest,
  isTimely,
  type ReadSignature,
  readSignature,
  type SignableRequest,
} from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { checkAuthorisation } from './check.ts';
import { askMatter, readMatter, withdrawMatter } from './office-matters.ts';
import { open, placeOf } from '../vault/vault.ts';
import { type OfficeCall, refused, replayed, type Said } from './said.ts';

/** A request of an office, and its body as it came, and as text. */
export type OfficeRequest = SignableRequest & { bytes: Uint8Array; body: string };

/** An answer with its headers; one to somebody whose signature does not hold is not signed. */
export type OfficeAnswer = {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
};

/** How often it is decided again where something changed between reading and writing. */
const triesAtMost = 5;

/** The seed of the key that signs answers, under the id of the key that it is made of. */
async function answerKey({ crypto, keys }: Pick<Ctx, 'crypto' | 'keys'>, of = keys.audit[0]) {
  return { keyId: `answer-${of.id}`, seed: await crypto.hmacKey(of.key, 'office.answer') };
}

/** The public keys that answers are signed with, in the form of a JWK set; retired ones included. */
export async function listAnswerKeys(ctx: Pick<Ctx, 'crypto' | 'keys'>) {
  return {
    keys: await Promise.all(
      ctx.keys.audit.map(async (key) => {
        const { keyId, seed } = await answerKey(ctx, key);
        return {
          kty: 'OKP',
          crv: 'Ed25519',
          alg: 'EdDSA',
          use: 'sig',
          kid: keyId,
          x: await ctx.crypto.publicKeyOf('ed25519', seed),
        };
      }),
    ),
  };
}

/** SHA-256 in base64, as `Content-Digest` has it. */
async function digestOf({ crypto }: Pick<Ctx, 'crypto'>, body: Uint8Array): Promise<string> {
  const sha256 = await crypto.sha256(body);
  return contentDigest(`${sha256.replaceAll('-', '+').replaceAll('_', '/')}=`);
}

type OfficeKey = typeof officeKeyTable.$inferSelect;

/** The secret that an office and the portal share; `null` where the office has a key of its own. */
const secretOf = async (ctx: Ctx, { id, secretSealed }: OfficeKey) =>
  secretSealed === null
    ? null
    : open<string>(ctx, placeOf(officeKeyTable.secretSealed, id), secretSealed);

/** Whether a signature is by a key, in the way that the record of the key says. */
async function isSignedBy(ctx: Ctx, key: OfficeKey, said: ReadSignature): Promise<boolean> {
  const { algorithm, base, signature } = said;
  if (algorithm !== key.algorithm) return false;
  const secret = await secretOf(ctx, key);
  return secret === null
    ? ctx.crypto.verify('ed25519', key.publicKey, base, signature)
    : ctx.crypto.equal(signature, await ctx.crypto.hmacSign(secret, base));
}

/** Signs an answer: by a key of the portal, or with the secret that an office has instead of a key. */
async function signed(
  ctx: Ctx,
  { status, said }: Said,
  requestSignature: string,
  officeKey: OfficeKey,
): Promise<OfficeAnswer> {
  const body = JSON.stringify(said);
  // What is said is ASCII.
  const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0));
  const digest = await digestOf(ctx, bytes);
  const own = await answerKey(ctx);
  const secret = await secretOf(ctx, officeKey);
  const { algorithm } = officeKey;
  const keyId = secret === null ? own.keyId : officeKey.id;
  const { input, base } = answerBase({
    algorithm,
    status,
    contentDigest: digest,
    requestSignature,
    keyId,
    createdMs: ctx.now(),
  });
  const signature =
    secret === null
      ? await ctx.crypto.sign('ed25519', own.seed, base)
      : await ctx.crypto.hmacSign(secret, base);
  return {
    status,
    body,
    headers: {
      'content-digest': digest,
      'signature-input': input,
      signature: `sig1=:${signature}:`,
    },
  };
}

/** What offices ask, by the last part of the path. */
const acts = {
  'authorisation.check': checkAuthorisation,
  'authorisation.request': askMatter,
  'authorisation.result': readMatter,
  'authorisation.withdraw': withdrawMatter,
} as const satisfies Record<string, (ctx: Ctx, call: OfficeCall) => Promise<Said>>;
export type OfficeAct = keyof typeof acts;

export const isOfficeAct = (act: string): act is OfficeAct => Object.hasOwn(acts, act);

/** What an act answers; decided again where something changed between reading and writing. */
async function said(ctx: Ctx, act: OfficeAct, call: OfficeCall): Promise<Said> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await acts[act](ctx, call);
    } catch (error) {
      const data = appErrorIn(error)?.data;
      if (data?.code === 'staff.forbidden') return refused;
      if (data?.code === 'office.replayed') return replayed;
      if (data?.code === 'request.too_many') {
        const retryAt = new Date(data.retryAtMs).toISOString();
        return { status: 429, said: { error: 'too_many', retryAt } };
      }
      if (data?.code !== 'request.stale' || tries === triesAtMost) throw error;
    }
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * E-AUT-02: answers an office that asks over a signed request. The answer is signed, unless the signature of the request does
 * not hold.
 */
export async function answerOffice(
  ctx: Ctx,
  request: OfficeRequest,
  act: OfficeAct,
): Promise<OfficeAnswer> {
  const unsigned = { status: refused.status, body: JSON.stringify(refused.said), headers: {} };
  const signature = readSignature(request);
  const digest = await digestOf(ctx, request.bytes);
  const isWhole =
    signature !== null &&
    ctx.portal.authorisation !== null &&
    request.contentDigest === digest &&
    isTimely(signature, ctx.now());
  if (!isWhole) return unsigned;
  const [key] = await ctx.db
    .select()
    .from(officeKeyTable)
    .where(and(eq(officeKeyTable.id, signature.keyId), isNull(officeKeyTable.revokedAtMs)));
  if (key === undefined || !(await isSignedBy(ctx, key, signature))) return unsigned;
  const { body: text } = request;
  const answer = await said(ctx, act, { text, body: jsonIn(text), signature, office: key.office });
  return answer === refused ? unsigned : signed(ctx, answer, request.signature, key);
}
