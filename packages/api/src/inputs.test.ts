import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import {
  type AppErrorCode,
  type AppErrorData,
  capabilities,
  mayStaff,
  type Portal,
  portals,
  type StaffPermission,
  type StaffRole,
  staffRoles,
} from '@shiming/domain';
import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import {
  citizenWith,
  createBrowser,
  forPermission,
  procedures,
  recoverUntilCode,
  register,
  registerUntilCode,
  signInOrganisation,
  signInStaff,
  type TestBrowser,
} from './testing/index.ts';

type Schema = z.core.$ZodType;

// oxlint-disable-next-line no-underscore-dangle -- where zod keeps what a schema is made of
const definitionOf = (schema: Schema): z.core.$ZodTypeDef => schema._zod.def;
const objectOf = (schema: Schema) => definitionOf(schema) as z.core.$ZodObjectDef;

/** Text as nobody should send it, and as people do. */
const hostileText = fc.oneof(
  fc.constantFrom('', ' ', '\u3000', '\u200b', '\ufeff', '\0', '\r\n', '\u202e', '\ud800', '😀'),
  fc.constantFrom(
    'null',
    'undefined',
    '__proto__',
    'constructor',
    "' or 1=1 --",
    '<b>x</b>',
    '${7*7}',
  ),
  fc.constantFrom(
    '１１０１９９１９９５０８１５０１１９',
    ' 110199 19950815 0119 ',
    '110199199508150119\u200b',
  ),
  fc.constantFrom(
    '林知远',
    '林 知 远',
    'Анна',
    '李\u{20bb7}',
    '\ue000',
    '１３８００１３８０００',
    'a@b．cn',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme', minLength: 201, maxLength: 400 }),
  fc.constant('长'.repeat(5000)),
);

const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 1e308, [], {}, [[]], ['x'], { toString: 'x' }),
);

/** Values of the right JSON type for a schema, with hostile contents. */
function rightShape(schema: Schema): fc.Arbitrary<unknown> {
  const def = definitionOf(schema);
  if (def.type === 'object') {
    const shape = Object.entries(objectOf(schema).shape) as [string, Schema][];
    return fc.record(Object.fromEntries(shape.map(([key, value]) => [key, rightShape(value)])));
  }
  if (def.type === 'enum') {
    return fc.constantFrom(...Object.values((def as z.core.$ZodEnumDef).entries));
  }
  if (def.type === 'number') return fc.double({ min: 0, max: 4096, noNaN: true });
  if (def.type === 'boolean') return fc.boolean();
  if (def.type === 'string') return hostileText;
  if (def.type === 'optional') return rightShape((def as z.core.$ZodOptionalDef).innerType);
  if (def.type === 'nullable') {
    return fc.option(rightShape((def as z.core.$ZodNullableDef).innerType));
  }
  if (def.type === 'array') {
    return fc.array(rightShape((def as z.core.$ZodArrayDef).element), { maxLength: 3 });
  }
  throw new Error(`no hostile values for a schema of type ${def.type}`);
}

const keysOf = (schema: Schema) => Object.keys(objectOf(schema).shape) as [string, ...string[]];
/** Those of them that may not be missing. */
const requiredKeysOf = (schema: Schema) =>
  Object.entries(objectOf(schema).shape).flatMap(([key, value]) =>
    definitionOf(value).type === 'optional' ? [] : [key],
  );

/** What a key of an input can be changed to that its schema never takes. */
const wrongType = (schema: Schema | undefined, value: unknown): fc.Arbitrary<unknown> =>
  // What may be null may be something else, too, but never these.
  schema !== undefined && definitionOf(schema).type === 'nullable'
    ? fc.constantFrom({}, [[]])
    : anyJson.filter((other) =>
        Array.isArray(value)
          ? !Array.isArray(other)
          : other === null || typeof other !== typeof value || Array.isArray(other),
      );

/** JSON texts that are not of the schema's shape. */
function wrongShape(schema: Schema): fc.Arbitrary<string> {
  const valid = rightShape(schema) as fc.Arbitrary<Record<string, unknown>>;
  const key = fc.constantFrom(...keysOf(schema));
  const required = requiredKeysOf(schema);
  const withKey = (name: string) =>
    fc
      .tuple(valid, anyJson)
      .map(([input, value]) =>
        JSON.stringify(input).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value)},`),
      );
  return fc.oneof(
    // Nothing, or something else altogether.
    anyJson
      .filter(
        (value) =>
          typeof value !== 'object' ||
          value === null ||
          Array.isArray(value) ||
          (required[0] !== undefined && !(required[0] in value)),
      )
      .map((value) => JSON.stringify(value)),
    valid.map((input) => JSON.stringify([input])),
    valid.map((input) => JSON.stringify({ input })),
    // A key that is missing, of another type, or too much.
    ...(required.length === 0
      ? []
      : [
          fc.tuple(valid, fc.constantFrom(...required)).map(([input, name]) => {
            const { [name]: _, ...rest } = input;
            return JSON.stringify(rest);
          }),
        ]),
    fc
      .tuple(valid, key)
      .chain(([input, name]) =>
        wrongType(objectOf(schema).shape[name], input[name]).map((value) =>
          JSON.stringify({ ...input, [name]: value }),
        ),
      ),
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'isAdmin').chain(withKey),
    // No JSON at all.
    fc.constantFrom('{', '{"a":}', 'x', '"\\ud800', '\0', '[[[[[['),
  );
}

/** Everything that is stored, as text; read again when a transaction has ended with a change. */
function storage(world: TestWorld) {
  // A connection of its own: what was taken back changes nothing for it.
  const file = new DatabaseSync(fileURLToPath(world.database.url), { readOnly: true });
  const version = file.prepare('pragma data_version');
  const tables = file
    .prepare("select name from sqlite_master where type = 'table'")
    .all()
    .map(({ name }) => file.prepare(`select * from "${String(name)}"`));
  let read = { version: '', contents: '' };
  return {
    contents() {
      const now = JSON.stringify(version.get());
      if (now !== read.version) {
        const contents = JSON.stringify(tables.map((table) => table.all()));
        read = { version: now, contents };
      }
      return read.contents;
    },
    close: () => file.close(),
  };
}

/** Refusals that are counted, and so written down: a wrong password of one's own is one at its field. */
const countedRefusals = new Set<AppErrorCode>([
  'login.refused',
  'code.wrong',
  'staff.sign_in_refused',
  'window.ticket_over',
]);
const isCounted = (app: AppErrorData) =>
  countedRefusals.has(app.code) ||
  (app.code === 'input.invalid' && app.fields['password'] === 'password.wrong');

const withInput = Object.entries(procedures).flatMap(([path, { inputs }]) =>
  inputs.map((schema) => [path, schema as Schema] as const),
);

describe('bad input', () => {
  let world: TestWorld;
  let browser: TestBrowser;
  let stored: ReturnType<typeof storage>;
  const staffSessions = new Map<StaffRole, string>();
  let portal: Portal | undefined;
  /** At a portal that offers it, and at the console as somebody who may. */
  const goTo = (path: string) => {
    const { at } = procedures[path]?.meta ?? {};
    portal = at && portals.find(capabilities[at]);
    const may = (role: StaffRole) =>
      Object.entries(forPermission).some(
        ([permission, paths]) =>
          paths.includes(path) && mayStaff(role, permission as StaffPermission),
      );
    const role = staffRoles.find(may) ?? 'administrator';
    browser.cookies.set('staff', staffSessions.get(role) ?? '');
  };

  beforeAll(async () => {
    world = await createTestWorld();
    // Signed in, and half-way through another registration and a recovery: every procedure has something to spoil.
    browser = createBrowser(world, 'device-1', (ctx) => ({ ...ctx, ...(portal && { portal }) }));
    const citizen = citizenWith(world, { outcome: 'match' });
    await register(browser.call, world, citizen);
    world.advance(60_000);
    await recoverUntilCode(browser.call, world, citizen);
    await registerUntilCode(browser.call, world, citizenWith(world, { outcome: 'mismatch' }));
    for (const role of staffRoles) {
      await signInStaff(browser, world, role);
      staffSessions.set(role, browser.cookies.get('staff') ?? '');
    }
    await signInOrganisation(browser, world);
    stored = storage(world);
  });
  afterAll(() => {
    stored.close();
    return world.close();
  });

  test('every procedure with an input takes an object and nothing beside its keys', () => {
    expect(withInput.length).toBeGreaterThan(10);
    for (const [path, schema] of withInput) {
      const { type, catchall } = objectOf(schema);
      const rest = catchall && definitionOf(catchall).type;
      expect([path, type, rest]).toEqual([path, 'object', 'never']);
    }
  });

  test('what a procedure stores is seen', async () => {
    const before = stored.contents();
    expect((await browser.call('puzzle.draw', { purpose: 'login' })).app).toBeNull();
    expect(stored.contents()).not.toBe(before);
  });

  test.each(withInput)(
    '%s refuses every wrong shape as input.invalid, and stores nothing',
    async (path, schema) => {
      goTo(path);
      const before = stored.contents();
      await fc.assert(
        fc.asyncProperty(wrongShape(schema), async (json) => {
          const { status, app } = await browser.send(path, json);
          expect([status, app?.code]).toEqual([400, 'input.invalid']);
        }),
        { numRuns: 60 },
      );
      expect(stored.contents()).toBe(before);
    },
  );

  test.each(withInput)(
    '%s takes hostile text or refuses it with a typed code, and then stores nothing',
    async (path, schema) => {
      const allowed = new Set([...(procedures[path]?.meta?.errors ?? []), 'input.invalid']);
      goTo(path);
      let before = stored.contents();
      await fc.assert(
        fc.asyncProperty(rightShape(schema), async (input) => {
          const { status, app } = await browser.call(path, input);
          const after = stored.contents();
          expect({
            isFault: status >= 500,
            isDeclared: app === null || allowed.has(app.code),
            isStored: app !== null && !isCounted(app) && after !== before,
          }).toEqual({ isFault: false, isDeclared: true, isStored: false });
          before = after;
        }),
        { numRuns: 40 },
      );
    },
  );

  test('half of a character is no text anywhere: sqld does not take it', async () => {
    const solve = await browser.call('puzzle.solve', { puzzleId: 'a\ud800b', x: 1 });
    expect(solve.app).toEqual({ code: 'input.invalid', fields: { puzzleId: 'input.shape' } });
    const end = await browser.call('session.end', { sessionId: '\udc00' });
    expect(end.app).toEqual({ code: 'input.invalid', fields: { sessionId: 'input.shape' } });
    const rare = await browser.call('puzzle.solve', { puzzleId: '\u{20bb7}', x: 1 });
    expect(rare.app).toEqual({ code: 'puzzle.expired' });
  });

  test.each(withInput)('%s does not let JSON touch the prototype of objects', async (path) => {
    goTo(path);
    await browser.send(
      path,
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
