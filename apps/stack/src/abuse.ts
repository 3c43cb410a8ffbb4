import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { portals } from '@shiming/domain';
import { createAsker } from './testing/abuse/ask.ts';
import { attacksPart } from './testing/abuse/attacks.ts';
import { inputsPart } from './testing/abuse/inputs.ts';
import { matrixPart } from './testing/abuse/matrix.ts';
import type { AbuseContext, AbusePart } from './testing/abuse/part.ts';
import { requestsPart } from './testing/abuse/requests.ts';
import { createReader } from './testing/abuse/rows.ts';
import { timingPart } from './testing/abuse/timing.ts';
import { startOurs, type Stops } from './bench/parties.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';
import { readPortals } from './settings.ts';
import { createCast } from './testing/abuse-cast.ts';

// The later ones leave less of what B had.
const parts: readonly AbusePart[] = [requestsPart, attacksPart, timingPart, matrixPart, inputsPart];

const usage = `pnpm test:abuse [--only name …] [--procedure path …] [--seed n] [--inputs n] [--write]; names: ${parts.map(({ id }) => id).join(', ')}`;
const file = join(root, 'docs/abuse.md');

const introduction = `# Abuse

What \`pnpm test:abuse\` does to the started product (the Worker in workerd, sqld, the sandbox as every vendor) over HTTP, and what came
of it. The command writes this page (\`--write\`); it ends with a failure where something is not refused.`;

/** Puts a section in the page, where others may be of other runs. */
async function keep(title: string, section: string): Promise<void> {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const kept = new Map(
    page
      .split(/^(?=## )/m)
      .slice(1)
      .map((each) => [each.split('\n', 1)[0]?.slice(3) ?? '', each.trim()]),
  );
  kept.set(title, section.trim());
  const sections = parts.flatMap((part) => kept.get(part.title) ?? []);
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(file, `${[introduction, ...sections].join('\n\n')}\n`);
  await runTool('oxfmt', [file]);
}

/** Remembers what \`start\` has started. */
const once = <T>(start: () => Promise<T>): (() => Promise<T>) => {
  let started: Promise<T> | undefined;
  return () => (started ??= start());
};

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      procedure: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      inputs: { type: 'string', default: '100000' },
      write: { type: 'boolean', default: false },
    },
  });
  const chosen = parts.filter(({ id }) => values.only.length === 0 || values.only.includes(id));
  if (chosen.length < values.only.length) throw new Error(usage);
  const [seed, inputs] = [Number(values.seed), Number(values.inputs)];
  if (!(seed >= 0) || !(inputs >= 1)) throw new Error(usage);
  if (values.procedure.length > 0 && values.write)
    throw new Error('Single procedures are not kept.');
  // All portals that there are, whichever of them a deployment has.
  process.env['PORTALS'] = portals.map(({ id }) => id).join(',');
  const dir = mkdtempSync(join(tmpdir(), 'shiming-abuse-'));
  const stops: Stops = [];
  const ours = once(() => startOurs(join(dir, 'ours'), stops));
  const ask = once(async () => {
    const asker = createAsker((await ours()).port);
    stops.push(async () => asker.close());
    return asker.ask;
  });
  const context: AbuseContext = {
    ours,
    ask,
    cast: once(async () => {
      const reader = await createReader((await ours()).world.ctx().db);
      const owned = new Set<string>();
      const own = async <T>(work: () => Promise<T>): Promise<T> => {
        const before = await reader.all();
        const result = await work();
        for (const key of (await reader.all()).keys()) if (!before.has(key)) owned.add(key);
        return result;
      };
      return { ...(await createCast(await ours(), readPortals(), await ask(), own)), owned };
    }),
    isChosen: (path) => values.procedure.length === 0 || values.procedure.includes(path),
    seed,
    inputs,
    say: (line) => console.log(line),
  };
  const faults: string[] = [];
  try {
    for (const { id, title, measure, render, faults: faultsIn } of chosen) {
      const startMs = performance.now();
      const data = await measure(context);
      const found = faultsIn(data);
      faults.push(...found.map((fault) => `${id}: ${fault}`));
      const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
      const section = `## ${title}\n\n\`pnpm test:abuse --only ${id} --seed ${seed}\`, ${new Date().toISOString().slice(0, 10)}, ${seconds} s, ${found.length} findings.\n\n${render(data)}\n`;
      console.log(`\n${section}`);
      if (values.write) await keep(title, section);
    }
    for (const fault of faults) console.log(`not refused: ${fault}`);
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(dir, { recursive: true, force: true });
  }
  if (faults.length > 0) throw new Error(`${faults.length} findings.`);
});
