import { createEffect, createRoot, createSignal, on } from 'solid-js';

/** How the person wants to see the pages. Kept in this browser; `boot.js` applies it before the first paint. */
export type TextSize = 'normal' | 'large' | 'larger';
export type Colours = 'system' | 'light' | 'dark';

function stored<T extends string>(key: string, known: readonly T[], otherwise: T): T {
  try {
    return known.find((value) => value === localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is closed: the choice lasts as long as the page.
  }
}

export const [textSize, setTextSize] = createSignal(
  stored<TextSize>('text-size', ['normal', 'large', 'larger'], 'normal'),
);
export const [colours, setColours] = createSignal(
  stored<Colours>('colours', ['system', 'light', 'dark'], 'system'),
);

createRoot(() => {
  createEffect(
    on(
      textSize,
      (size) => {
        document.documentElement.classList.toggle('large', size !== 'normal');
        document.documentElement.classList.toggle('larger', size === 'larger');
        store('text-size', size);
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      colours,
      (choice) => {
        if (choice === 'system') delete document.documentElement.dataset.colours;
        else document.documentElement.dataset.colours = choice;
        store('colours', choice);
      },
      { defer: true },
    ),
  );
});
