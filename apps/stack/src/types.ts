import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { toolEnvironment } from './children.ts';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';

function check(project: string): Promise<{ project: string; ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('tsc', ['--noEmit', '--pretty', 'false', '--project', project], {
      cwd: root,
      env: toolEnvironment(),
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ project, ok: code === 0, output }));
  });
}

/** Checks every `tsconfig*.json` of the workspace, two at a time; throws if one has an error. */
export async function checkTypes(): Promise<void> {
  const projects = globSync('{packages,apps}/*/tsconfig*.json', { cwd: root }).toSorted();
  const waiting = [...projects];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { project, ok, output } = await check(next);
      if (!ok) {
        failed.push(project);
        console.error(`${project}\n${output}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  if (failed.length > 0) throw new Error(`Types: errors in ${failed.toSorted().join(', ')}`);
  console.log(`types: ${projects.length} projects`);
}

if (import.meta.main) await runCommand(checkTypes);
