import { createInterface } from 'node:readline';

/**
 * Outlives the process that started it by a moment. It reads `+pid` and `-pid` lines from its
 * input; when the input closes, because the other end stopped or was killed, it ends the process
 * groups still on its list.
 */
const groups = new Set<number>();

function signalAll(signal: NodeJS.Signals): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group);
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const group = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(group);
  else groups.delete(group);
});
lines.on('close', () => {
  signalAll('SIGTERM');
  setTimeout(() => signalAll('SIGKILL'), groups.size === 0 ? 0 : 3_000);
});
