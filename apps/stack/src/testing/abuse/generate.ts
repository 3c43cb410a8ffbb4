import { exampleOf, type Schema } from '../abuse-cast.ts';
import type { Random } from './random.ts';

/** Texts as nobody should send them, and as people do. */
const texts: [string, ...string[]] = [
  '',
  ' ',
  '\u3000',
  '\u200b',
  '\ufeff',
  '\0',
  '\r\n',
  '\u202e',
  '\ud800',
  '😀',
  '\ue000',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '0x10',
  '2026-02-30',
  '9999-99-99',
  '__proto__',
  'constructor',
  'toString',
  '林知远',
  'Анна',
  'a@b.cn',
  '13800138000',
  '19900000001',
  '110199199508150119',
  '110199 19950815 0119',
  '１１０１９９',
  'resident_identity_card',
  'long_term',
  '20',
  '123456',
  'a.b',
  '.',
  '%',
  '%00',
  '../..',
  '{}',
  '[]',
  '"',
  "'",
  '\\',
  '<b>x</b>',
];

const numbers: [number, ...number[]] = [
  0,
  -0,
  1,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  5e-324,
  4096,
  1_764_500_000_000,
];

const names: [string, ...string[]] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'isAdmin',
  'accountId',
  'role',
  'level',
  '',
];

function textOf(random: Random, known: readonly [string, ...string[]]): string {
  switch (random.below(8)) {
    case 0:
      return String.fromCodePoint(
        ...Array.from({ length: random.below(12) }, () => random.below(0xd7ff)),
      );
    case 1:
      return 'x'.repeat(random.below(random.onceIn(10) ? 9_000 : 400));
    case 2:
    case 3:
    case 4:
      return random.of(known);
    default:
      return random.of(texts);
  }
}

/** Any JSON, not too deep. */
function anything(random: Random, depth = 3): unknown {
  switch (random.below(depth > 0 ? 8 : 5)) {
    case 0:
      return null;
    case 1:
      return random.onceIn(2);
    case 2:
      return random.of(numbers);
    case 3:
    case 4:
      return random.of(texts);
    case 5:
      return Array.from({ length: random.below(4) }, () => anything(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          random.of(names),
          anything(random, depth - 1),
        ]),
      );
  }
}

/** A copy of a value in which one thing is another. */
function mutated(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.onceIn(8)) return anything(random);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.onceIn(3)) return [...value, anything(random)];
    const at = random.below(value.length);
    return value.map((each, index) => (index === at ? mutated(random, each) : each));
  }
  const entries = Object.entries(value);
  const at = random.below(entries.length + 1);
  if (at === entries.length) {
    entries.push([random.of(names), anything(random)]);
    return Object.fromEntries(entries);
  }
  if (random.onceIn(4)) entries.splice(at, 1);
  else entries[at] = [entries[at]?.[0] ?? '', mutated(random, entries[at]?.[1])];
  return Object.fromEntries(entries);
}

/** Text that is nearly JSON. */
function broken(random: Random, json: string): string {
  const at = random.below(json.length + 1);
  switch (random.below(6)) {
    case 0:
      return json.slice(0, at);
    case 1:
      return `${json.slice(0, at)}${random.of(texts)}${json.slice(at)}`;
    case 2:
      return `\ufeff${json}`;
    case 3:
      return `${'['.repeat(200)}${json}`;
    case 4:
      return json.replace('{', `{"__proto__":{"polluted":true},`);
    default:
      return random.of(texts);
  }
}

/** An input of a procedure: as it takes it for the most part, with ids of things that are there, and in all ways of being wrong. */
export function inputOf(
  random: Random,
  schema: Schema | undefined,
  known: readonly [string, ...string[]],
): string | undefined {
  if (schema === undefined) return random.onceIn(3) ? JSON.stringify(anything(random)) : undefined;
  const right = exampleOf(schema, {
    text: () => textOf(random, known),
    number: () => (random.onceIn(2) ? random.below(5) : random.of(numbers)),
    boolean: () => !random.onceIn(4),
    choice: (of) => of[random.below(of.length)],
    isThere: () => !random.onceIn(3),
    length: () => random.below(4),
  });
  const value = random.onceIn(4) ? mutated(random, right) : right;
  const json = JSON.stringify(value) ?? '';
  return random.onceIn(10) ? broken(random, json) : json;
}

/** Headers that say something else about a body than what it is, and those by which an address or a method is forged. */
export const oddHeaders: [Readonly<Record<string, string>>, ...Readonly<Record<string, string>>[]] =
  [
    {},
    { 'content-encoding': 'gzip' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json, text/html' },
    { 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' },
    { 'x-forwarded-for': '127.0.0.1, ::1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    { 'x-forwarded-host': 'other.example', 'x-forwarded-proto': 'http' },
    { 'x-original-url': '/console/', 'x-rewrite-url': '/console/' },
    { origin: 'null' },
    { origin: 'https://other.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-page-version': '0' },
    { 'x-drawn-from': 'account=;registration=.;recovery=..' },
    { 'x-drawn-from': `account=${'a'.repeat(4_000)}` },
    { cookie: '__Host-session=.; __Host-staff=..; __Host-device=%; =; ;' },
    { cookie: `__Host-session=${'a'.repeat(3_000)}.${'b'.repeat(3_000)}` },
    { cookie: '__Host-session=a.b; __Host-session=c.d' },
    { 'accept-language': '*'.repeat(2_000), 'user-agent': '' },
    { 'if-none-match': '*', range: 'bytes=0-0' },
  ];
