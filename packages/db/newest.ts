/** Writes down when the newest migration was made, which is all that the Worker needs of their list. */
import { readFileSync, writeFileSync } from 'node:fs';

const drizzle = new URL('../../drizzle/', import.meta.url);
const { entries }: { entries: { when: number }[] } = JSON.parse(
  readFileSync(new URL('meta/_journal.json', drizzle), 'utf8'),
);
const atMs = Math.max(...entries.map(({ when }) => when));
writeFileSync(new URL('newest.json', drizzle), `${JSON.stringify({ atMs })}\n`);
