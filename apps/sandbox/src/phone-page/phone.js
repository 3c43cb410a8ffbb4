const tabs = new Set(['phone', 'ctid', 'citizens', 'faults']);
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
  refusing: ['拒发', 'refuses numbers'],
  busy: ['繁忙', 'asks to slow down'],
  down: ['中断', 'no connection'],
  slow: ['缓慢', 'late answers'],
  misconfigured: ['配置错误', 'signature not approved'],
  quota: ['次数超限', 'quota used up'],
};
const gatewayModes = ['working', 'refusing', 'busy', 'down', 'slow', 'misconfigured'];
const controls = [
  {
    path: '/control/gateway/aliyun',
    title: '短信网关：阿里云',
    en: 'SMS: Aliyun',
    modes: gatewayModes,
  },
  {
    path: '/control/gateway/tencent',
    title: '短信网关：腾讯云',
    en: 'SMS: Tencent',
    modes: gatewayModes,
  },
  {
    path: '/control/authority',
    title: '身份核验权威库',
    en: 'Identity authority',
    modes: ['working', 'down', 'slow', 'quota'],
  },
];

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

let citizens = [];
let messages = [];
let shown = '';

function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
const byId = (id) => document.querySelector(`#${id}`);
const en = (text) => el('small', { lang: 'en' }, text);

/** The place is kept in the hash, `#19900000001` or `#19900000001/ctid`. */
function place() {
  const [mobile = '', tab = 'phone'] = location.hash.slice(1).split('/');
  return { mobile, tab: tabs.has(tab) ? tab : 'phone' };
}
const hashOf = (mobile, tab) => `#${mobile}${tab === 'phone' ? '' : `/${tab}`}`;

async function ask(path, body) {
  const response = await fetch(path, {
    cache: 'no-store',
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function copy(button, code) {
  await navigator.clipboard.writeText(code);
  button.textContent = '已复制';
}

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
      const button = el('button', { type: 'button' }, `复制验证码 ${message.code}`);
      button.addEventListener('click', () => copy(button, message.code));
      const bubble = el('div', { className: 'bubble' }, message.text);
      const time = el('time', { dateTime: new Date(message.atMs).toISOString() });
      time.textContent = clock.format(message.atMs);
      return el('li', {}, time, bubble, button);
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
      const link = el('a', { href: hashOf(each, 'phone') });
      if (each === mobile) link.setAttribute('aria-current', 'true');
      const name = citizens.find((citizen) => citizen.mobile === each)?.name ?? '';
      link.append(
        el('span', {}, `${each}　${name}`),
        el('small', {}, newest.has(each) ? `验证码 ${newest.get(each).code}` : ''),
      );
      return el('li', {}, link);
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
  const { gateways, authority } = await ask('/control');
  const current = [gateways.aliyun, gateways.tencent, authority];
  byId('faults').replaceChildren(
    ...controls.map((control, index) =>
      el(
        'fieldset',
        {},
        el('legend', {}, `${control.title} `, en(control.en)),
        ...control.modes.map((mode) => {
          const radio = el('input', { type: 'radio', name: control.path, value: mode });
          radio.checked = mode === current[index];
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
  const { mobile, tab } = place();
  for (const panel of document.querySelectorAll('[data-panel]')) {
    panel.hidden = panel.dataset.panel !== tab;
  }
  for (const link of document.querySelectorAll('[data-tab]')) {
    link.href = hashOf(mobile, link.dataset.tab);
    if (link.dataset.tab === tab) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  byId('mobile').value = mobile;
  showMessages();
  if (tab === 'faults') void showFaults();
  if (tab === 'ctid' || tab === 'citizens') void loadCitizens();
}

async function poll() {
  try {
    if (citizens.length === 0) await loadCitizens();
    messages = await ask('/phone/messages');
    byId('offline').hidden = true;
    showMessages();
  } catch {
    byId('offline').hidden = false;
  }
  setTimeout(() => void poll(), pollMs);
}

byId('choose').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = hashOf(byId('mobile').value, 'phone');
});
addEventListener('hashchange', showPlace);
showPlace();
void poll();
