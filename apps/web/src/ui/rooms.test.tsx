import { render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { MemoryRouter } from '../router/memory.tsx';
import { Route } from '../router/router.tsx';
import { Rooms } from './rooms.tsx';

test('a row that says something else, and one that comes above it, leave its link and the focus', async () => {
  const [rooms, setRooms] = createSignal([
    { path: '/notices', term: '通知', value: '没有未读' },
    { path: '/data', term: '我的数据', value: '查看' },
  ]);
  render(() => (
    <MemoryRouter>
      <Route
        path="/"
        component={() => <Rooms rooms={rooms()} open="进入" openLabel={(term) => `进入${term}`} />}
      />
    </MemoryRouter>
  ));
  const link = screen.getByRole('link', { name: '进入通知' });
  link.focus();
  setRooms([
    { path: '/levels', term: '实名等级', value: '三级' },
    { path: '/notices', term: '通知', value: '1 条未读' },
    { path: '/data', term: '我的数据', value: '查看' },
  ]);
  expect(screen.getByText('1 条未读')).toBeTruthy();
  expect(screen.getAllByRole('link')).toHaveLength(3);
  expect(screen.getByRole('link', { name: '进入通知' })).toBe(link);
  expect(document.activeElement).toBe(link);
});
