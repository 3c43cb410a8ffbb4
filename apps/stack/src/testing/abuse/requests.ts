import { connect } from 'node:net';
import { once } from 'node:events';
import { pageVersion, pageVersionHeader } from '@shiming/domain';
import { table } from '../../bench/report.ts';
import { readPortals } from '../../settings.ts';
import { callOf, type Player, playerOf, procedures, ticketOf } from '../abuse-cast.ts';
import { createAsker, inTurns } from './ask.ts';
import { abuseOf, type AbuseContext } from './part.ts';
import { codeIn } from './rules.ts';

interface Check {
  readonly what: string;
  readonly tried: number;
  readonly wrong: readonly string[];
}

/** Sends bytes as they are and returns the status of each answer; `0` where the connection was closed without one. */
async function raw(port: number, text: string): Promise<number[]> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  let seen = '';
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    seen += part;
  });
  socket.on('error', () => socket.destroy());
  socket.write(text, 'latin1');
  await Promise.race([once(socket, 'close'), new Promise((done) => setTimeout(done, 1_000))]);
  socket.destroy();
  return Array.from(seen.matchAll(/^HTTP\/1\.1 (\d{3})/gm), ([, status]) => Number(status));
}

/** What is wrong with the headers of an answer, whatever it is an answer to. */
function headerFaults(
  path: string,
  headers: Record<string, string | string[] | undefined>,
): string[] {
  const wrong: string[] = [];
  const isPublic = path.endsWith('/office/v1/keys');
  if (headers['cache-control'] !== 'no-store' && !isPublic) {
    wrong.push(`cache-control ${String(headers['cache-control'])}`);
  }
  for (const name of ['content-security-policy', 'strict-transport-security', 'referrer-policy']) {
    if (headers[name] === undefined) wrong.push(`no ${name}`);
  }
  if (headers['x-content-type-options'] !== 'nosniff') wrong.push('may be sniffed');
  if (headers['access-control-allow-origin'] !== undefined)
    wrong.push('is shared with other origins');
  if (headers['server'] !== undefined || headers['x-powered-by'] !== undefined)
    wrong.push('names its software');
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const isSafe =
      /^__Host-\w+=/.test(line) &&
      /; Path=\/(?:;|$)/.test(line) &&
      /; HttpOnly/.test(line) &&
      /; Secure/.test(line) &&
      /; SameSite=(?:Lax|Strict)/.test(line) &&
      !/; Domain=/i.test(line);
    if (!isSafe) wrong.push(`cookie ${line.replace(/=[^;]*/, '=…')}`);
  }
  return wrong;
}

const expectStatus = (is: number, status: number, text = '') =>
  is === status ? null : `${status} ${codeIn(text)}`;

async function measure({
  ours: start,
  ask: askerOf,
  cast: castOf,
}: AbuseContext): Promise<readonly Check[]> {
  const ours = await start();
  const ask = await askerOf();
  const { world, url, port, sandbox } = ours;
  const places = readPortals();
  const { others, victims } = await castOf();
  const changes = Object.keys(procedures).filter((path) => procedures[path]?.type === 'mutation');
  const [place] = places;
  const someone = (of: 'isApplicant' | 'role', path: string): Player | undefined =>
    others.find(
      ({ rights }) => (of === 'role' ? rights.role !== null : rights.isApplicant) && path !== '',
    );
  const a = someone('isApplicant', '-');
  if (place === undefined || a === undefined) throw new Error('There is nobody.');
  const checks: Check[] = [];
  const check = async (
    what: string,
    tries: readonly string[],
    run: (path: string) => Promise<string | null>,
  ): Promise<void> => {
    const wrong: string[] = [];
    await inTurns(tries, 8, async (path) => {
      const found = await run(path);
      if (found !== null) wrong.push(`${path}: ${found}`);
    });
    checks.push({ what, tried: tries.length, wrong });
  };
  const post = (path: string, headers: Record<string, string>, body = '{}') => {
    const call = callOf(a, path, body);
    return ask({ ...call, headers: { ...call.headers, ...headers } });
  };

  await check('A change from another origin is refused', changes, async (path) => {
    const { status, text } = await post(path, {
      origin: 'https://other.example',
      [pageVersionHeader]: pageVersion,
    });
    return expectStatus(403, status, text);
  });
  await check('and from a document without an origin', changes, async (path) => {
    const { status, text } = await post(path, { origin: 'null', [pageVersionHeader]: pageVersion });
    return expectStatus(403, status, text);
  });
  await check('and where the browser says that it comes from elsewhere', changes, async (path) => {
    const { status, text } = await post(path, {
      'sec-fetch-site': 'same-site',
      [pageVersionHeader]: pageVersion,
    });
    return expectStatus(403, status, text);
  });
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    await check(`A change of the type “${type}” is refused`, changes, async (path) => {
      const { status, text } = await post(path, { 'content-type': type });
      return expectStatus(415, status, text);
    });
  }
  await check('A change is not made by GET', changes, async (path) => {
    const call = callOf(a, path, '{}');
    const { status } = await ask({ ...call, method: 'GET', body: '' });
    return expectStatus(405, status);
  });
  await check('nor by GET that asks for another method', changes, async (path) => {
    const { headers } = callOf(a, path, '{}');
    const { status } = await ask({
      method: 'GET',
      path: `${a.place.prefix}/trpc/${path}?_method=POST`,
      headers: { ...headers, 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
    });
    return expectStatus(405, status);
  });
  await check('A batch of calls is no call', changes, async (path) => {
    const { status } = await post(`${path},session.current?batch=1`, {}, '{"0":{},"1":{}}');
    return expectStatus(404, status);
  });
  await check(
    'nor is a second parameter',
    Object.keys(procedures).filter((path) => !changes.includes(path)),
    async (path) => {
      const { headers } = callOf(a, path, undefined);
      const { status } = await ask({
        method: 'GET',
        path: `${a.place.prefix}/trpc/${path}?input=%7B%7D&batch=1`,
        headers,
      });
      // Whom it is for is decided first.
      return status === 400 || status === 401 || status === 404 ? null : String(status);
    },
  );
  await check(
    'Every answer has its headers, and cookies their attributes',
    Object.keys(procedures),
    async (path) => {
      for (const player of others) {
        const call = callOf(player, path, '{}');
        const { headers } = await ask(call);
        const [wrong] = headerFaults(call.path, headers);
        if (wrong !== undefined) return `${player.name}: ${wrong}`;
      }
      return null;
    },
  );
  const routes = [
    '/photos/x',
    '/desk/photos/x/a',
    '/wechat',
    '/office/v1/keys',
    '/office/v1/x',
    '/assets/x.js',
    '/oidc/x',
  ];
  await check('and that of every other route', routes, async (path) => {
    const { headers } = await ask({
      method: 'GET',
      path,
      headers: { cookie: callOf(a, 'session.current', undefined).headers.cookie },
    });
    return headerFaults(path, headers)[0] ?? null;
  });
  const elsewhere = [
    '//other.example/',
    '/%2F%2Fother.example',
    '/\\other.example',
    '/.//other.example',
    '/?next=https://other.example',
    '/login?next=//other.example',
  ];
  await check('A form is sent to no other site', elsewhere, async (path) => {
    const { headers } = await ask({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'next=https://other.example',
    });
    const to = headers.location ?? url;
    return new URL(to, url).origin === new URL(url).origin && !to.startsWith('//') ? null : to;
  });

  // Addresses: what counts the visitor is the header of the setting, and no other.
  const forged = [
    'x-forwarded-for',
    'x-real-ip',
    'forwarded',
    'true-client-ip',
    'x-client-ip',
    'client-ip',
    'x-cluster-client-ip',
  ];
  const [victim] = victims;
  const subjects = async () =>
    (
      await world
        .ctx()
        .db.all<{ count: number }>(
          "select count(distinct subject) as count from allowance where kind = 'puzzle'",
        )
    )[0]?.count ?? 0;
  await ours.forget('allowance');
  const address = { 'cf-connecting-ip': '198.51.100.9' };
  await post('puzzle.draw', address, '{"purpose":"login"}');
  const before = await subjects();
  await check('An address that a visitor says counts for nothing', forged, async (name) => {
    await post(
      'puzzle.draw',
      { ...address, [name]: `192.0.2.${forged.indexOf(name) + 1}` },
      '{"purpose":"login"}',
    );
    const now = await subjects();
    return now === before ? null : `${now} addresses counted, not ${before}`;
  });
  await check(
    'A link in a mail is of our own site, whatever host was asked',
    ['host', 'x-forwarded-host'],
    async (name) => {
      if (victim === undefined) return 'there is nobody';
      const stranger = playerOf('', place);
      const { documentType, number, name: said, email } = victim.person;
      const cookies: Record<string, string> = {};
      const sent = { ...stranger, cookies };
      const identify = callOf(
        sent,
        'recovery.identify',
        JSON.stringify({
          documentType,
          number,
          name: said,
          ticket: await ticketOf(world, sent, 'recover'),
        }),
      );
      const host = { [name]: 'other.example' };
      const begun = await ask({ ...identify, headers: { ...identify.headers, ...host } });
      for (const line of begun.headers['set-cookie'] ?? []) {
        const [, key = '', value = ''] = /^__Host-(\w+)=([^;]*)/.exec(line) ?? [];
        cookies[key] = value;
      }
      const before = sandbox.mail.messages(email).length;
      const link = callOf(
        sent,
        'recovery.sendLink',
        JSON.stringify({ ticket: await ticketOf(world, sent, 'recover') }),
      );
      const { status, text } = await ask({ ...link, headers: { ...link.headers, ...host } });
      for (
        let tries = 0;
        sandbox.mail.messages(email).length === before && tries < 50;
        tries += 1
      ) {
        await new Promise((done) => setTimeout(done, 100));
      }
      const mails = sandbox.mail.messages(email).slice(before);
      if (mails.length === 0) return `no mail came: ${status} ${codeIn(text)}`;
      const foreign = mails.flatMap(({ links }) => links).filter((each) => !each.startsWith(url));
      return foreign.length === 0 ? null : 'a link elsewhere';
    },
  );

  // What HTTP leaves open: each gets one refusal, and nothing is read as a second request.
  const head = `Host: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`;
  const json = '{"isHeavy":false}';
  const messages = {
    'two lengths': `POST /trpc/puzzle.drawProofOfWork HTTP/1.1\r\n${head}Content-Length: ${json.length}\r\nContent-Length: 3\r\n\r\n${json}`,
    'a length and chunks': `POST /trpc/puzzle.drawProofOfWork HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`,
    'a length that is no number': `POST /trpc/puzzle.drawProofOfWork HTTP/1.1\r\n${head}Content-Length: x\r\n\r\n${json}`,
    'a header without a name': `GET /healthz HTTP/1.1\r\n${head}: x\r\n\r\n`,
    'bytes that are no UTF-8': `POST /trpc/puzzle.drawProofOfWork HTTP/1.1\r\n${head}Content-Length: 4\r\nConnection: close\r\n\r\n"\xff\xfe"`,
    TRACE: `TRACE / HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
  };
  await check(
    'A message that is not one gets one answer at most, and success only where chunks overrule a length',
    Object.keys(messages),
    async (name) => {
      const found = await raw(port, messages[name as keyof typeof messages]);
      if (found.length > 1) return `${found.length} answers`;
      if (name === 'a length and chunks' && found[0] === 200) return null;
      return found.every((status) => status >= 400 && status < 500) ? null : found.join();
    },
  );
  const large = createAsker(port);
  await check(
    'A body that is too large is refused, in a piece or in chunks',
    ['in a piece', 'in chunks'],
    async (how) => {
      const call = callOf(a, 'puzzle.draw', JSON.stringify({ purpose: 'x'.repeat(200_000) }));
      const headers =
        how === 'in chunks' ? { ...call.headers, 'transfer-encoding': 'chunked' } : call.headers;
      const { status } = await large.ask({ ...call, headers });
      return expectStatus(413, status);
    },
  );
  large.close();
  return checks;
}

export const requestsPart = abuseOf<readonly Check[]>({
  id: 'requests',
  title: 'Requests that no page of ours makes',
  measure,
  faults: (checks) => checks.flatMap(({ what, wrong }) => wrong.map((each) => `${what}: ${each}`)),
  render: (checks) =>
    table(
      ['', 'tried', 'held'],
      checks.map(({ what, tried, wrong }) => [what, String(tried), String(tried - wrong.length)]),
    ),
});
