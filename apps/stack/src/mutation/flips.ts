import { parseSync } from 'vite';

/** A change of the text of a module that its tests have to notice. */
export type Flip = { start: number; end: number; to: string; line: number; what: string };

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The opposite, or the neighbour, of an operator of Drizzle. */
const operators: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  gt: 'gte',
  gte: 'gt',
  lt: 'lte',
  lte: 'lt',
  and: 'or',
  or: 'and',
  isNull: 'isNotNull',
  isNotNull: 'isNull',
  inArray: 'notInArray',
  notInArray: 'inArray',
  exists: 'notExists',
  notExists: 'exists',
  asc: 'desc',
  desc: 'asc',
};

/** The same of JavaScript. */
const signs: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '&&': '||',
  '||': '&&',
};

/** And of SQL, each as it stands in a text: the first that fits at a place is taken. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\bnot exists\b/g, 'exists'],
  [/(?<!not )\bexists\b/g, 'not exists'],
  [/\bis not null\b/g, 'is null'],
  [/\bis null\b/g, 'is not null'],
  [/\bis not true\b/g, 'is false'],
  [/\bnot in\b/g, 'in'],
  [/(?<!not )\bin\b(?= |$)/g, 'not in'],
  [/\band\b/g, 'or'],
  [/\bor\b/g, 'and'],
  [/\bdesc\b/g, 'asc'],
  [/\bmax\(/g, 'min('],
  [/\bmin\(/g, 'max('],
  [/<>/g, '='],
  [/>=/g, '>'],
  [/<=/g, '<'],
  [/(?<= )<(?= |$)/g, '<='],
  [/(?<= )>(?= |$)/g, '>='],
  [/(?<![<>])=/g, '<>'],
  [/(?<= )\+(?= )/g, '-'],
  [/(?<= )-(?= )/g, '+'],
  // What is selected only to exist says nothing.
  [/(?<!select )\b\d+\b/g, 'next'],
];

/**
 * What Stryker does not change: numbers, operators of Drizzle, parts of SQL, and what stands in a list of statements; with the
 * signs of JavaScript between them. Types and imports are left alone. How long a random id is says nothing.
 */
export function flipsOf(file: string, source: string): Flip[] {
  const flips: Flip[] = [];
  const lineOf = (at: number) => source.slice(0, at).split('\n').length;
  const add = (start: number, end: number, to: string) => {
    const line = lineOf(start);
    const from = source.slice(start, end).replaceAll(/\s+/g, ' ');
    flips.push({ start, end, to, line, what: `${from.slice(0, 60)} → ${to}` });
  };
  /** The name of the function or method that is called. */
  const calledIn = (node: Node): string | null => {
    const { callee } = node;
    if (node.type !== 'CallExpression' || !isNode(callee)) return null;
    const named = isNode(callee.property) ? callee.property : callee;
    return named.type === 'Identifier' ? String(named.name) : null;
  };
  const sqlText = (node: Node): void => {
    const { quasi } = node;
    if (!isNode(quasi)) return;
    for (const part of quasi.quasis as Node[]) {
      const text = source.slice(part.start, part.end);
      const taken = new Set<number>();
      for (const [pattern, to] of words) {
        for (const match of text.matchAll(pattern)) {
          if (taken.has(match.index)) continue;
          taken.add(match.index);
          const at = part.start + match.index;
          add(at, at + match[0].length, to === 'next' ? String(Number(match[0]) + 1) : to);
        }
      }
    }
  };
  const visit = (node: Node, parent: Node | null): void => {
    if (node.type === 'ImportDeclaration') return;
    const name = calledIn(node);
    if (name === 'randomToken') return;
    const callee = node.callee as Node;
    if (name !== null && name in operators && callee.type === 'Identifier') {
      const isOneOfAll = parent !== null && calledIn(parent) === 'and';
      const isOrder = /^(?:asc|desc|and|or)$/.test(name);
      if (isOneOfAll && !isOrder) add(node.start, node.end, 'undefined');
      else add(callee.start, callee.end, `flipped.${operators[name] ?? ''}`);
      if (isOneOfAll && /^[gl]te?$/.test(name)) {
        add(callee.start, callee.end, `flipped.${operators[name] ?? ''}`);
      }
    }
    const { tag } = node;
    if (node.type === 'TaggedTemplateExpression' && isNode(tag)) {
      if (source.slice(tag.start, tag.end).startsWith('sql')) sqlText(node);
    }
    if (node.type === 'Literal') {
      if (typeof node.value === 'number') add(node.start, node.end, String(node.value + 1));
      if (typeof node.value === 'boolean') add(node.start, node.end, String(!node.value));
    }
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const to = signs[String(node.operator)];
      const { left, right } = node;
      if (to !== undefined && isNode(left) && isNode(right)) {
        const at = source.indexOf(String(node.operator), left.end);
        add(at, at + String(node.operator).length, to);
      }
    }
    if (node.type === 'ArrayExpression') {
      for (const each of node.elements as (Node | null)[]) {
        if (each !== null && (each.type === 'SpreadElement' || calledIn(each) === 'guard')) {
          add(each.start, each.end, '...[]');
        }
      }
    }
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!isNode(child)) continue;
        const isType =
          child.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)Expression$/.test(child.type);
        if (!isType && key !== 'typeAnnotation') visit(child, node);
      }
    }
  };
  visit(parseSync(file, source).program as unknown as Node, null);
  return flips.toSorted((one, other) => one.start - other.start);
}

/** The text of a module with a flip in it. */
export const flipped = (source: string, { start, end, to }: Flip): string => {
  const text = source.slice(0, start) + to + source.slice(end);
  return to.startsWith('flipped.') ? `${text}\nimport * as flipped from 'drizzle-orm';\n` : text;
};
