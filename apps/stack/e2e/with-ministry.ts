/** Imported first by journeys through the ministry's sign-in: the stack of the file has the Worker that speaks with it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMinistry } from '../src/build.ts';

const bundle = mkdtempSync(join(tmpdir(), 'shiming-ministry-'));
if ((await buildMinistry(bundle, 'error')) !== 0) throw new Error('The Worker does not build.');
process.env['MINISTRY_BUNDLE'] = bundle;
