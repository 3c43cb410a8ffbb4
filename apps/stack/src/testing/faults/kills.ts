import { type Part, pause, runScene, type Scene } from './part.ts';

/** Between two kills the load makes some calls, but is not waited for without end. */
const between = { calls: 5, spread: 40, atMostMs: 15_000 };

async function someCalls({ load, random }: Scene): Promise<void> {
  const until = load.calls + between.calls + random.below(between.spread);
  const endMs = Date.now() + between.atMostMs;
  while (load.calls < until && Date.now() < endMs) await pause(10);
}

const kills = (id: string, title: string, kill: (scene: Scene) => Promise<void>): Part => ({
  id,
  title,
  run: (asked) =>
    runScene(asked, async (scene) => {
      for (let killed = 0; killed < asked.kills; killed += 1) {
        await someCalls(scene);
        await kill(scene);
      }
      await someCalls(scene);
      return { counts: { kills: asked.kills } };
    }),
});

export const databaseKilled = kills('database', 'sqld killed', ({ room, random }) =>
  // Sometimes it stays away for a moment.
  room.killDatabase(() => pause(random.below(1_000))),
);

export const workerKilled = kills('worker', 'The Workers killed', ({ room }) => room.killWorker());
