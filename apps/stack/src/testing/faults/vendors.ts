import type { Sandbox } from '@shiming/sandbox';
import { type Part, pause, runScene, type Scene } from './part.ts';

/** How long each fault lasts. */
const lastsMs = 6_000;

/** What goes wrong outside, and how it is again as it was. */
type Fault = { name: string; set: (scene: Scene) => unknown; mend: (scene: Scene) => unknown };

const gateway = (
  vendors: readonly ('aliyun' | 'tencent')[],
  mode: 'slow' | 'refusing' | 'busy' | 'down' | 'overdue',
): Fault => {
  const all = ({ room: { sandbox } }: Scene, to: typeof mode | 'working') => {
    for (const vendor of vendors) sandbox.gateway(vendor).setMode(to);
  };
  return {
    name: `SMS ${vendors.join(' and ')} ${mode}`,
    set: (scene) => all(scene, mode),
    mend: (scene) => all(scene, 'working'),
  };
};

/** A vendor with a switch. */
const vendor = <M extends string>(
  name: string,
  switchOf: (sandbox: Sandbox) => { setMode(mode: M | 'working'): unknown },
  modes: readonly M[],
): Fault[] =>
  modes.map((mode) => ({
    name: `${name} ${mode}`,
    set: ({ room }) => switchOf(room.sandbox).setMode(mode),
    mend: ({ room }) => switchOf(room.sandbox).setMode('working'),
  }));

const faults: readonly Fault[] = [
  gateway(['aliyun'], 'slow'),
  gateway(['aliyun'], 'refusing'),
  gateway(['aliyun'], 'busy'),
  gateway(['aliyun'], 'down'),
  gateway(['aliyun', 'tencent'], 'slow'),
  gateway(['aliyun', 'tencent'], 'overdue'),
  gateway(['aliyun', 'tencent'], 'down'),
  ...vendor('SMTP', ({ mail }) => mail, [
    'busy',
    'refusing',
    'down',
    'dropping',
    'password_changed',
    'throttled',
  ]),
  ...vendor('authority', ({ authority }) => authority, ['slow', 'down', 'quota', 'source_down']),
  ...vendor('WeChat', ({ wechat }) => wechat, ['slow', 'busy', 'down']),
  ...(['slow', 'refusing', 'down', 'throttled'] as const).map((mode) => ({
    name: `photos ${mode}`,
    set: ({ room }: Scene) => room.setStore(mode),
    mend: ({ room }: Scene) => room.setStore('working'),
  })),
  ...(['slow', 'down'] as const).map((mode) => ({
    name: `services ${mode}`,
    set: ({ load }: Scene) => load.setServices(mode),
    mend: ({ load }: Scene) => load.setServices('working'),
  })),
];

export const vendorsFail: Part = {
  id: 'vendors',
  title: 'Vendors, photos’ store and services slow, refusing, dead, throttling',
  run: (asked) =>
    runScene(asked, async (scene) => {
      for (const fault of faults) {
        await fault.set(scene);
        await pause(lastsMs);
        await fault.mend(scene);
        await pause(lastsMs / 3);
      }
      return { counts: { faults: faults.length } };
    }),
};
