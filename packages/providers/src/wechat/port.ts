/**
 * What a person did in the service account's chat. `openId` names the person to this service account only.
 * `eventId` is the same for every repetition of one push (MsgId, or openid + CreateTime + event + key).
 */
export type WeChatPush = { openId: string; accountId: string; eventId: string } & (
  | { type: 'followed'; scene: string | null }
  | { type: 'unfollowed' }
  | { type: 'scanned'; scene: string }
  | { type: 'menu'; key: string }
  | { type: 'text'; text: string }
  | { type: 'other' }
);

/** A push that was opened, and how to answer it. */
export type OpenedPush = {
  push: WeChatPush;
  /** The body of the passive answer: a text in the chat, or `null` for none (`success`). */
  answer: (text: string | null) => Promise<string>;
};

/** The query of a request from the platform, such as a `URLSearchParams`. */
export type PushQuery = { get: (name: string) => string | null };

export type WeChatInbox = {
  /** The platform's check of our address: the text to answer with, or `null` when the signature is wrong. */
  verifyAddress: (query: PushQuery) => Promise<string | null>;
  /** Opens an encrypted push. `null` when it is not one, or a signature, the account or the form is wrong. */
  open: (query: PushQuery, body: string) => Promise<OpenedPush | null>;
};

/** A QR code that tells us who scanned it. `url` is what the code says; it is drawn by us. */
export type SceneCode = { url: string; expiresAtMs: number };

export type WeChatResult<T> =
  | { outcome: 'done'; value: T }
  | { outcome: 'busy' | 'down' | 'misconfigured'; vendorCode: string };

export type WeChatPlatform = {
  /** A QR code with a scene (1 to 64 characters) that ends after `validSeconds`. */
  createSceneCode: (scene: string, validSeconds: number) => Promise<WeChatResult<SceneCode>>;
  /** Puts the menu of the service account up: each button sends its key. Run once at deployment. */
  createMenu: (buttons: readonly { name: string; key: string }[]) => Promise<WeChatResult<null>>;
};
