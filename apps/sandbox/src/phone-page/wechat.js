import { ask, byId, el, en, linked, time } from './dom.js';

const refusals = {
  no_such_code: '微信不认识这个二维码。 No such code.',
  code_expired: '二维码已过期。 The code has expired.',
  not_following: '先关注公众号。 Follow the account first.',
  already_following: '已经关注了。 Already following.',
  no_such_button: '菜单里没有这个按钮。 No such button.',
  empty_text: '先输入文字。 Type something first.',
};

let user = null;
let shown = '';

/** Draws the chosen person's chat: the one with this number, or the first. */
export async function showWeChat(mobile) {
  const users = await ask('/wechat/users');
  const select = byId('person');
  if (select.options.length === 0) {
    select.replaceChildren(
      ...users.map((each) => el('option', { value: each.mobile }, `${each.name}　${each.mobile}`)),
    );
  }
  user = users.find((each) => each.mobile === mobile) ?? users[0];
  select.value = user.mobile;
  byId('refused').textContent = '';
  await refreshWeChat();
}

export async function refreshWeChat() {
  if (user === null) return;
  const [account, codes, chat] = await Promise.all([
    ask('/wechat/account'),
    ask('/wechat/codes'),
    ask(`/wechat/${user.openId}/chat`),
  ]);
  const nowMs = Date.now();
  const state = JSON.stringify([
    user.openId,
    account,
    codes,
    chat,
    codes.map((code) => code.expiresAtMs > nowMs),
  ]);
  if (state === shown) return;
  shown = state;

  byId('openid').textContent = `openid ${user.openId}`;
  byId('account').textContent = account.name;
  byId('follow').textContent = chat.isFollowing ? '取消关注' : '关注';
  byId('say').hidden = !chat.isFollowing;
  drawChat(chat);
  drawMenu(chat.isFollowing ? account.menu : []);
  drawCodes(codes, nowMs);
}

function drawChat({ isFollowing, lines }) {
  byId('chat').replaceChildren(
    ...lines.map((line) =>
      line.from === 'wechat'
        ? el('li', { className: 'wechat' }, line.text)
        : el(
            'li',
            { className: line.from },
            time(line.atMs),
            el('div', { className: 'bubble' }, ...linked(line.text)),
          ),
    ),
  );
  byId('chat').lastElementChild?.scrollIntoView({ block: 'nearest' });
  byId('no-chat').hidden = lines.length > 0;
  byId('no-chat').replaceChildren(
    isFollowing ? '还没有消息。' : '扫码或直接关注公众号。',
    el('br'),
    en(isFollowing ? 'No messages yet.' : 'Scan a code, or just follow the account.'),
  );
}

function drawMenu(menu) {
  byId('menu').replaceChildren(
    ...menu.map((button) => {
      if (!button.sub_button) return drawButton(button);
      const below = el('div', {}, ...button.sub_button.map(drawButton));
      return el('details', {}, el('summary', {}, button.name), below);
    }),
  );
}

function drawButton(button) {
  const node = el('button', { type: 'button' }, button.name);
  node.addEventListener('click', async () => {
    await act('press', { key: button.key ?? button.url });
    if (button.url) open(button.url, '_blank', 'noreferrer');
  });
  return node;
}

function drawCodes(codes, nowMs) {
  byId('no-codes').hidden = codes.length > 0;
  byId('codes').replaceChildren(
    ...codes.map((code) => {
      const isOver = code.expiresAtMs <= nowMs;
      const button = el('button', { type: 'button', disabled: isOver }, isOver ? '已过期' : '扫码');
      button.setAttribute('aria-label', `${button.textContent} ${code.scene}`);
      button.addEventListener('click', () => act('scan', { url: code.url }));
      return el('li', {}, el('span', {}, code.scene, el('small', {}, code.url)), button);
    }),
  );
}

async function act(name, body = {}) {
  byId('refused').textContent = '';
  try {
    const answer = await ask(`/wechat/${user.openId}/${name}`, body);
    if (answer.detail) byId('refused').textContent = `${answer.trouble}: ${answer.detail}`;
  } catch (error) {
    byId('refused').textContent = refusals[error.message] ?? error.message;
  }
  await refreshWeChat();
}

byId('follow').addEventListener('click', () => {
  void act(byId('follow').textContent === '关注' ? 'follow' : 'unfollow');
});
byId('scan').addEventListener('submit', (event) => {
  event.preventDefault();
  void act('scan', { url: byId('code-url').value.trim() });
  byId('code-url').value = '';
});
byId('say').addEventListener('submit', (event) => {
  event.preventDefault();
  void act('type', { text: byId('words').value });
  byId('words').value = '';
});
