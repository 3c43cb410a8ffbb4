import { type Part, pause, runScene } from './part.ts';

const hourMs = 3_600_000;
/** Where the Workers' clock is, one after the other. */
const stepsMs = [2, 0, -2, 0, 9, -3, 0].map((hours) => hours * hourMs);
const lastsMs = 8_000;

export const clockStepped: Part = {
  id: 'clock',
  title: 'The Workers’ clock stepped by hours (their Date; sqld, vendors and driver keep theirs)',
  run: (asked) =>
    runScene(asked, async ({ room }) => {
      for (const byMs of stepsMs) {
        await room.setClock(byMs);
        await pause(lastsMs);
      }
      return { counts: { steps: stepsMs.length } };
    }),
};
