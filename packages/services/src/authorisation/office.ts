import { officeKeyTable } from '@shiming/db';
import {
  answerBase,
  appErrorIn,
  contentDigest,
  isTimely,
  type ReadSignature,
  readSignature,
  type SignableRequest,
  type SignatureAlgorithm,
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

/** What tells the keys of the portal apart, in their ids and in what they are made of: a key is for one algorithm. */
const marks: Record<SignatureAlgorithm, string> = { ed25519: '', 'sm2-sm3': '-sm2' };

/** The seed of the key that signs answers, under the id of the key that it is made of. */
async function answerKey(
  { crypto, keys }: Pick<Ctx, 'crypto' | 'keys'>,
  algorithm: SignatureAlgorithm,
  of = keys.audit[0],
) {
  const mark = marks[algorithm];
  return {
    keyId: `answer-${of.id}${mark}`,
    seed: await crypto.hmacKey(of.key, `office.answer${mark}`),
  };
}

/** The public keys that answers are signed with, in the form of a JWK set; retired ones included. */
export async function listAnswerKeys(ctx: Pick<Ctx, 'crypto' | 'keys'>) {
  const { crypto, keys } = ctx;
  const made = crypto.signatureAlgorithms.flatMap((algorithm) =>
    keys.audit.map(async (key) => {
      const { keyId, seed } = await answerKey(ctx, algorithm, key);
      return { ...(await crypto.publicJwkOf(algorithm, seed)), use: 'sig', kid: keyId };
    }),
  );
  return { keys: await Promise.all(made) };
}

/** SHA-256 in base64, as `Content-Digest` has it. */
async function digestOf({ crypto }: Pick<Ctx, 'crypto'>, body: Uint8Array): Promise<string> {
  const sha256 = await crypto.sha256(body);
  return contentDigest(`${sha256.replaceAll('-', '+').replaceAll('_', '/')}=`);
}

type OfficeKey = typeof officeKeyTable.$inferSelect;

/** The secret that an office and the portal share. */
const secretOf = (ctx: Ctx, { id, secretSealed }: OfficeKey) =>
  open<string>(ctx, placeOf(officeKeyTable.secretSealed, id), secretSealed ?? '');

/** Whether a signature is by a key, in the way that the record of the key says. */
async function isSignedBy(ctx: Ctx, key: OfficeKey, said: ReadSignature): Promise<boolean> {
  const { base, signature } = said;
  const { algorithm, publicKey } = key;
  if (algorithm !== said.algorithm) return false;
  if (algorithm !== 'hmac-sha256') {
    // A key of another build, over the same database.
    const isBuiltIn = ctx.crypto.signatureAlgorithms.includes(algorithm);
    return isBuiltIn && ctx.crypto.verify(algorithm, publicKey, base, signature);
  }
  const expected = await ctx.crypto.hmacSign(await secretOf(ctx, key), base);
  return ctx.crypto.equal(signature, expected);
}

/** What signs an answer to the holder of a key, and under which id: a key of the portal, or the secret that both have. */
async function signerFor(ctx: Ctx, key: OfficeKey) {
  const { id, algorithm } = key;
  if (algorithm === 'hmac-sha256') {
    const secret = await secretOf(ctx, key);
    return { keyId: id, sign: (base: string) => ctx.crypto.hmacSign(secret, base) };
  }
  const { keyId, seed } = await answerKey(ctx, algorithm);
  return { keyId, sign: (base: string) => ctx.crypto.sign(algorithm, seed, base) };
}

/** Signs an answer in the way that the office signs. */
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
  const { keyId, sign } = await signerFor(ctx, officeKey);
  const { input, base } = answerBase({
    algorithm: officeKey.algorithm,
    status,
    contentDigest: digest,
    requestSignature,
    keyId,
    createdMs: ctx.now(),
  });
  return {
    status,
    body,
    headers: {
      'content-digest': digest,
      'signature-input': input,
      signature: `sig1=:${await sign(base)}:`,
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
