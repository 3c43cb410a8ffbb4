import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serverNow } from '../clock.ts';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { Capture } from './capture.tsx';
import { zh } from './capture.zh.ts';
import { waitFor } from '../testing-wait.ts';

class Track extends EventTarget {
  stop = vi.fn<() => void>();
}

let tracks: Track[];
const open = vi.fn<() => Promise<MediaStream>>();
const streamOf = (track: Track): MediaStream =>
  ({ getTracks: () => [track], getVideoTracks: () => [track] }) as unknown as MediaStream;
const onStop = vi.fn<() => void>();
const onOver = vi.fn<() => void>();

function show(validMs = 180_000) {
  return render(() => (
    <MemoryRouter>
      <Route
        path="/"
        component={() => (
          <Capture
            challenge={{
              challenge: 'x',
              actions: ['blink', 'turn_left'],
              expiresAtMs: serverNow() + validMs,
            }}
            submit={() => Promise.resolve()}
            on={{}}
            onOver={onOver}
            onStop={onStop}
          />
        )}
      />
    </MemoryRouter>
  ));
}

function hide(isHidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

function browserHas(mediaDevices: object | undefined, userAgent = ''): void {
  vi.stubGlobal(
    'navigator',
    Object.create(navigator, {
      userAgent: { value: userAgent },
      mediaDevices: { value: mediaDevices },
      language: { value: 'zh-CN' },
    }),
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  tracks = [];
  open.mockImplementation(async () => {
    const track = new Track();
    tracks.push(track);
    return streamOf(track);
  });
  browserHas({ getUserMedia: open });
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each([
  ['NotAllowedError', 'refused'],
  ['NotFoundError', 'absent'],
  ['NotReadableError', 'busy'],
  ['TypeError', 'busy'],
] as const)(
  'a camera that fails with %s is said to be %s, with a file and another try beside it',
  async (name, trouble) => {
    open.mockRejectedValueOnce(new DOMException('', name));
    show();
    expect(await screen.findByText(zh.troubles[trouble])).toBeTruthy();
    expect(screen.getByLabelText(zh.byFile).getAttribute('capture')).toBe('user');
    fireEvent.click(screen.getByRole('button', { name: zh.again }));
    expect(await screen.findByRole('button', { name: zh.shoot })).toBeTruthy();
  },
);

test('a browser without cameras for pages takes files, and says what does better where it is WeChat', async () => {
  browserHas(undefined, 'iPhone MicroMessenger/8');
  show();
  expect(await screen.findByText(zh.troubles.unsupported)).toBeTruthy();
  expect(screen.getByText(zh.inWeChat)).toBeTruthy();
  expect(screen.queryByRole('button', { name: zh.again })).toBeNull();
  const file = new File(['no picture'], 'face.jpg', { type: 'image/jpeg' });
  fireEvent.change(screen.getByLabelText(zh.byFile), { target: { files: [file] } });
  expect(await screen.findByText(zh.unreadable)).toBeTruthy();
});

test('the camera goes out when the page is left, hidden or behind, and comes back by a press', async () => {
  const { unmount } = show();
  await screen.findByRole('button', { name: zh.shoot });
  hide(true);
  expect(tracks[0]?.stop).toHaveBeenCalled();
  hide(false);
  expect(open).toHaveBeenCalledTimes(1);
  fireEvent.click(await screen.findByRole('button', { name: zh.goOn }));
  await screen.findByRole('button', { name: zh.shoot });
  unmount();
  expect(tracks[1]?.stop).toHaveBeenCalled();
});

test('a picture that is asked for before the camera shows one is taken when it does', async () => {
  const { prototype } = HTMLCanvasElement;
  vi.spyOn(prototype, 'getContext').mockReturnValue(null);
  vi.spyOn(prototype, 'toBlob').mockImplementation((done) => done(new Blob(['x'])));
  show();
  fireEvent.click(await screen.findByRole('button', { name: zh.shoot }));
  const video = screen.getByLabelText(zh.picture);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(zh.front);
  vi.spyOn(HTMLVideoElement.prototype, 'videoWidth', 'get').mockReturnValue(640);
  vi.spyOn(HTMLVideoElement.prototype, 'videoHeight', 'get').mockReturnValue(480);
  video.dispatchEvent(new Event('loadedmetadata'));
  expect(await screen.findByRole('heading', { level: 1, name: zh.actions.blink })).toBeTruthy();
});

test('a camera that opens after the page was left goes out at once', async () => {
  const waiting: ((stream: MediaStream) => void)[] = [];
  open.mockReturnValueOnce(new Promise((resolve) => void waiting.push(resolve)));
  const { unmount } = show();
  await waitFor(() => expect(open).toHaveBeenCalled());
  unmount();
  const track = new Track();
  waiting[0]?.(streamOf(track));
  await waitFor(() => expect(track.stop).toHaveBeenCalled());
});

test('a camera that is unplugged is said so', async () => {
  show();
  await screen.findByRole('button', { name: zh.shoot });
  tracks[0]?.dispatchEvent(new Event('ended'));
  expect(await screen.findByText(zh.troubles.unplugged)).toBeTruthy();
});

test('a challenge that runs out ends the page, and the other way leads on', async () => {
  show(0);
  await waitFor(() => expect(onOver).toHaveBeenCalledTimes(1));
  fireEvent.click(screen.getByRole('button', { name: zh.stop }));
  expect(onStop).toHaveBeenCalledTimes(1);
});
