import { generateKeyPairSync } from 'node:crypto';
import { beginSignIn, connect, finishSignIn, type Service } from '@shiming/client/openid';
import { citizenNamed } from '@shiming/services/testing/people';
import { customFetch, type CustomFetch } from 'openid-client';
import { expect, test } from 'vitest';
import {
  agreeTo,
  Browser,
  issuer,
  openHouse,
  redirectUri,
  registerService,
  verified,
} from './testing/house.ts';

test('X-05: the quick start for services signs a person in, and reads who it is', async () => {
  const house = await openHouse();
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = 'key-1';
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  await registerService(house.world, 'certification', { jwks: { keys: [jwk] } });
  const person = await verified(house.world, citizenNamed('林知远'));
  await agreeTo(house.world, person, 'certification');

  const key = await crypto.subtle.importKey(
    'pkcs8',
    pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const service: Service = { issuer, clientId: 'certification', redirectUri, key, kid };
  const config = await connect(service, { [customFetch]: house.fetch as CustomFetch });
  const { url, begun } = await beginSignIn(config, service);
  const { location } = await new Browser(house, person).open(url);
  expect(location).not.toBeNull();
  expect(await finishSignIn(config, begun, location as URL)).toMatchObject({
    level: 'urn:shiming:level:3',
    told: { name: '林知远', document_type: 'resident_identity_card' },
  });
  await house.close();
});
