import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyField } from './body-field.ts';
import { citizens } from './citizens.ts';
import { isOpenId, openIdOf, sandboxWeChat } from './wechat-account.ts';
import { WeChatRefusal } from './wechat.ts';
import type { ChatAnswer, WeChat, WeChatUser } from './wechat.ts';

/** The phones on which citizens have WeChat: what they see, and what they do. */
export function weChatRoutes(wechat: WeChat): Hono {
  const app = new Hono();
  app.get('/users', (c) =>
    c.json(
      citizens.map(({ mobile, name }) => {
        const openId = openIdOf(mobile);
        return { openId, mobile, name, isFollowing: wechat.user(openId).isFollowing };
      }),
    ),
  );
  app.get('/account', (c) => c.json({ ...sandboxWeChat, menu: wechat.menu }));
  app.get('/codes', (c) => c.json(wechat.codes));
  app.post('/verify', async (c) => c.json(await wechat.verifyAddress()));

  const user = (c: Context): WeChatUser | null => {
    const openId = c.req.param('openId') ?? '';
    return isOpenId(openId) ? wechat.user(openId) : null;
  };
  app.get('/:openId/chat', (c) => {
    const person = user(c);
    if (person === null) return c.json({ error: 'no_such_user' }, 404);
    return c.json({ isFollowing: person.isFollowing, lines: person.chat });
  });
  const action = (name: string, act: (person: WeChatUser, c: Context) => Promise<ChatAnswer>) =>
    app.post(`/:openId/${name}`, async (c) => {
      const person = user(c);
      if (person === null) return c.json({ error: 'no_such_user' }, 404);
      try {
        return c.json(await act(person, c));
      } catch (error) {
        if (!(error instanceof WeChatRefusal)) throw error;
        return c.json({ error: error.code }, 409);
      }
    });
  action('scan', async (person, c) => person.scan((await bodyField(c, 'url')) ?? ''));
  action('follow', (person) => person.follow());
  action('unfollow', (person) => person.unfollow());
  action('press', async (person, c) => person.press((await bodyField(c, 'key')) ?? ''));
  action('type', async (person, c) => person.type((await bodyField(c, 'text')) ?? ''));
  return app;
}
