import { readFileSync } from 'node:fs';

/** A process's parent and command line, where the system tells (Linux). */
function lookUp(pid: number): { parent: number; command: string } | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/**
 * The processes that exist only to run us: our parent and, above it, the unbroken row of npm, pnpm
 * and the shells they start. Not one of them passes a signal on to the next.
 */
function launchers(): number[] {
  const found = [process.ppid];
  let waiting: number[] = [];
  for (let pid = process.ppid; pid > 1;) {
    const ancestor = lookUp(pid);
    if (ancestor === undefined || !/^(?:np[mx]|pnpm|(?:\S*\/)?sh -c) /.test(ancestor.command))
      break;
    waiting.push(pid);
    if (!ancestor.command.includes('sh -c')) {
      found.push(...waiting);
      waiting = [];
    }
    pid = ancestor.parent;
  }
  return [...new Set(found)].filter((pid) => pid > 1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Runs `stop` once, when the person presses Ctrl-C, the machine asks us to end, or npx, pnpm
 * or another process that started us is gone; then ends this process.
 */
export function stopWithUs(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (exitCode: number): void => {
    if (isStopping) return;
    isStopping = true;
    stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('SIGHUP', () => end(0));
  const watched = launchers();
  setInterval(() => {
    if (!watched.every(isAlive)) end(1);
  }, 1_000).unref();
}

/** Runs a command's main function; what it throws is a sentence for the person, not a stack. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
