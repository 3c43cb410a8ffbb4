import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usualPlaces = [
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

function aptInstall(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed.`);
  }
}

/**
 * Answers the path of a Chromium. On Debian and Ubuntu as root it installs what is missing, the
 * browser and the fonts for Chinese; elsewhere it throws a sentence that says what to install.
 */
export function ensureChromium(): string {
  const missing = [
    ...(findChromium() === undefined ? ['chromium'] : []),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk', 'fontconfig']),
  ];
  if (missing.length > 0) {
    const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
    if (canInstall) {
      console.log(`apt-get install ${missing.join(' ')} …`);
      aptInstall(missing);
    } else if (missing.includes('chromium')) {
      throw new Error(
        '没有找到 Chromium。请安装后重试，或用 SHIMING_CHROMIUM 指明位置。\n' +
          'No Chromium found. Install it and try again, or name it in SHIMING_CHROMIUM. On Debian:\n' +
          '  sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk',
      );
    } else {
      console.warn('No font for Chinese (fonts-noto-cjk): the browser will draw boxes.');
    }
  }
  const chromium = findChromium();
  if (chromium === undefined) throw new Error('Chromium was installed but is in no usual place.');
  return chromium;
}
