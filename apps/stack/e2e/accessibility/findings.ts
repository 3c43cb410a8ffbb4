import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../../src/paths.ts';

/** How many things were looked at, and what is wrong. */
export type Finding = { looked: number; wrong: string[] };

/** What a page is measured for; each is a column of `docs/accessibility.md`. */
export const groups = [
  'axe',
  'contrast',
  'reflow',
  'targets',
  'keyboard',
  'structure',
  'forms',
  'modes',
  'elderly',
] as const;
export type Group = (typeof groups)[number];

export type Measured = Record<Group, Finding>;

export const nothingMeasured = (): Measured =>
  Object.fromEntries(
    groups.map((group) => [group, { looked: 0, wrong: [] }]),
  ) as unknown as Measured;

/** What was measured of a page, in both languages. */
export type Looked = {
  portal: string;
  route: string;
  /** Who looks, and what stands open on the page. */
  who: string;
  /** The commit of what was measured. */
  commit: string;
  measured: Measured;
};

/** A route of a portal, or of the console. */
export type Place = Pick<Looked, 'portal' | 'route'>;

/** Where each room keeps what it measured, and the last one the routes that nobody was at. */
export const keptIn = join(dataDir, 'pages');
const missedFile = 'missed.json';

const read = <T>(file: string): T[] => JSON.parse(readFileSync(join(keptIn, file), 'utf8'));

/** All that was measured last, room by room. */
export function measuredPages(): Looked[] {
  if (!existsSync(keptIn)) return [];
  return readdirSync(keptIn)
    .filter((file) => file !== missedFile)
    .toSorted()
    .flatMap((file) => read<Looked>(file));
}

/** The routes that a portal has and no room was at; `null` where nobody has looked for them. */
export const missedRoutes = (): Place[] | null =>
  existsSync(join(keptIn, missedFile)) ? read<Place>(missedFile) : null;
