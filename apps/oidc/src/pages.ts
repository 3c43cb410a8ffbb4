/** The few sentences that the provider itself says to a person; everything else is a page of the portals. */
const words = {
  failed: {
    zh: '这次进入业务系统的请求没有成功，可能已经过期。请回到业务系统重新进入。',
    en: 'This request to enter a service has failed; it may have expired. Go back to the service and start again.',
  },
  home: { zh: '返回首页', en: 'Home' },
  signOutTitle: { zh: '退出登录', en: 'Sign out' },
  signOut: {
    zh: '您从一个业务系统来。要在这里也退出登录吗？',
    en: 'You come from a service. Do you want to sign out here, too?',
  },
  signedOut: { zh: '您已退出登录。', en: 'You are signed out.' },
} as const;
type Word = keyof typeof words;

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const said = (word: Word) => `<p>${words[word].zh}</p><p lang="en">${words[word].en}</p>`;
const label = (word: Word) => `${words[word].zh} / <span lang="en">${words[word].en}</span>`;

const page = (title: string, body: string) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><main>${body}</main></html>`;

/** A page that says one thing and leads back to the portal. */
export const sentencePage = (word: Word, home: string, code?: string): string =>
  page(
    words[word].zh,
    `${said(word)}${code === undefined ? '' : `<p><code>${html(code)}</code></p>`}<p><a href="${html(home)}">${label('home')}</a></p>`,
  );

/** The question whether to sign out here. */
export const signOutPage = (action: string, home: string): string =>
  page(
    words.signOutTitle.zh,
    `${said('signOut')}<form method="post" action="${html(action)}"><button>${label('signOutTitle')}</button></form><p><a href="${html(home)}">${label('home')}</a></p>`,
  );
