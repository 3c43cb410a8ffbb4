const activities = ['keydown', 'pointerdown', 'wheel'] as const;

let lastMs = performance.now();

/**
 * When somebody last did something at this page, by `performance.now()`. What asks or renews by itself goes by it, so that a page that was
 * left open keeps neither its session nor its case.
 */
export const lastActivityMs = (): number => lastMs;

/** Calls `listener` at each sign of somebody at work, until what it answers is called. */
export function onActivity(listener: () => void): () => void {
  const note = () => {
    lastMs = performance.now();
    listener();
  };
  for (const type of activities) addEventListener(type, note, { passive: true });
  return () => activities.forEach((type) => removeEventListener(type, note));
}
