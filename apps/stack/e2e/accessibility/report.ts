import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/paths.ts';
import {
  type Finding,
  type Group,
  groups,
  type Looked,
  measuredPages,
  type Place,
} from './findings.ts';

const page = join(root, 'docs/accessibility.md');
const heading = '## Page by page';

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

type Missed = readonly Place[] | null;

/** The rows of the page in which nothing is wrong, as they were written. */
function rowsOfPage(): Looked[] {
  const [, below = ''] = readFileSync(page, 'utf8').split(heading);
  return below.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const [portal = '', route = '', who = '', ...counts] = cells;
    const commit = counts.pop() ?? '';
    if (counts.length !== groups.length || !counts.every((count) => /^\d+$/.test(count))) return [];
    const measured = Object.fromEntries(
      groups.map((group, at): [Group, Finding] => [
        group,
        { looked: Number(counts[at]), wrong: [] },
      ]),
    ) as Record<Group, Finding>;
    return [{ portal, route: route.replaceAll('`', ''), who, commit, measured }];
  });
}

/**
 * What is known of the pages: what the rooms measured last and, where not all of them are opened, the rows of the page that they were
 * not at.
 */
export function knownPages(): Looked[] {
  const rows = process.env['ALL_ROOMS'] === undefined ? rowsOfPage() : [];
  return [
    ...new Map(
      [...rows, ...measuredPages()].map((each) => [
        `${each.portal} ${each.route} ${each.who}`,
        each,
      ]),
    ).values(),
  ];
}

/** How many pages were looked at, at how many things, and how much is wrong. */
export function conclude(looked: readonly Looked[], missed: Missed) {
  const all = looked.flatMap(({ measured }) => groups.map((group) => measured[group]));
  const things = all.reduce((sum, each) => sum + each.looked, 0);
  const wrong = all.reduce((sum, each) => sum + each.wrong.length, 0);
  const routes = new Set(looked.map(({ portal, route }) => `${portal} ${route}`)).size;
  const left =
    missed === null ? 'routes that were missed not looked for' : `${missed.length} routes missed`;
  const text = `${routes} routes in ${looked.length} states, ${things} things looked at, ${wrong} wrong, ${left}`;
  return { text, wrong: wrong + (missed?.length ?? 0) };
}

const cellOf = ({ looked, wrong }: Finding) =>
  wrong.length === 0 ? looked : `${looked}, **${wrong.length} wrong**`;

/** What is wrong, each once, with the number of pages that have it and the first of them. */
function findingsOf(looked: readonly Looked[]): string[] {
  const found = new Map<string, { cells: string[]; pages: Set<string> }>();
  for (const { portal, route, who, measured } of looked) {
    for (const group of groups) {
      for (const line of measured[group].wrong) {
        const { cells, pages } = found.get(`${group} ${line}`) ?? {
          cells: [group, line.replaceAll('|', '/'), portal, `\`${route}\``, who],
          pages: new Set(),
        };
        found.set(`${group} ${line}`, { cells, pages: pages.add(`${portal} ${route} ${who}`) });
      }
    }
  }
  return Array.from(found.values(), ({ cells, pages }) => row([pages.size, ...cells]));
}

/** Writes the table of pages into `docs/accessibility.md`; what stands above it is written by hand. */
export function writePage(looked: readonly Looked[], missed: Missed) {
  const above = readFileSync(page, 'utf8').split(heading)[0] ?? '';
  const rows = looked.map(({ portal, route, who, measured, commit }) =>
    row([portal, `\`${route}\``, who, ...groups.map((group) => cellOf(measured[group])), commit]),
  );
  const findings = [
    ...findingsOf(looked),
    ...(missed ?? []).map(({ portal, route }) =>
      row(['', '', 'nobody was there', portal, `\`${route}\``, '']),
    ),
  ];
  const wrong = `
## What is wrong

${row(['pages', 'group', 'what', 'first at portal', 'route', 'who looks, at what'])}
${row(['--:', '---', '---', '---', '---', '---'])}
${findings.join('\n')}
`;
  const text = `${above}${heading}

Written by \`pnpm test:pages --write\`. **${conclude(looked, missed).text}.** A cell says how many things were looked at, and the last one at which commit.

${row(['portal', 'route', 'who looks, at what', ...groups, 'at'])}
${row(['---', '---', '---', ...groups.map(() => '--:'), '---'])}
${rows.join('\n')}
${findings.length === 0 ? '' : wrong}`;
  writeFileSync(page, text);
}
