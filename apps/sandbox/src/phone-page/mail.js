import { ask, byId, copyButton, el, en, linked, listLink, time } from './dom.js';

const transports = { smtp: 'SMTP', aliyun: 'DirectMail' };

let mails = [];
let shown = '';

export async function refreshMail(address, hashOf) {
  mails = await ask('/mail/messages');
  showMail(address, hashOf);
}

/** Draws the list of mailboxes and the chosen one, if either has changed. */
export function showMail(address, hashOf) {
  const state = JSON.stringify([address, mails.map((mail) => mail.id)]);
  if (state === shown) return;
  shown = state;

  const counts = new Map();
  for (const mail of mails) counts.set(mail.address, (counts.get(mail.address) ?? 0) + 1);
  byId('mailboxes').replaceChildren(
    ...[...counts.keys()]
      .toReversed()
      .map((each) => listLink(hashOf(each), each, `${counts.get(each)} 封`, each === address)),
  );

  const mine = mails.filter((mail) => mail.address === address).toReversed();
  byId('mailbox').textContent = address || '未选择邮箱';
  byId('mails').replaceChildren(...mine.map(drawMail));
  byId('no-mails').hidden = mine.length > 0;
  byId('no-mails').replaceChildren(
    address === '' ? '先选择或输入一个邮箱。' : '还没有邮件。',
    el('br'),
    en(address === '' ? 'Choose or type an address.' : 'No mail yet. This page refreshes itself.'),
  );
}

function drawMail(mail) {
  const sender = [mail.from.name, `<${mail.from.address}>`].filter(Boolean).join(' ');
  const parts = el('div', { className: 'parts' });
  if (mail.html !== null) {
    const frame = el('iframe', {
      title: `HTML：${mail.subject}`,
      src: `/mail/messages/${mail.id}/html`,
    });
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    parts.append(el('h4', {}, 'HTML'), frame);
  }
  if (mail.text !== null) {
    parts.append(
      el('h4', {}, '纯文本 ', en('Text')),
      el('div', { className: 'bubble' }, ...linked(mail.text)),
    );
  }
  const links = el('ul', { className: 'links' });
  for (const link of mail.links) {
    const anchor = el('a', { href: link, target: '_blank', rel: 'noreferrer' }, link);
    links.append(el('li', {}, anchor, copyButton('复制链接', link)));
  }
  return el(
    'li',
    {},
    el('h3', {}, mail.subject),
    el(
      'p',
      { className: 'quiet' },
      `${sender}　`,
      time(mail.atMs),
      `　${transports[mail.transport]}`,
      mail.scannedLinks > 0 ? `　扫描器打开过 ${mail.scannedLinks} 个链接` : '',
    ),
    links,
    parts,
  );
}
