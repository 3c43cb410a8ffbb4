import { parsePortals, type PortalPlace } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import type { Keys, NamedKey } from '@shiming/services/context';

/** The environment does not do: the message says which setting and why, and never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Readonly<Record<string, unknown>>;

function bytesOf(name: string, base64url: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
    bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new ConfigError(`${name} is not base64url.`);
  }
  if (bytes.length !== 32) {
    throw new ConfigError(`${name} must hold 32 bytes in base64url; it holds ${bytes.length}.`);
  }
  if (new Set(bytes).size < 8) throw new ConfigError(`${name} is not random.`);
  return bytes;
}

/** `kid:key,kid:key`, the current key first. */
function namedKeys(name: string, text: string): [NamedKey, ...NamedKey[]] {
  const keys = text.split(',').map((pair): NamedKey => {
    const [id = '', key = ''] = pair.trim().split(':');
    if (!/^\w{1,20}$/.test(id)) {
      throw new ConfigError(
        `${name} must be pairs of an id and a key, such as k1:…; one has no id.`,
      );
    }
    try {
      return webCrypto.namedKey(id, bytesOf(`${name} (${id})`, key));
    } catch (error) {
      throw error instanceof RangeError
        ? new ConfigError(`${name} (${id}) ${error.message}.`)
        : error;
    }
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new ConfigError(`${name} uses one id twice.`);
  }
  return keys as [NamedKey, ...NamedKey[]];
}

/** Addresses of this machine or of nobody in particular: nothing in production answers there. */
export const isLocal = (url: URL) =>
  /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/.test(url.hostname);

/** What reads single settings. */
export function settingsOf(environment: Environment) {
  const optional = (name: string): string => {
    const value = environment[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const isProduction = optional('ENVIRONMENT') !== 'local';
  const text = (name: string): string => {
    const value = optional(name);
    if (value === '') throw new ConfigError(`${name} is not set.`);
    return value;
  };
  const secret = (name: string): string => {
    const value = text(name);
    if (value.length < 16) throw new ConfigError(`${name} is too short to be real.`);
    if (isProduction && value.startsWith('sandbox')) {
      throw new ConfigError(`${name} is the sandbox's; production needs the vendor's.`);
    }
    return value;
  };
  const address = (name: string, needsTls: boolean): string => {
    const value = text(name);
    if (!URL.canParse(value)) throw new ConfigError(`${name} is not an address.`);
    const url = new URL(value);
    if (isProduction && isLocal(url)) {
      throw new ConfigError(`${name} points to this machine; production needs the real address.`);
    }
    if (isProduction && needsTls && url.protocol === 'http:') {
      throw new ConfigError(`${name} must be https in production.`);
    }
    return value;
  };
  /** What the pages say of the operator. In production nothing of the sandbox's stands there. */
  const said = (name: string, form?: RegExp): string => {
    const value = text(name);
    if (isProduction && value.includes('沙箱')) {
      throw new ConfigError(`${name} is the sandbox's; production needs the operator's.`);
    }
    if (form !== undefined && !form.test(value))
      throw new ConfigError(`${name} is not of its form.`);
    return value;
  };
  return { isProduction, optional, text, secret, address, said };
}

/** What each Worker of the house needs. */
export type House = {
  isProduction: boolean;
  publicOrigin: string;
  database: { url: string; authToken: string | undefined };
  keys: Keys;
  /** The portals of this operator; the first stands at `/`. */
  places: readonly [PortalPlace, ...PortalPlace[]];
  /** Who receives the pictures of faces, and the impact assessment that allows comparing them; `null`: none are compared. */
  faces: { receiver: string; assessment: string } | null;
};

/** @throws ConfigError */
export function readHouse(environment: Environment): House {
  const { isProduction, optional, text, address, said } = settingsOf(environment);
  /** A list of keys; or, in a setting from before keys had ids, the one key without its id, which is `k1`. */
  const keysOrOne = (name: string, formerName: string): [NamedKey, ...NamedKey[]] =>
    optional(name) === '' && optional(formerName) !== ''
      ? [{ id: 'k1', key: bytesOf(formerName, optional(formerName)) }]
      : namedKeys(name, text(name));
  const chosen = (): readonly [PortalPlace, ...PortalPlace[]] => {
    try {
      return parsePortals(text('PORTALS'));
    } catch (error) {
      throw error instanceof RangeError ? new ConfigError(error.message) : error;
    }
  };
  /** Without a recorded assessment no face is compared (人脸识别技术应用安全管理办法 art. 9): the start fails instead. */
  const faces = (): House['faces'] =>
    optional('FACE_RECEIVER') === '' && optional('FACE_IMPACT_ASSESSMENT') === ''
      ? null
      : { receiver: said('FACE_RECEIVER'), assessment: said('FACE_IMPACT_ASSESSMENT') };
  const authToken = optional('DATABASE_AUTH_TOKEN');
  if (isProduction && authToken === '') throw new ConfigError('DATABASE_AUTH_TOKEN is not set.');
  return {
    isProduction,
    publicOrigin: new URL(address('PUBLIC_ORIGIN', true)).origin,
    database: {
      url: address('DATABASE_URL', true),
      authToken: authToken === '' ? undefined : authToken,
    },
    keys: {
      vault: namedKeys('VAULT_KEYS', text('VAULT_KEYS')),
      index: namedKeys('INDEX_KEYS', text('INDEX_KEYS')),
      token: keysOrOne('TOKEN_KEYS', 'TOKEN_KEY'),
      audit: keysOrOne('AUDIT_KEYS', 'AUDIT_KEY'),
    },
    places: chosen(),
    faces: faces(),
  };
}
