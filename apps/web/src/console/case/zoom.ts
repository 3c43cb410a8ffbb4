import type { PanzoomObject } from '@panzoom/panzoom';

/** It comes after the first screen: photos are covered there. */
const loadPanzoom = async () => (await import('@panzoom/panzoom')).default;

/** How far a key moves, in pixels of the screen. */
const stepPx = 80;

/** Zoom and place of the photos that are seen side by side: what is done to one is done to all. */
export type ZoomTogether = {
  /** Takes a photo's sheet in, in the place where the others are; answers how to let go of it. */
  add(sheet: HTMLElement): () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  reset: () => void;
  /** Moves what is seen by so many steps to the right and down. */
  pan(right: number, down: number): void;
  /** Whether a pointer moves the photos; not while it draws. */
  setMovable(isMovable: boolean): void;
};

export function zoomTogether(): ZoomTogether {
  const all = new Map<HTMLElement, PanzoomObject>();
  let place = { scale: 1, x: 0, y: 0 };
  let isFixed = false;
  const silent = { silent: true, animate: false, force: true };

  const follow = (one: PanzoomObject) => {
    one.zoom(place.scale, silent);
    one.pan(place.x, place.y, silent);
  };
  const follows = (leader: HTMLElement) => {
    const zoom = all.get(leader);
    if (zoom === undefined) return;
    place = { scale: zoom.getScale(), ...zoom.getPan() };
    for (const [sheet, other] of all) if (sheet !== leader) follow(other);
  };
  const lead = (act: (zoom: PanzoomObject) => void) => {
    const [first] = all;
    if (first === undefined) return;
    const [sheet, zoom] = first;
    act(zoom);
    follows(sheet);
  };

  /** Zooms and moves a sheet from now on; answers how to end that. */
  const begin = (sheet: HTMLElement, zoom: PanzoomObject) => {
    all.set(sheet, zoom);
    const pane = sheet.parentElement;
    const onChange = () => follows(sheet);
    const onWheel = (event: WheelEvent) => zoom.zoomWithWheel(event);
    sheet.addEventListener('panzoomchange', onChange);
    pane?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      sheet.removeEventListener('panzoomchange', onChange);
      pane?.removeEventListener('wheel', onWheel);
      zoom.destroy();
      all.delete(sheet);
    };
  };

  return {
    add(sheet) {
      let end: (() => void) | undefined;
      let isGone = false;
      const start = async () => {
        const Panzoom = await loadPanzoom();
        if (isGone) return;
        const zoom = Panzoom(sheet, {
          canvas: true,
          contain: 'outside',
          cursor: '',
          maxScale: 8,
          minScale: 1,
          step: 0.35,
          startScale: place.scale,
          startX: place.x,
          startY: place.y,
          disablePan: isFixed,
          // A press gives the focus to what is there, as everywhere.
          handleStartEvent: () => {},
        });
        end = begin(sheet, zoom);
      };
      // Where it does not come the photos are seen as they are.
      start().catch(() => {});
      return () => {
        isGone = true;
        end?.();
      };
    },
    zoomIn: () => lead((zoom) => zoom.zoomIn({ animate: false })),
    zoomOut: () => lead((zoom) => zoom.zoomOut({ animate: false })),
    reset: () => lead((zoom) => zoom.reset({ animate: false })),
    pan(right, down) {
      // The photo goes the other way than what is seen; its own pixels are before zooming.
      const step = stepPx / place.scale;
      lead((zoom) => zoom.pan(-right * step, -down * step, { relative: true, animate: false }));
    },
    setMovable(isMovable) {
      isFixed = !isMovable;
      for (const zoom of all.values()) zoom.setOptions({ disablePan: isFixed });
    },
  };
}
