import { Hono } from 'hono';
import type { MailHost } from './mail.ts';

/** Nothing of a mail is fetched or run; a link opens in a window of its own, outside of the sandbox. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The mailboxes, as JSON and each HTML part as a page to be framed. */
export function mailRoutes(mail: MailHost): Hono {
  const app = new Hono();
  app.get('/messages', (c) => c.json(mail.messages(c.req.query('address'))));
  app.get('/messages/:id/html', (c) => {
    const html = mail.messages().find(({ id }) => id === c.req.param('id'))?.html ?? null;
    if (html === null) return c.notFound();
    return c.body(html.replace(/<head(?:\s[^>]*)?>|$/i, '$&<base target="_blank">'), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': mailPolicy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
  return app;
}
