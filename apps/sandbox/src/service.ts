import { createPrivateKey, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import * as client from 'openid-client';
import { createInbox, NotTaken, type Received } from './service-inbox.ts';
import { jwk, kid, type SandboxService, sandboxServices, urlsOf } from './service-registrations.ts';

/** A sign-in on its way: what it checks when its answer comes, and the key that its tokens are bound to. */
type Begun = {
  checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
  DPoP: client.DPoPHandle;
};
/** What the service knows of who is signed in with it. */
type Visit = {
  service: string;
  sub: string;
  sid: string | null;
  idToken: string;
  told: Record<string, unknown>;
};

const page = (title: string, body: unknown) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;

/**
 * Systems behind the gate of a portal, as others would write them: a person signs in by OpenID Connect, with `openid-client`,
 * at level 3, and sees what the service has received. `issuer` is the provider; `origin` is where the services stand.
 */
function createServices({ issuer, origin }: { issuer: string; origin: string }) {
  const begun = new Map<string, Begun>();
  const visits = new Map<string, Visit>();
  const received: (Received & { service: string })[] = [];
  const configurations = new Map<string, Promise<client.Configuration>>();

  const discover = async (clientId: string) => {
    const key = await crypto.subtle.importKey(
      'pkcs8',
      createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    return client.discovery(
      new URL(issuer),
      clientId,
      {},
      client.PrivateKeyJwt({ key, kid }),
      // On one machine there is no TLS.
      { execute: [client.allowInsecureRequests] },
    );
  };
  /** The provider may not have started yet: what fails is asked again the next time. */
  const configurationOf = (clientId: string) => {
    const known = configurations.get(clientId) ?? discover(clientId);
    configurations.set(clientId, known);
    known.catch(() => configurations.delete(clientId));
    return known;
  };

  let inbox: ReturnType<typeof createInbox> | null = null;
  const inboxOf = async (clientId: string) => {
    const { jwks_uri: jwksUri = '' } = (await configurationOf(clientId)).serverMetadata();
    inbox ??= createInbox({ issuer, jwksUri });
    return inbox;
  };

  const app = new Hono<{ Variables: { service: SandboxService } }>();
  app.use('/:service/*', async (c, next) => {
    const service = sandboxServices.find((each) => each.service === c.req.param('service'));
    if (service === undefined) return c.notFound();
    c.set('service', service);
    c.header('cache-control', 'no-store');
    return next();
  });

  /** Here it begins, also from the services page of the portal (OpenID Connect Core, 4). */
  app.get('/:service/start', async (c) => {
    const service = c.get('service');
    const from = c.req.query('iss');
    if (from !== undefined && from !== issuer) return c.text('another issuer', 400);
    const config = await configurationOf(service.service);
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    };
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
    const to = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: urlsOf(service, origin).callback,
        scope: 'openid profile document phone',
        acr_values: 'urn:shiming:level:3',
        code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: checks.expectedState,
        nonce: checks.expectedNonce,
      },
      { DPoP },
    );
    const id = randomUUID();
    begun.set(id, { checks, DPoP });
    setCookie(c, 'service_begun', id, { path: '/service', httpOnly: true, sameSite: 'Lax' });
    return c.redirect(to.href);
  });

  app.get('/:service/callback', async (c) => {
    const service = c.get('service');
    const id = getCookie(c, 'service_begun') ?? '';
    const found = begun.get(id);
    begun.delete(id);
    if (found === undefined) return c.html(page(service.name, html`<p>请从头开始。</p>`), 400);
    const config = await configurationOf(service.service);
    const { checks, DPoP } = found;
    try {
      const back = new URL(`${urlsOf(service, origin).callback}${new URL(c.req.url).search}`);
      const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
      const claims = tokens.claims();
      const sub = claims?.sub ?? '';
      const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
      const visit = randomUUID();
      const sid = claims?.['sid'];
      visits.set(visit, {
        service: service.service,
        sub,
        sid: typeof sid === 'string' ? sid : null,
        idToken: tokens.id_token ?? '',
        told: { ...told, acr: claims?.['acr'] },
      });
      setCookie(c, 'service_visit', visit, { path: '/service', httpOnly: true, sameSite: 'Lax' });
      return c.redirect(urlsOf(service, origin).base);
    } catch (error) {
      const code = error instanceof client.AuthorizationResponseError ? error.error : String(error);
      return c.html(page(service.name, html`<p>没有进入：<code>${code}</code></p>`), 400);
    }
  });

  /** What becomes of people's accounts (RFC 8935). */
  app.post('/:service/events', async (c) => {
    const { service } = c.get('service');
    try {
      const event = await (await inboxOf(service)).readEvent(await c.req.text(), service);
      if (event !== null) received.push({ ...event, service });
      return c.body(null, 202);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      return c.json({ err: error.code }, 400);
    }
  });

  /** Somebody has signed out at the provider (OpenID Connect Back-Channel Logout). */
  app.post('/:service/logout', async (c) => {
    const { service } = c.get('service');
    const { logout_token: token } = await c.req.parseBody();
    try {
      const { sub, sid } = await (
        await inboxOf(service)
      ).readLogout(typeof token === 'string' ? token : '', service);
      for (const [id, visit] of visits) {
        const isIt = sid === undefined ? visit.sub === sub : visit.sid === sid;
        if (visit.service === service && isIt) visits.delete(id);
      }
      return c.body(null, 200);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      return c.json({ error: error.code }, 400);
    }
  });

  /** What the service has learned so, as its own staff read it. */
  app.get('/:service/received', (c) => {
    const { name, service } = c.get('service');
    const own = received.filter((each) => each.service === service);
    return c.html(
      page(
        `${name}：账号变动`,
        html`<ul>
          ${own.map(
            ({ uri, event, subject }) =>
              html`<li>
                <code>${uri.slice(uri.lastIndexOf('/') + 1)}</code> ${subject}
                ${JSON.stringify(event)}
              </li>`,
          )}
        </ul>`,
      ),
    );
  });

  app.get('/:service/bye', (c) => c.html(page(c.get('service').name, html`<p>已退出。</p>`)));
  app.get('/:service/out', async (c) => {
    const service = c.get('service');
    const config = await configurationOf(service.service);
    const id = getCookie(c, 'service_visit') ?? '';
    const hint = visits.get(id)?.idToken ?? '';
    visits.delete(id);
    const to = client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: urlsOf(service, origin).bye,
      id_token_hint: hint,
    });
    return c.redirect(to.href);
  });

  app.get('/:service', (c) => {
    const service = sandboxServices.find((each) => each.service === c.req.param('service'));
    if (service === undefined) return c.notFound();
    const { base, start } = urlsOf(service, origin);
    const told = visits.get(getCookie(c, 'service_visit') ?? '')?.told;
    c.header('cache-control', 'no-store');
    return c.html(
      page(
        service.name,
        told === undefined
          ? html`<p><a href="${start}">登录</a></p>`
          : html`<p>这个系统收到了：</p>
              <dl>
                ${Object.entries(told).map(
                  ([name, value]) =>
                    html`<dt>${name}</dt>
                      <dd>${String(value)}</dd>`,
                )}
              </dl>
              <p><a href="${base}/out">退出</a></p>`,
      ),
    );
  });

  return app;
}

const made = new Map<string, Hono>();

/** The services of one place, below `/service`: one for each provider and origin. */
export function servicesAt(issuer: string, origin: string): Hono {
  const key = `${issuer} ${origin}`;
  const known = made.get(key) ?? new Hono().route('/service', createServices({ issuer, origin }));
  made.set(key, known);
  return known;
}
