/** Writes down when the newest migration was made, which is all that the Worker needs of their list. */
import { readFileSync, writeFileSync } from 'node:fs';

const meta = new URL('../../drizzle/meta/', import.meta.url);
const { entries }: { entries: { when: number }[] } = JSON.parse(
  readFileSync(new URL('_journal.json', meta), 'utf8'),
);
const atMs = Math.max(...entries.map(({ when }) => when));
writeFileSync(new URL('newest.json', meta), `${JSON.stringify({ atMs })}\n`);
