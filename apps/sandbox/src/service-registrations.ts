import { createECDH, createHash } from 'node:crypto';
import { portals, type ServiceClient } from '@shiming/domain';

/** The id of the sandbox's key at the provider. */
export const kid = 'sandbox-service';

/** The key by which the sandbox's services sign: the same at each start, as their registrations are. */
export const jwk = (() => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(createHash('sha256').update(kid).digest());
  const point = curve.getPublicKey();
  return {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: curve.getPrivateKey('base64url'),
  };
})();

/** One of each portal. */
const here: ReadonlySet<string> = new Set(['certification', 'conscription', 'registration-office']);

/** The services that stand here, each by its id at its portal, which is its `client_id` too. */
export const sandboxServices = portals.flatMap(({ id: portal, services }) =>
  services
    .filter(({ id }) => here.has(id))
    .map(({ id: service, name }) => ({ portal, service, name: `${name.zh}（沙箱）` })),
);
export type SandboxService = (typeof sandboxServices)[number];

/** Where a service stands, and what lies below. */
export const urlsOf = ({ service }: SandboxService, origin: string) => {
  const base = `${origin}/service/${service}`;
  return {
    base,
    start: `${base}/start`,
    callback: `${base}/callback`,
    bye: `${base}/bye`,
    events: `${base}/events`,
    logout: `${base}/logout`,
  };
};

/** What is registered of each service at the provider; `origin` is where they stand. */
export function serviceRegistrations(
  origin: string,
): { portal: string; service: string; registration: ServiceClient }[] {
  const { d: _, ...publicKey } = jwk;
  return sandboxServices.map((each) => {
    const { start, callback, bye, events, logout } = urlsOf(each, origin);
    return {
      portal: each.portal,
      service: each.service,
      registration: {
        redirectUris: [callback],
        postLogoutRedirectUris: [bye],
        startUri: start,
        jwks: { keys: [{ ...publicKey, kid, alg: 'ES256', use: 'sig' }] },
        jwksUri: null,
        backchannelLogoutUri: logout,
        eventsUri: events,
        required: ['name', 'document'],
        optional: ['mobile'],
      },
    };
  });
}
