import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sandboxCredentials } from '../credentials.ts';

/** What a service behind a service account sees of a push, read without any code of the sandbox. */
export type ReceivedPush = { query: Record<string, string>; body: string; xml: string };

/** The content of one element, or an empty text. */
export function element(xml: string, name: string): string {
  const [, content = ''] = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml) ?? [];
  return /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(content)?.[1] ?? content;
}

const { token, encodingAesKey, appId } = sandboxCredentials.wechat;
const key = Buffer.from(`${encodingAesKey}=`, 'base64');

const sha1 = (...parts: string[]) =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex');

/** Reads a push; throws when a signature is wrong. */
export async function readPush(request: Request): Promise<ReceivedPush> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { signature, timestamp = '', nonce = '', msg_signature: messageSignature } = query;
  if (signature !== sha1(token, timestamp, nonce)) throw new Error('signature');
  const body = await request.text();
  if (query['encrypt_type'] !== 'aes') return { query, body, xml: body };
  const encrypted = element(body, 'Encrypt');
  if (messageSignature !== sha1(token, timestamp, nonce, encrypted)) throw new Error('msg');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const end = 20 + plain.readUInt32BE(16);
  const padBytes = plain.at(-1) ?? 0;
  if (plain.subarray(end, plain.length - padBytes).toString() !== appId) throw new Error('appid');
  return { query, body, xml: plain.subarray(20, end).toString() };
}

/** A passive text answer to a push, in plain. */
export function textAnswer({ xml }: ReceivedPush, content: string): string {
  const person = element(xml, 'FromUserName');
  const account = element(xml, 'ToUserName');
  return `<xml>
<ToUserName><![CDATA[${person}]]></ToUserName>
<FromUserName><![CDATA[${account}]]></FromUserName>
<CreateTime>1795233600</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[${content}]]></Content>
</xml>`;
}

/** The same, encrypted and signed. */
export function encryptedAnswer(
  xml: string,
  { receiver = appId, signedWith = token }: { receiver?: string; signedWith?: string } = {},
): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(xml));
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(xml), Buffer.from(receiver)]);
  const padBytes = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const encrypted = Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padBytes, padBytes)])),
    cipher.final(),
  ]).toString('base64');
  const signature = sha1(signedWith, '1795233600', 'nonce', encrypted);
  return `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>1795233600</TimeStamp><Nonce>nonce</Nonce></xml>`;
}
