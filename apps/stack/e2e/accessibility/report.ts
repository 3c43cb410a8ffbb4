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

const headingOfWrong = '## What is wrong';

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** How a finding stands in the table; of what was read from there it is the same. */
const inCell = (line: string) =>
  `\`${line.replaceAll('|', '/').replaceAll('`', '').replaceAll(/\s+/g, ' ')}\``;

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));

type Missed = readonly Place[] | null;

/** The rows of a page that `pageOf` wrote, with all that is wrong in them. */
export function rowsOf(text: string): Looked[] {
  const [, below = ''] = text.split(heading);
  const [rows = '', wrong = ''] = below.split(headingOfWrong);
  const lines = new Map(
    wrong
      .split('\n')
      .map((line) => cellsOf(line))
      .map(([at, , , what = '']) => [at, what]),
  );
  return rows.split('\n').flatMap((line) => {
    const [portal = '', route = '', who = '', ...counts] = cellsOf(line);
    const commit = counts.pop() ?? '';
    if (counts.length !== groups.length || !/^\d/.test(counts[0] ?? '')) return [];
    const measured = Object.fromEntries(
      groups.map((group, at): [Group, Finding] => {
        const [looked, ...found] = counts[at]?.match(/\d+/g) ?? [];
        return [
          group,
          { looked: Number(looked), wrong: found.map((number) => lines.get(number) ?? number) },
        ];
      }),
    ) as Record<Group, Finding>;
    return [{ portal, route, who, commit, measured }];
  });
}

/**
 * What is known of the pages: what the rooms measured last and, where not all of them are opened, the rows of the page that they were
 * not at, right or wrong.
 */
export function knownPages(): Looked[] {
  const rows = process.env['ALL_ROOMS'] === undefined ? rowsOf(readFileSync(page, 'utf8')) : [];
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

/** What is wrong, each once by its number, with the number of pages that have it. */
function findingsOf(looked: readonly Looked[]) {
  const found = new Map<string, { group: Group; pages: number }>();
  for (const { measured } of looked) {
    for (const group of groups) {
      for (const line of new Set(measured[group].wrong.map((each) => inCell(each)))) {
        const key = `${group} ${line}`;
        found.set(key, { group, pages: (found.get(key)?.pages ?? 0) + 1 });
      }
    }
  }
  const keys = [...found.keys()];
  return {
    numberOf: (group: Group, line: string) => keys.indexOf(`${group} ${inCell(line)}`) + 1,
    rows: Array.from(found, ([key, { group, pages }], at) => [
      at + 1,
      pages,
      group,
      key.slice(group.length + 1),
    ]),
  };
}

/** The page with the table of what was looked at; what stands above that in `text` is written by hand. */
export function pageOf(text: string, looked: readonly Looked[], missed: Missed): string {
  const [above = ''] = text.split(heading);
  const findings = findingsOf(looked);
  const cellOf = (group: Group, { looked: things, wrong }: Finding) =>
    wrong.length === 0
      ? things
      : `${things}, **wrong: ${wrong.map((line) => findings.numberOf(group, line)).join(', ')}**`;
  const rows = looked.map(({ portal, route, who, measured, commit }) =>
    row([
      portal,
      `\`${route}\``,
      who,
      ...groups.map((group) => cellOf(group, measured[group])),
      commit,
    ]),
  );
  const wrong = [
    ...findings.rows,
    ...(missed ?? []).map(({ portal, route }) => [
      '',
      '',
      'nobody was there',
      `\`${portal} ${route}\``,
    ]),
  ];
  return `${above}${heading}

Written by \`pnpm test:pages --write\`. **${conclude(looked, missed).text}.** A cell says how many things were looked at and by its number below what is wrong, and the last one at which commit.

${row(['portal', 'route', 'who looks, at what', ...groups, 'at'])}
${row(['---', '---', '---', ...groups.map(() => '--:'), '---'])}
${rows.join('\n')}
${
  wrong.length === 0
    ? ''
    : `
${headingOfWrong}

${row(['number', 'pages', 'group', 'what'])}
${row(['--:', '--:', '---', '---'])}
${wrong.map(row).join('\n')}
`
}`;
}

/** Writes the table of pages into `docs/accessibility.md`. */
export const writePage = (looked: readonly Looked[], missed: Missed) =>
  writeFileSync(page, pageOf(readFileSync(page, 'utf8'), looked, missed));
