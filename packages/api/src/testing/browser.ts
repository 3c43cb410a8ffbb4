import type { AppErrorCode } from '@shiming/domain';
import type { TestWorld } from '@shiming/services/testing';
import { answerCall } from '../answer.ts';
import type { ApiContext, CookieName } from '../context.ts';
import { parseDrawnFrom } from '../drawn-from.ts';
import { putPhoto } from '../photos.ts';
import { answerOf, type Answer, requestOf } from './caller.ts';

type Ctx = ApiContext['ctx'];

/** One call as the log would tell it. */
export type Told = {
  path: string;
  outcome: AppErrorCode | 'ok';
  note: string | undefined;
  roundTrips: number;
};

/**
 * A browser in front of the routers: it keeps the cookies and remembers what was reported of each call.
 * `change` alters the context of its requests.
 */
export function createBrowser(world: TestWorld, deviceId: string, change = (ctx: Ctx): Ctx => ctx) {
  const cookies = new Map<CookieName, string>();
  const told: Told[] = [];
  /** What the page in front says that it shows; nothing, as from a client that is no page. */
  const drawnFrom: { header?: string } = {};

  /** Sends any JSON text. `meanwhile` runs when the call is about to write for the nth time. */
  async function send(
    path: string,
    json: string | undefined,
    meanwhile?: { atWrite: number; run: () => Promise<unknown> },
  ): Promise<Answer> {
    const meter = { roundTrips: 0, rowsRead: 0 };
    const [, ...deviceMarks] = cookies.get('device')?.split('.') ?? [];
    const held = { session: cookies.get('session') ?? null, staff: cookies.get('staff') ?? null };
    const ctx = change(world.ctx({ meter, visitor: { deviceId, deviceMarks, held } }));
    if (meanwhile !== undefined) interrupt(ctx, meanwhile);
    const renewed = new Set<CookieName>();
    const reports: Omit<Told, 'roundTrips'>[] = [];
    const context: ApiContext = {
      ctx,
      cookies: {
        read: (name) => cookies.get(name) ?? null,
        write: (name, value) => {
          if (idOf(value) === idOf(cookies.get(name))) renewed.add(name);
          cookies.set(name, value);
        },
        clear: (name) => cookies.delete(name),
      },
      drawnFrom: parseDrawnFrom(drawnFrom.header),
      report: (procedure, outcome, note) => reports.push({ path: procedure, outcome, note }),
    };
    const { status, body } = await answerCall(context, requestOf(path, json), path);
    const { roundTrips } = meter;
    told.push(...reports.map((report) => ({ ...report, roundTrips })));
    // As the pages do: what was shown of the session before is out of date.
    if (renewed.has('session')) await send('session.current', undefined);
    if (renewed.has('staff')) await send('staff.current', undefined);
    return answerOf(new Response(body, { status }));
  }

  /** Sends a photo, as the Worker hands it over. */
  const sendPhoto = (side: string, file: Uint8Array) =>
    putPhoto(
      {
        ctx: change(world.ctx({ visitor: { deviceId } })),
        cookies: {
          read: (name) => cookies.get(name) ?? null,
          write: (name, value) => cookies.set(name, value),
          clear: (name) => cookies.delete(name),
        },
        drawnFrom: parseDrawnFrom(drawnFrom.header),
        report: () => {},
      },
      side,
      file,
    );

  return {
    cookies,
    drawnFrom,
    told,
    send,
    sendPhoto,
    call: (path: string, input?: unknown) => send(path, JSON.stringify(input)),
    /** A call during which somebody else gets in before it writes. */
    callWhile: (path: string, input: unknown, run: () => Promise<unknown>, atWrite = 1) =>
      send(path, JSON.stringify(input), { atWrite, run }),
  };
}

/** What stands before the secret of a cookie. */
const idOf = (cookie: string | undefined) => cookie?.split('.')[0];

export type TestBrowser = ReturnType<typeof createBrowser>;

function interrupt(ctx: Ctx, { atWrite, run }: { atWrite: number; run: () => Promise<unknown> }) {
  const batch = ctx.db.batch.bind(ctx.db);
  let writes = 0;
  const interrupted: typeof batch = async (statements) => {
    writes += 1;
    if (writes === atWrite) await run();
    return batch(statements);
  };
  Object.assign(ctx.db, { batch: interrupted });
}
