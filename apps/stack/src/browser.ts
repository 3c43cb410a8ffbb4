import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Chromium without windows, which takes a quarter less of the processor; Debian and Ubuntu have it as a package of its own. */
const shell = '/usr/lib/chromium/chromium-headless-shell';

const usualPlaces = [
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser to test with: `SHIMING_CHROMIUM`, or the first of the usual places. */
function findChromium(): string | undefined {
  const asked = process.env['SHIMING_CHROMIUM'];
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked)) throw new Error(`SHIMING_CHROMIUM=${asked}: there is no such file.`);
    return asked;
  }
  return usualPlaces.find((place) => existsSync(place));
}

/** Whether Chinese would be drawn as characters; where nothing tells, as on macOS, yes. */
function hasChineseFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return process.platform !== 'linux' || (status === 0 && stdout.trim() !== '');
}

/** How long apt may take for a step: it waits minutes for a network that is not there. */
const aptMs = 180_000;

/** Whether the packages could be installed; what apt says of a failure is printed. */
function aptInstall(packages: readonly string[]): boolean {
  console.log(`apt-get install ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ].every((args) => {
    const { status } = spawnSync('apt-get', args, {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: aptMs,
    });
    return status === 0;
  });
}

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Answers the path of a Chromium. On Debian and Ubuntu as root it installs what is missing, the browser without windows and the fonts
 * for Chinese; where that cannot be done, any Chromium will do, and without one it throws a sentence that says what to install.
 */
export function ensureChromium(): string {
  if (canInstall()) {
    const isAsked = (process.env['SHIMING_CHROMIUM'] ?? '') !== '';
    const hasShell = isAsked || existsSync(shell) || aptInstall(['chromium-headless-shell']);
    if (!hasShell && findChromium() === undefined) aptInstall(['chromium']);
    if (!hasChineseFont()) aptInstall(['fonts-noto-cjk', 'fontconfig']);
  }
  const chromium = findChromium();
  if (chromium === undefined) {
    throw new Error(
      '没有找到 Chromium。请安装后重试，或用 SHIMING_CHROMIUM 指明位置。\n' +
        'No Chromium found. Install it and try again, or name it in SHIMING_CHROMIUM. On Debian:\n' +
        '  sudo apt-get install -y --no-install-recommends chromium-headless-shell fonts-noto-cjk',
    );
  }
  if (!hasChineseFont()) {
    console.warn('No font for Chinese (fonts-noto-cjk): the browser will draw boxes.');
  }
  return chromium;
}
