import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './paths.ts';

interface Room {
  /** What its product code may see. */
  readonly sees: readonly string[];
  /** What it may see as types only. */
  readonly seesTypesOf?: readonly string[];
  /** What its tests and `src/testing` may see besides. */
  readonly testsSee?: readonly string[];
}

/** The arrows of ARCHITECTURE.md. Nobody sees `stack`, which is tooling and sees everybody. */
const rooms: Readonly<Record<string, Room>> = {
  domain: { sees: [] },
  db: { sees: ['domain'] },
  providers: { sees: ['domain'] },
  services: { sees: ['db', 'providers', 'domain'], testsSee: ['sandbox'] },
  api: { sees: ['services', 'domain'] },
  worker: { sees: ['api', 'services', 'providers', 'db', 'domain'] },
  oidc: {
    sees: ['worker', 'services', 'providers', 'db', 'domain'],
    testsSee: ['client', 'sandbox'],
  },
  ministry: { sees: ['providers'] },
  client: { sees: ['domain'], seesTypesOf: ['api'], testsSee: ['api', 'services', 'worker'] },
  web: { sees: ['domain'], seesTypesOf: ['api'] },
  sandbox: { sees: ['domain'] },
  stack: {
    sees: [
      'domain',
      'db',
      'providers',
      'services',
      'api',
      'worker',
      'oidc',
      'ministry',
      'client',
      'web',
      'sandbox',
    ],
  },
};

/** Libraries that only some rooms may use. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  'drizzle-orm': ['db', 'services'],
  '@trpc/server': ['api'],
  'oidc-provider': ['oidc', 'sandbox'],
  'openid-client': ['client', 'oidc', 'providers', 'sandbox'],
};

/**
 * The rooms of the web that stand beneath the pages, and what each may see of the others; `base` is what lies at the top:
 * the API, the clock, the portal. The console sees these and none of the applicants' rooms, which see all but the console.
 */
const webRooms: Readonly<Record<string, readonly string[]>> = {
  base: ['copy', 'form', 'ui'],
  copy: ['base', 'form'],
  form: ['base'],
  router: [],
  ui: ['base', 'copy', 'form', 'router'],
  shared: ['base', 'copy', 'form', 'router', 'ui'],
  console: ['base', 'copy', 'form', 'router', 'shared', 'ui'],
};

/** Where the pages of one side are put together. */
const webEntries = new Set(['app.tsx', 'layout.tsx', 'main.tsx', 'painted.ts', 'take-over.ts']);

/** The room of a file of the web, by its path below `src`. */
const webRoomOf = (path: string): string => {
  const [first = '', second] = path.split('/');
  if (second !== undefined) return first;
  return webEntries.has(first) ? 'entry' : 'base';
};

const webSource = 'apps/web/src/';

/** What is wrong with one import of a file of the web. */
function webFault(file: string, { specifier }: Import): string | undefined {
  if (!file.startsWith(webSource) || !specifier.startsWith('.') || isTestFile(file))
    return undefined;
  const target = join(dirname(file), specifier);
  if (!target.startsWith(webSource) || target.endsWith('.css')) return undefined;
  const [room, seen] = [file, target].map((path) => webRoomOf(path.slice(webSource.length)));
  if (room === undefined || seen === undefined || room === seen) return undefined;
  const isAllowed =
    webRooms[room]?.includes(seen) ??
    (seen !== 'console' && (room === 'entry' || seen !== 'entry'));
  return isAllowed ? undefined : `${file}: ${room} of the web may not see ${seen} (${specifier})`;
}

interface Import {
  readonly specifier: string;
  readonly isType: boolean;
}

/** The modules a source text imports or re-exports, also by `import()`. */
function importsOf(source: string): Import[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const statements = code.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  );
  const calls = code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements, ...calls].map(([, type, specifier = '']) => ({
    specifier,
    isType: type !== undefined,
  }));
}

const roomOf = (specifier: string): string | undefined => /^@shiming\/([^/]+)/.exec(specifier)?.[1];

/** Whether a specifier is the package `name` or a module in it. */
const isOf = (specifier: string, name: string): boolean =>
  specifier === name || specifier.startsWith(`${name}/`);

const isTestFile = (file: string): boolean =>
  /\.(?:test|e2e)\.tsx?$|\/src\/testing(?:\/|\.ts)|\/examples?\/|\/e2e\//.test(file);

/** What is wrong with one import of `file` (a path from the root) in `room`, if anything. */
function faultOf(room: string, file: string, { specifier, isType }: Import): string | undefined {
  const arrows = rooms[room];
  if (arrows === undefined) return `${file}: ${room} is no room of ARCHITECTURE.md`;
  if (specifier.startsWith('.')) {
    const home = file.split('/').slice(0, 2).join('/');
    const target = join(dirname(file), specifier);
    const isInside =
      target.startsWith(`${home}/`) || (room === 'db' && target.startsWith('drizzle/'));
    if (!isInside) return `${file}: ${specifier} leaves the package`;
    return webFault(file, { specifier, isType });
  }
  const target = roomOf(specifier);
  if (target !== undefined && target !== room) {
    const isAllowed =
      arrows.sees.includes(target) ||
      (isType && (arrows.seesTypesOf ?? []).includes(target)) ||
      (isTestFile(file) && (arrows.testsSee ?? []).includes(target));
    if (isAllowed && /\/testing(?:\/|$)/.test(specifier) && !isTestFile(file)) {
      return `${file}: ${specifier} is for tests`;
    }
    return isAllowed ? undefined : `${file}: ${room} may not see ${target}`;
  }
  for (const [library, users] of Object.entries(libraries)) {
    if (isOf(specifier, library) && !users.includes(room)) {
      return `${file}: ${library} belongs in ${users.join(' and ')}`;
    }
  }
  return undefined;
}

/** What is wrong with what a room's package.json asks for. */
function manifestFaults(
  room: string,
  manifest: {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  },
): string[] {
  const arrows = rooms[room];
  if (arrows === undefined) return [`${room} is no room of ARCHITECTURE.md`];
  const forTools = [...arrows.sees, ...(arrows.seesTypesOf ?? []), ...(arrows.testsSee ?? [])];
  const check = (names: readonly string[], allowed: readonly string[]): string[] =>
    names.flatMap((name) => {
      const target = roomOf(name);
      return target === undefined || allowed.includes(target)
        ? []
        : [`${room}/package.json asks for ${name}`];
    });
  const libraryFaults = Object.entries(libraries)
    .filter(([name, users]) => manifest.dependencies?.[name] && !users.includes(room))
    .map(([name]) => `${room}/package.json asks for ${name}`);
  return [
    ...check(Object.keys(manifest.dependencies ?? {}), arrows.sees),
    ...check(Object.keys(manifest.devDependencies ?? {}), forTools),
    ...libraryFaults,
  ];
}

/** What is wrong with a source text as `file` of `room`. */
const faults = (room: string, file: string, source: string): string[] =>
  importsOf(source).flatMap((found) => faultOf(room, file, found) ?? []);

const packages = globSync('{apps,packages}/*/package.json', { cwd: root }).map(dirname);

describe('the arrows of ARCHITECTURE.md', () => {
  test('every package is a room and is named after it', () => {
    const found = packages.map((folder) => {
      const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return `${folder.split('/')[1]} is ${name}`;
    });
    const expected = Object.keys(rooms).map((room) => `${room} is @shiming/${room}`);
    expect(new Set(found)).toEqual(new Set(expected));
  });

  test.each(packages)('%s asks in its manifest only for what it may see', (folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    expect(manifestFaults(folder.split('/')[1] ?? '', manifest)).toEqual([]);
  });

  test.each(packages)('%s imports only what it may see', (folder) => {
    const room = folder.split('/')[1] ?? '';
    const files = globSync(`${folder}/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: (path) => /(?:^|\/)(?:node_modules|dist)$/.test(path),
    });
    expect(
      files.flatMap((file) => faults(room, file, readFileSync(join(root, file), 'utf8'))),
    ).toEqual([]);
  });
});

/** The rooms of services on which the others stand. */
const mechanisms = new Set([
  'account',
  'allowance',
  'audit',
  'cases',
  'challenge',
  'codes',
  'jobs',
  'notice',
  'outbox',
  'puzzle',
  'session',
  'vault',
]);

/** Which room of services sees which, by the product code in them: `from → to`. */
function arrowsOfServices(): Set<string> {
  const home = 'packages/services/src';
  const files = globSync(`${home}/*/**/*.ts`, { cwd: root }).filter((file) => !isTestFile(file));
  const room = (file: string) => file.slice(home.length + 1).split('/')[0] ?? '';
  return new Set(
    files.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .filter(({ specifier }) => specifier.startsWith('../'))
        .map(({ specifier }) => join(dirname(file), specifier))
        // `context.ts` belongs to no room.
        .filter((target) => target.split('/').length > home.split('/').length + 1)
        .filter((target) => room(target) !== room(file))
        .map((target) => `${room(file)} → ${room(target)}`),
    ),
  );
}

describe('the rooms of services', () => {
  const arrows = arrowsOfServices();

  test('a router of the API has the name of a room, but for one that only reads settings', () => {
    const routers = globSync('packages/api/src/*.ts', { cwd: root }).flatMap((file) => {
      const [name = ''] = file.split('/').at(-1)?.split('.ts') ?? [];
      const isRouter = /^export const (?!app)\w+Router\b/m.test(
        readFileSync(join(root, file), 'utf8'),
      );
      return isRouter ? [name] : [];
    });
    expect(routers.length).toBeGreaterThan(15);
    const homes = globSync('packages/services/src/*', { cwd: root });
    const rooms = new Set(homes.map((path) => path.split('/').at(-1)));
    expect(routers.filter((name) => !rooms.has(name))).toEqual(['operator']);
  });

  test('ARCHITECTURE names every room, and has the mechanisms in its table', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const [, table = ''] = /^## Mechanisms\n([^]*?)\n## /m.exec(page) ?? [];
    const rows = Array.from(table.matchAll(/^\| `([\w-]+)` /gm), ([, room = '']) => room);
    expect(rows.toSorted()).toEqual([...mechanisms].toSorted());
    const [, list = ''] = /^A capability has one name([^]*?)\n\n/m.exec(page) ?? [];
    const named = new Set(Array.from(list.matchAll(/`([\w-]+)`/g), ([, room]) => room));
    const rooms = globSync('packages/services/src/*/', { cwd: root }).map((path) => basename(path));
    const capabilities = rooms.filter((room) => room !== 'testing' && !mechanisms.has(room));
    expect(capabilities.filter((room) => !named.has(room))).toEqual([]);
  });

  test('nothing lists the verbs a second time: each is imported from its own file', () => {
    const manifest = readFileSync(join(root, 'packages/services/package.json'), 'utf8');
    expect(Object.keys(JSON.parse(manifest).exports)).toEqual(['./testing', './*']);
    const files = globSync('packages/services/src/**/*.ts', { cwd: root });
    const lists = files.filter((file) =>
      /^export (?:type )?(?:\*|\{[^}]*\}) from /m.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(lists).toEqual([]);
  });

  test('a mechanism sees mechanisms, and no capability', () => {
    expect(arrows).toContain('session → account');
    const wrong = [...arrows].filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' → ');
      return mechanisms.has(from) && !mechanisms.has(to);
    });
    expect(wrong).toEqual([]);
  });

  test('no room sees itself by way of others', () => {
    const left = new Map<string, string[]>();
    for (const arrow of arrows) {
      const [from = '', to = ''] = arrow.split(' → ');
      left.set(from, [...(left.get(from) ?? []), to]);
    }
    // A room that sees none of those that are left stands beneath them; what is left in the end goes round in a circle.
    for (;;) {
      const beneath = [...left.keys()].filter(
        (room) => !left.get(room)?.some((to) => left.has(to)),
      );
      if (beneath.length === 0) break;
      for (const room of beneath) left.delete(room);
    }
    expect(Object.fromEntries(left)).toEqual({});
  });
});

describe('the check itself', () => {
  test('refuses every wrong arrow, however it is written', () => {
    const file = 'packages/domain/src/a.ts';
    const sources = [
      `import { x } from '@shiming/db';`,
      `import type { X } from '@shiming/db';`,
      `import {\n  type X,\n  y,\n} from '@shiming/services/testing';`,
      `import '@shiming/web';`,
      `export * from '@shiming/api';`,
      `const late = await import('@shiming/worker');`,
      `import { sql } from 'drizzle-orm/libsql';`,
      `import { initTRPC } from '@trpc/server';`,
      `import { x } from '../../db/src/a.ts';`,
      `import { x } from '@shiming/stack';`,
    ];
    expect(sources.filter((source) => faults('domain', file, source).length !== 1)).toEqual([]);
  });

  test('lets the web see the API as a type and never as code', () => {
    const file = 'apps/web/src/api.ts';
    expect(faults('web', file, `import type { AppRouter } from '@shiming/api';`)).toEqual([]);
    expect(faults('web', file, `import { appRouter } from '@shiming/api';`)).toHaveLength(1);
    expect(faults('web', file, `import { type AppRouter } from '@shiming/api';`)).toHaveLength(1);
  });

  test('keeps the console out of the applicants’ rooms, and every room beneath from those above', () => {
    const wrong = [
      ['console/queue/queue.tsx', '../../review/reasons.tsx'],
      ['console/main.tsx', '../session/session.tsx'],
      ['ui/page.tsx', '../session/session.tsx'],
      ['shared/reasons.tsx', '../review/view.ts'],
      ['form/create-form.ts', '../ui/field.tsx'],
      ['api.ts', './session/session.tsx'],
      ['review/status.tsx', '../console/paths.ts'],
      ['review/status.tsx', '../app.tsx'],
    ] as const;
    const right = [
      ['console/queue/queue.tsx', '../../shared/reasons.tsx'],
      ['console/queue/queue.tsx', '../case/case.tsx'],
      ['ui/page.tsx', '../api.ts'],
      ['review/status.tsx', '../data/data.tsx'],
      ['app.tsx', './review/review.tsx'],
      ['ui/page.test.tsx', '../session/session.tsx'],
    ] as const;
    const found = (pairs: typeof wrong | typeof right) =>
      pairs.map(
        ([file, path]) => faults('web', webSource + file, `import { x } from '${path}';`).length,
      );
    expect(found(wrong)).toEqual(wrong.map(() => 1));
    expect(found(right)).toEqual(right.map(() => 0));
  });

  test('lets tests meet the sandbox and product code not', () => {
    const source = `import { createSandbox } from '@shiming/sandbox';`;
    expect(faults('services', 'packages/services/src/a/b.test.ts', source)).toEqual([]);
    expect(faults('services', 'packages/services/src/testing/world.ts', source)).toEqual([]);
    expect(faults('services', 'packages/services/src/a/b.ts', source)).toHaveLength(1);
  });

  test('lets only tests use what packages hold ready for tests', () => {
    for (const path of ['testing', 'testing/people']) {
      const source = `import { createWorld } from '@shiming/services/${path}';`;
      expect(faults('api', 'packages/api/src/login.test.ts', source)).toEqual([]);
      expect(faults('api', 'packages/api/src/login.ts', source)).toHaveLength(1);
    }
  });

  test('lets the database read the migrations, which are its own, and nobody else', () => {
    const source = `import journal from '../../../drizzle/meta/_journal.json';`;
    expect(faults('db', 'packages/db/src/ready.ts', source)).toEqual([]);
    expect(faults('api', 'packages/api/src/ready.ts', source)).toHaveLength(1);
  });

  test('refuses a manifest that asks for too much', () => {
    expect(manifestFaults('db', { dependencies: { '@shiming/services': 'workspace:*' } })).toEqual([
      'db/package.json asks for @shiming/services',
    ]);
    expect(manifestFaults('web', { dependencies: { '@shiming/api': 'workspace:*' } })).toEqual([
      'web/package.json asks for @shiming/api',
    ]);
    expect(manifestFaults('web', { devDependencies: { '@shiming/api': 'workspace:*' } })).toEqual(
      [],
    );
  });
});
