import { render } from '@solidjs/testing-library';
import { expect, it, vi } from 'vitest';
import { PhotoPane } from './photo-pane.tsx';
import type { PhotoMark } from '@shiming/domain';

function pane(more: { isMarking: boolean; turns?: 0 | 1 }) {
  const onMark = vi.fn<(mark: PhotoMark) => void>();
  const { container } = render(() => (
    <PhotoPane
      caption="1"
      label="A面照片"
      // As far as a pane without a canvas goes, any size is a picture.
      bitmap={{ width: 400, height: 300, close: () => {} }}
      orientation={1}
      turns={more.turns ?? 0}
      fallback={null}
      isCovered={false}
      isActive
      watermark="仅供审核"
      marks={[{ mark: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 }, isActive: true }]}
      isMarking={more.isMarking}
      onMark={onMark}
      onActivate={() => {}}
      onSheet={() => {}}
    />
  ));
  const element = container.querySelector<HTMLElement>('.pane');
  const face = container.querySelector('rect[fill=none]');
  if (element === null || face === null) throw new Error('no pane');
  element.setPointerCapture = () => {};
  // jsdom lays nothing out: the photo is 200 by 100 on the screen, from (10, 20).
  face.getBoundingClientRect = () => new DOMRect(10, 20, 200, 100);
  const point = (type: string, clientX: number, clientY: number) =>
    element.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true }));
  return { container, element, onMark, point };
}

it('T-CON-04: dragging draws a region in fractions of the photo, and only while marking', () => {
  const drawing = pane({ isMarking: true });
  drawing.point('pointerdown', 30, 30);
  drawing.point('pointermove', 110, 70);
  drawing.point('pointerup', 110, 70);
  expect(drawing.onMark).toHaveBeenLastCalledWith({ x: 0.1, y: 0.1, width: 0.4, height: 0.4 });
  drawing.point('pointermove', 150, 90);
  expect(drawing.onMark).toHaveBeenCalledTimes(2);

  const moving = pane({ isMarking: false });
  moving.point('pointerdown', 30, 30);
  moving.point('pointermove', 110, 70);
  expect(moving.onMark).not.toHaveBeenCalled();
});

it('T-CON-03: nothing of the pane is to be taken away by the menu of the browser', () => {
  const { element } = pane({ isMarking: false });
  const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
  element.dispatchEvent(menu);
  expect(menu.defaultPrevented).toBe(true);
});

it('shows the region where it lies on the photo', () => {
  const { container } = pane({ isMarking: false });
  const region = container.querySelector('rect.region.active');
  expect(['x', 'y', 'width', 'height'].map((name) => region?.getAttribute(name))).toEqual([
    '40',
    '30',
    '80',
    '60',
  ]);
});
