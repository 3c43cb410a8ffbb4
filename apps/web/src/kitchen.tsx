import { groupNumber, parseDocumentAnswers, teacherPortal } from '@shiming/domain';
import { createForm } from './form/create-form.ts';
import { Chip, Countdown, FailureNote, Facts, Note, Reveal, Stamp } from './ui/blocks.tsx';
import { Checkbox, RadioCards, Select } from './ui/choices.tsx';
import { CodeField } from './ui/code-field.tsx';
import { DateParts } from './ui/date-parts.tsx';
import { Page, StepLine } from './ui/page.tsx';
import { PasswordField } from './ui/password-field.tsx';
import { Puzzle } from './puzzle/puzzle.tsx';
import { SubmitButton } from './ui/submit-button.tsx';
import { NumberGroupedField, TextField } from './ui/text-field.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Show } from 'solid-js';

function paint(w: number, h: number, draw: (c: CanvasRenderingContext2D) => void) {
  const c = document.createElement('canvas'); c.width = w; c.height = h; draw(c.getContext('2d')!); return c.toDataURL();
}
export function Kitchen() {
  const form = createForm({
    initial: { documentType: 'resident_identity_card', number: '', name: '', validityStart: { year: '2019', month: '', day: '' }, validityTerm: '10', hasConsented: false, password: 'abc1', code: '402918', ethnicity: '' },
    validate: (v) => parseDocumentAnswers(v, teacherPortal, '2026-11-21'),
    submit: async () => {},
  });
  const dlg = new URLSearchParams(location.search).has('dialog');
  return (
    <Page title="您的身份证件" backTo="/" step={<StepLine flow="注册" at={1} of={4} />} form={form} lead="除注明选填外均为必填。">
      <form class="stack" novalidate onSubmit={(e) => form.submit(e)}>
        <RadioCards field={form.field('documentType')} label="证件类型" options={[
          { value: 'resident_identity_card', label: '居民身份证' }, { value: 'hmt', label: '港澳台居民居住证' },
          { value: 'tw', label: '台湾居民来往大陆通行证', note: '五年有效期' }]} />
        <TextField field={form.field('name')} label="姓名" hint="与证件一致。名字里有间隔号的，用下面的按钮。" tools={<button type="button" class="link small">插入 ·</button>} />
        <NumberGroupedField field={form.field('number')} label="证件号码" group={groupNumber} after="女，1995 年 8 月 15 日出生" />
        <DateParts field={form.field('validityStart')} label="有效期从哪天开始" hint="看证件背面「有效期限」，可以整行粘贴" />
        <RadioCards field={form.field('validityTerm')} label="有效多久" options={[{ value: '10', label: '10 年' }, { value: 'x', label: '长期', note: '发证时年满 46 周岁才有', disabled: true }]} />
        <Note>证件上应写着 <b class="num">2019.12.24–2029.12.24</b>，请核对。</Note>
        <PasswordField field={form.field('password')} label="密码" autocomplete="new-password" withRules />
        <CodeField field={form.field('code')} label="6 位验证码" hint={<>已发到 <span class="num">139*****82</span>，<Countdown endsAtMs={Date.now() + 252_000} />内有效。</>} />
        <Select field={form.field('ethnicity')} label="民族" optional options={[{ value: '01', label: '汉族' }]} />
        <Puzzle
          load={async () => ({ id: 'a', width: 320, height: 160, pieceSize: 48, y: 60,
            background: paint(320, 160, (c) => { c.fillStyle = '#9db7c9'; c.fillRect(0, 0, 320, 160); c.fillStyle = '#6f94a8'; c.fillRect(0, 90, 320, 70); c.fillStyle = 'rgba(28,36,48,.45)'; c.fillRect(196, 60, 48, 48); }),
            piece: paint(48, 48, (c) => { c.fillStyle = '#dfe9ee'; c.fillRect(0, 0, 48, 48); c.fillStyle = '#6f94a8'; c.fillRect(0, 30, 48, 18); }) })}
          solve={async () => ({ ticket: 't' })} loadProofOfWork={async () => JSON.parse(new URLSearchParams(location.search).get('pow') ?? '{}') as object}
          solveProofOfWork={async (solution) => { (globalThis as never as { solution: string }).solution = solution; return { ticket: 't' }; }} onTicket={() => {}} />
        <Checkbox field={form.field('hasConsented')} label={<>我同意为核验身份处理我的证件号码（敏感个人信息），见<a href="/privacy">隐私说明</a></>} />
        <SubmitButton isBusy={false}>继续</SubmitButton>
      </form>
      <Reveal title="没收到短信？"><p>等 38 秒可以重新获取，今天还剩 1 次。</p></Reveal>
      <div class="card row between"><div class="tight"><h2>实名核验成功</h2><p class="soft">2026 年 11 月 21 日 19:42，由公安部门数据核验。现在可以办理业务。</p></div><Stamp /></div>
      <Facts rows={[{ term: '姓名', value: '古丽·买买提' }, { term: '证件', value: <>居民身份证 <span class="num">11**************27</span></>, action: <button type="button" class="link">显示</button> }, { term: '今天', value: <>一致 <Chip tone="ok">计 1 次</Chip> 没有回应 <Chip>不计次</Chip></> }]} />
      <Note tone="warn">改过姓名、而且已经报过名的，请到认定系统重新提交一次报名信息。</Note>
      <Note tone="ok">已保存。</Note>
      <FailureNote failure={{ code: 'service.unavailable' }} onRetry={() => {}} />
      <div class="row"><a class="btn" href="/">去办理教师资格认定</a><a class="btn plain" href="/">回到个人中心</a><a class="btn quiet" href="/">教育部账号登录</a></div>
      <Show when={dlg}><Dialog title="快要自动退出了" onCancel={() => {}}><p>您有一会儿没有操作。为保护您的信息，时间到后会自动退出。</p><div class="row"><button type="button" class="btn">继续使用</button><button type="button" class="btn plain">退出</button></div></Dialog></Show>
    </Page>
  );
}
