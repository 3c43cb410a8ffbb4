import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './office.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Keys of registration offices',
  lead: 'The system of an office signs its questions with a private key of its own, whose public key is on record here, or, where it cannot, with a secret that both sides have. To rotate, add the new key first, and revoke the old one once the office signs with the new one.',
  office: 'Office',
  algorithm: 'How the office signs',
  algorithms: {
    ed25519: 'Ed25519: the office has a private key',
    'sm2-sm3': 'SM2 with SM3 (国密): the office has a private key',
    'hmac-sha256': 'HMAC-SHA256: a shared secret, only where the office cannot have a private key',
  },
  publicKey: 'Public key',
  publicKeyHints: {
    ed25519: 'Ed25519 in base64url, 43 characters. The private key stays with the office.',
    'sm2-sm3':
      'A point of SM2, uncompressed: 130 hexadecimal characters that begin with 04. Signatures are made with the default user ID 1234567812345678. The private key stays with the office.',
    'hmac-sha256': null,
  },
  add: 'Add the key',
  added: (keyId) => `Added. Give the office the key’s id: ${keyId}.`,
  secret: 'The shared secret in base64url, shown once. Hand it to the office by a safe way:',
  columns: {
    keyId: 'Key id',
    office: 'Office',
    algorithm: 'Algorithm',
    createdAt: 'Added',
    status: 'Status',
  },
  none: 'No key yet.',
  inUse: 'In use',
  revokedAt: (time) => `Revoked ${time}`,
  revoke: 'Revoke',
  revokeLabel: (keyId) => `Revoke ${keyId}`,
  revokeTitle: 'Revoke this key?',
  revokeText: (office) =>
    `Questions that ${office} signs with it are no longer answered. This cannot be undone.`,
  cancel: 'Back',
};
