import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.ts';

/** The environment for tools of this workspace: their folder first on PATH, no reports home. */
function toolEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    ...extra,
  };
}

export interface Tool {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Runs a tool of this workspace in the foreground; answers its exit code. */
export function runTool(name: string, args: readonly string[], tool: Tool = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd: tool.cwd ?? root,
      env: toolEnvironment(tool.env),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

export interface Service extends Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where its output of this run goes. */
  readonly logFile: string;
  /** How long it may take from the signal to its end before it is killed. */
  readonly graceMs?: number;
}

export interface RunningService {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended, asked or not. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** The last lines it wrote, without those about our asking whether it is ready. */
  tail(): string;
  /** Ends it: by a signal, and when `graceMs` have passed by force. */
  stop(graceMs?: number): Promise<void>;
}

let guardian: ChildProcess | undefined;

/** Tells the guardian which process groups must not outlive this process, however it ends. */
function tellGuardian(word: string): void {
  if (guardian === undefined) {
    guardian = spawn(process.execPath, [fileURLToPath(new URL('guardian.ts', import.meta.url))], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guardian.unref();
    const { stdin } = guardian;
    if (stdin !== null && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  }
  guardian.stdin?.write(`${word}\n`);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches only us and we stop it in order;
 * the whole group ends with `stop()` and, whatever happens to us, soon after our own end.
 */
export function startService(service: Service): RunningService {
  const log = openSync(service.logFile, 'w', 0o600);
  const child = spawn(service.command, service.args, {
    cwd: service.cwd ?? root,
    env: toolEnvironment(service.env),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const { pid } = child;
  let failure: string | undefined;
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error.message;
      hasEnded = true;
      resolve();
    });
    child.once('exit', () => {
      hasEnded = true;
      if (pid !== undefined) {
        // What the process itself had started and left behind.
        signalGroup(pid, 'SIGKILL');
        tellGuardian(`-${pid}`);
      }
      resolve();
    });
  });
  if (pid !== undefined) tellGuardian(`+${pid}`);
  const stop = async (graceMs = service.graceMs ?? 5_000): Promise<void> => {
    if (pid === undefined || hasEnded) return;
    signalGroup(pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    name: service.name,
    pid: pid ?? 0,
    ended,
    hasEnded: () => hasEnded,
    tail: () =>
      failure ??
      readFileSync(service.logFile, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.includes(' GET /healthz '))
        .slice(-20)
        .join('\n'),
    stop,
  };
}

/**
 * Waits until `isReady` answers true. Throws with the end of the log when the service stops first
 * or `timeoutMs` have passed.
 */
export async function waitUntilReady(
  service: RunningService,
  isReady: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const giveUpAtMs = Date.now() + timeoutMs;
  while (!(await isReady().catch(() => false))) {
    const hasEnded = service.hasEnded();
    if (hasEnded || Date.now() > giveUpAtMs) {
      await service.stop();
      const why = hasEnded ? 'stopped' : `was not ready after ${timeoutMs / 1000} s`;
      throw new Error(`${service.name} ${why}. Its last lines:\n${service.tail()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
