import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webDir } from '../../src/paths.ts';

const sourceOf = (path: string) => readFileSync(join(webDir, 'src', path), 'utf8');

/** The place in `source` of the parenthesis that closes the one at `open`. */
function closing(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('A parenthesis is not closed');
}

type Node = { path: string; from: number; to: number };

/** The paths of the nodes that stand around no other, each behind those that stand around it. */
function leavesOf(nodes: readonly Node[]): string[] {
  const holds = (outer: Node, inner: Node) => outer.from < inner.from && inner.to < outer.to;
  const paths = nodes
    .filter((node) => !nodes.some((other) => holds(node, other)))
    .map((leaf) =>
      [...nodes.filter((node) => holds(node, leaf)), leaf]
        .map(({ path }) => path.replace(/^\/$/, ''))
        .join(''),
    );
  return [...new Set(paths.map((path) => path || '/'))];
}

/** Every route of the applicants' pages, of all portals, as the router has it. */
export function applicantRoutes(): string[] {
  const source = sourceOf('app.tsx');
  const [, facePath = ''] = /facePath = '([^']+)'/.exec(sourceOf('session/next.ts')) ?? [];
  const calls = [...source.matchAll(/\bat\(\s*(?:'([^']+)'|facePath)/g)];
  return leavesOf(
    calls.map(({ 1: path = facePath, index }) => ({
      path,
      from: index,
      to: closing(source, source.indexOf('(', index)),
    })),
  );
}

/** Every route of the console. */
export function consoleRoutes(): string[] {
  const source = sourceOf('console/console.tsx');
  const open: Node[] = [];
  const nodes: Node[] = [];
  for (const tag of source.matchAll(/<Route path="([^"]+)"[^>]*?(\/?)>|<\/Route>/g)) {
    const to = tag.index + tag[0].length;
    if (tag[1] === undefined) {
      const node = open.pop();
      if (node !== undefined) node.to = to;
      continue;
    }
    const node = { path: tag[1], from: tag.index, to };
    nodes.push(node);
    if (tag[2] === '') open.push(node);
  }
  return leavesOf(nodes).map((path) =>
    path === '*' ? path : `/console${path}`.replace(/\/$/, ''),
  );
}

/** The route among `routes` that the path of a page leads to; `*` where there is none. */
export function routeOf(routes: readonly string[], pathname: string): string {
  const parts = pathname.replace(/\/$/, '').split('/');
  const fits = (route: string) => {
    const names = route.replace(/\/$/, '').split('/');
    return (
      names.length === parts.length &&
      names.every((name, at) => name === parts[at] || (name.startsWith(':') && parts[at] !== ''))
    );
  };
  // A name comes before what stands for any.
  const found = routes.filter(fits).toSorted((a, b) => a.split(':').length - b.split(':').length);
  return found[0] ?? '*';
}
