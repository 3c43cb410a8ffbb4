import { ask, byId, copyButton, el, en, listLink, time } from './dom.js';
import { refreshMail, showMail } from './mail.js';
import { refreshWeChat, showWeChat } from './wechat.js';

const tabs = new Set(['phone', 'mail', 'wechat', 'ctid', 'citizens', 'faults']);
const pollMs = 2000;

const outcomes = {
  match: ['一致', 'good'],
  mismatch: ['不一致', 'bad'],
  no_record: ['查无此人', 'bad'],
  recently_changed: ['刚变更', 'odd'],
  slow: ['答复慢', 'odd'],
  down: ['查询故障', 'bad'],
  unchecked: ['人工审核', ''],
};
const documents = {
  resident_identity_card: '居民身份证',
  hmt_residence_permit: '港澳台居民居住证',
  hk_macao_travel_permit: '港澳居民来往内地通行证',
  taiwan_travel_permit: '台湾居民来往大陆通行证',
};
const modes = {
  working: ['正常', 'working'],
  refusing: ['拒发', 'refuses'],
  busy: ['繁忙', 'asks to slow down'],
  down: ['中断', 'no connection'],
  slow: ['缓慢', 'late answers'],
  misconfigured: ['配置错误', 'signature not approved'],
  quota: ['次数超限', 'quota used up'],
  source_down: ['数据源故障', 'its source fails'],
  overdue: ['账户欠费', 'account overdue'],
  day_limit: ['日限额用尽', 'day limit reached'],
  dropping: ['收下后断线', 'takes it, then breaks off'],
  password_changed: ['密码已更换', 'password changed'],
  throttled: ['发信限频', 'sender throttled'],
  greeting_limited: ['连接限频', 'too many connections'],
  silent_domain: ['收件域不应答', 'silent for silent.test'],
  off: ['关', 'off'],
  on: ['开', 'on'],
  encrypted: ['安全模式', 'encrypted'],
  compatible: ['兼容模式', 'plain and encrypted'],
  plain: ['明文模式', 'plain'],
  once: ['一次', 'once'],
  thrice: ['三次', 'three times'],
};
const gatewayModes = [
  'working',
  'refusing',
  'busy',
  'down',
  'slow',
  'misconfigured',
  'overdue',
  'day_limit',
];
const controls = [
  {
    path: '/control/gateway/aliyun',
    current: (state) => state.gateways.aliyun,
    title: '短信网关：阿里云',
    en: 'SMS: Aliyun',
    modes: gatewayModes,
  },
  {
    path: '/control/gateway/tencent',
    current: (state) => state.gateways.tencent,
    title: '短信网关：腾讯云',
    en: 'SMS: Tencent',
    modes: gatewayModes,
  },
  {
    path: '/control/authority',
    current: (state) => state.authority,
    title: '身份核验权威库',
    en: 'Identity authority',
    modes: ['working', 'down', 'slow', 'source_down', 'quota'],
  },
  {
    path: '/control/records',
    current: (state) => state.records,
    title: '学籍学历等档案',
    en: 'Gateway of records',
    modes: ['working', 'down', 'slow', 'source_down', 'quota'],
  },
  {
    path: '/control/ministry',
    current: (state) => state.ministry,
    title: '教育部账号登录',
    en: 'Ministry’s sign-in',
    modes: ['working', 'down', 'slow', 'wrong_keys'],
  },
  {
    path: '/control/mail',
    current: (state) => state.mail,
    title: '邮件服务',
    en: 'Mail: SMTP and DirectMail',
    modes: [
      'working',
      'busy',
      'refusing',
      'down',
      'dropping',
      'password_changed',
      'throttled',
      'greeting_limited',
      'silent_domain',
    ],
  },
  {
    path: '/control/mail-scanner',
    current: (state) => state.mailScanner,
    title: '邮件扫描器',
    en: 'Opens every link first',
    modes: ['off', 'on'],
  },
  {
    path: '/control/wechat',
    current: (state) => state.wechat,
    title: '微信接口',
    en: 'WeChat’s API',
    modes: ['working', 'busy', 'down', 'slow'],
  },
  {
    path: '/control/wechat-encryption',
    current: (state) => state.wechatEncryption,
    title: '微信推送加密',
    en: 'How pushes are written',
    modes: ['encrypted', 'compatible', 'plain'],
  },
  {
    path: '/control/wechat-repeat',
    current: (state) => state.wechatRepeat,
    title: '微信推送次数',
    en: 'Pushes of the same',
    modes: ['once', 'thrice'],
  },
];

let citizens = [];
let messages = [];
let shown = '';

/**
 * The place is kept in the hash, `#19900000001` or `#19900000001/wechat`; for mail with the mailbox after it,
 * `#19900000001/mail/a@b.test`.
 */
function place() {
  const [mobile = '', tab = 'phone', address = ''] = location.hash.slice(1).split('/');
  return { mobile, tab: tabs.has(tab) ? tab : 'phone', address: decodeURIComponent(address) };
}
const hashOf = (mobile, tab) => `#${mobile}${tab === 'phone' ? '' : `/${tab}`}`;
const hashOfMailbox = (address) =>
  `${hashOf(place().mobile, 'mail')}/${encodeURIComponent(address)}`;

function showMessages() {
  const { mobile } = place();
  const mine = messages.filter((message) => message.mobile === mobile);
  const state = JSON.stringify([mobile, citizens.length, messages.map((message) => message.id)]);
  if (state === shown) return;
  shown = state;

  const owner = citizens.find((citizen) => citizen.mobile === mobile);
  byId('owner').textContent = [mobile, owner?.name].filter(Boolean).join('　') || '未选择号码';
  byId('messages').replaceChildren(
    ...mine.map((message) => {
      const bubble = el('div', { className: 'bubble' }, message.text);
      const { code } = message;
      const button = code === null ? '' : copyButton(`复制验证码 ${code}`, code);
      return el('li', {}, time(message.atMs), bubble, button);
    }),
  );
  byId('messages').lastElementChild?.scrollIntoView({ block: 'nearest' });
  byId('no-messages').hidden = mine.length > 0;
  byId('no-messages').replaceChildren(
    mobile === '' ? '先选择或输入一个号码。' : '还没有短信。',
    el('br'),
    en(mobile === '' ? 'Choose or type a number.' : 'No messages yet. This page refreshes itself.'),
  );

  const newest = new Map(messages.map((message) => [message.mobile, message]));
  const others = citizens.map((citizen) => citizen.mobile).filter((each) => !newest.has(each));
  byId('conversations').replaceChildren(
    ...[...[...newest.keys()].toReversed(), ...others].map((each) => {
      const name = citizens.find((citizen) => citizen.mobile === each)?.name ?? '';
      const code = newest.get(each)?.code ?? null;
      const note = code === null ? '' : `验证码 ${code}`;
      return listLink(hashOf(each, 'phone'), `${each}　${name}`, note, each === mobile);
    }),
  );
}

function showCitizens() {
  byId('mobiles').replaceChildren(
    ...citizens.map((citizen) => el('option', { value: citizen.mobile }, citizen.name)),
  );
  byId('citizen-rows').replaceChildren(
    ...citizens.map((citizen) => {
      const [outcome, kind] = outcomes[citizen.outcome];
      return el(
        'tr',
        {},
        el('td', {}, citizen.name),
        el(
          'td',
          {},
          citizen.number,
          el('small', {}, documents[citizen.documentType]),
          citizen.travelPermitNumber ? el('small', {}, `通行证 ${citizen.travelPermitNumber}`) : '',
          citizen.localDocumentNumber
            ? el('small', {}, `当地证件 ${citizen.localDocumentNumber}`)
            : '',
        ),
        el(
          'td',
          {},
          citizen.validity.start,
          el('small', {}, citizen.validity.end === null ? '长期' : `至 ${citizen.validity.end}`),
        ),
        el('td', {}, el('a', { href: hashOf(citizen.mobile, 'phone') }, citizen.mobile)),
        el(
          'td',
          {},
          el('span', { className: `outcome ${kind}` }, outcome),
          el('small', {}, citizen.note.zh),
          en(citizen.note.en),
        ),
      );
    }),
  );
  byId('ctid-citizens').replaceChildren(
    ...citizens
      .filter((citizen) => citizen.documentType === 'resident_identity_card')
      .toSorted((a, b) => (b.outcome === 'recently_changed') - (a.outcome === 'recently_changed'))
      .map((citizen) => {
        const button = el('button', { type: 'button', disabled: citizen.hasCtid });
        button.textContent = citizen.hasCtid ? '已开通' : '开通网证';
        button.setAttribute('aria-label', `${button.textContent} ${citizen.name}`);
        button.addEventListener('click', async () => {
          await ask('/ctid', { number: citizen.number });
          await loadCitizens();
        });
        return el(
          'li',
          {},
          el(
            'div',
            {},
            el('strong', {}, citizen.name),
            el('span', {}, citizen.number),
            citizen.outcome === 'recently_changed'
              ? el('small', {}, '刚换新证 recently changed')
              : '',
          ),
          button,
        );
      }),
  );
}

async function showFaults() {
  const state = await ask('/control');
  byId('faults').replaceChildren(
    ...controls.map((control) =>
      el(
        'fieldset',
        {},
        el('legend', {}, `${control.title} `, en(control.en)),
        ...control.modes.map((mode) => {
          const radio = el('input', { type: 'radio', name: control.path, value: mode });
          radio.checked = mode === control.current(state);
          radio.addEventListener('change', () => ask(control.path, { mode }));
          return el('label', {}, radio, el('span', {}, modes[mode][0], en(modes[mode][1])));
        }),
      ),
    ),
  );
}

async function loadCitizens() {
  citizens = await ask('/citizens');
  showCitizens();
}

function showPlace() {
  const { mobile, tab, address } = place();
  for (const panel of document.querySelectorAll('[data-panel]')) {
    panel.hidden = panel.dataset.panel !== tab;
  }
  for (const link of document.querySelectorAll('[data-tab]')) {
    link.href = hashOf(mobile, link.dataset.tab);
    if (link.dataset.tab === tab) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  byId('mobile').value = mobile;
  byId('address').value = address;
  showMessages();
  showMail(address, hashOfMailbox);
  if (tab === 'faults') void showFaults();
  if (tab === 'wechat') void showWeChat(mobile);
  if (tab === 'ctid' || tab === 'citizens') void loadCitizens();
}

async function poll() {
  try {
    if (citizens.length === 0) await loadCitizens();
    messages = await ask('/phone/messages');
    byId('offline').hidden = true;
    showMessages();
    const { tab, address } = place();
    if (tab === 'mail') await refreshMail(address, hashOfMailbox);
    if (tab === 'wechat') await refreshWeChat();
  } catch {
    byId('offline').hidden = false;
  }
  setTimeout(() => void poll(), pollMs);
}

byId('choose').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = hashOf(byId('mobile').value, 'phone');
});
byId('choose-mailbox').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = hashOfMailbox(byId('address').value.trim().toLowerCase());
});
byId('person').addEventListener('change', (event) => {
  location.hash = hashOf(event.target.value, 'wechat');
});
async function verifyAddress() {
  byId('verified').textContent = '…';
  const { isVerified, detail } = await ask('/wechat/verify', {});
  byId('verified').textContent = isVerified ? '通过 verified' : `未通过 not verified: ${detail}`;
}
byId('verify').addEventListener('click', () => void verifyAddress());
addEventListener('hashchange', showPlace);
showPlace();
void poll();
