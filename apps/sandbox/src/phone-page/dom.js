const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
export const byId = (id) => document.querySelector(`#${id}`);
export const en = (text) => el('small', { lang: 'en' }, text);

export async function ask(path, body) {
  const response = await fetch(path, {
    cache: 'no-store',
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `${path}: ${response.status}`);
  return answer;
}

/** A button that copies a text. */
export function copyButton(label, text) {
  const button = el('button', { type: 'button' }, label);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = '已复制';
  });
  return button;
}

export function time(atMs) {
  return el('time', { dateTime: new Date(atMs).toISOString() }, clock.format(atMs));
}

/** A line for a list of places to go to, with a note at its end. */
export function listLink(href, text, note, isCurrent) {
  const link = el('a', { href }, el('span', {}, text), el('small', {}, note));
  if (isCurrent) link.setAttribute('aria-current', 'true');
  return el('li', {}, link);
}

const linkForm =
  /<a\s[^>]*href\s*=\s*["']([^"']*)["'][^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"'（）「」【】，。；、]+)/g;

/** A text with its addresses, and the links that a chat may hold, as links. */
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(linkForm)) {
    const [whole, href, label, bare] = match;
    parts.push(text.slice(end, match.index));
    const link = el('a', { target: '_blank', rel: 'noreferrer' }, label ?? bare);
    const address = bare ?? href;
    if (/^https?:/.test(address)) link.href = address;
    parts.push(link);
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}
