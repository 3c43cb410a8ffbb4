import { parsePasswordAnswers } from '@shiming/domain';
import { A, useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { failureSentence } from '../copy/failures.ts';
import { createForm } from '../form/create-form.ts';
import { useSession } from '../session/session.tsx';
import { type DeadLink, LinkPage, type OpenLink, usedLink } from '../shared/link-page.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { donePath, startPath } from './shared.tsx';
import { mailCopy as copy } from './mail-copy.ts';
import { Num } from '../ui/blocks.tsx';

/** T-PWD-02: the page a mail's link opens. */
export function ByLinkPage() {
  return (
    <LinkPage
      title={copy().linkTitle}
      open={(link) => api.recovery.openLink.mutate({ link })}
      dead={(why) => <Dead why={why} />}
    >
      {(link) => <Choose {...link} />}
    </LinkPage>
  );
}

function Dead(props: { why: DeadLink }) {
  const isUsed = () => usedLink(props.why) !== undefined;
  const sentence = () => failureSentence(usedLink(props.why) ?? { code: 'link.expired' });
  return (
    <Page title={isUsed() ? copy().usedTitle : copy().expiredTitle}>
      <p>{sentence()}</p>
      <div class="row">
        <A class="btn" href={isUsed() ? '/login' : startPath}>
          {isUsed() ? copy().toSignIn : copy().startAgain}
        </A>
        <A class="btn plain" href={isUsed() ? startPath : '/login'}>
          {isUsed() ? copy().startAgain : copy().toSignIn}
        </A>
      </div>
    </Page>
  );
}

function Choose(props: OpenLink<{ maskedNumber: string }>) {
  const navigate = useNavigate();
  const session = useSession();
  const form = createForm({
    initial: { password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, {}),
    async submit(typed) {
      await api.recovery.resetByLink.mutate({ ...typed, link: props.secret });
      await session.refresh();
      navigate(donePath, { replace: true, state: { isDone: true } });
    },
    on: props.on,
  });
  return (
    <Page
      title={copy().linkTitle}
      lead={
        <>
          {copy().account}
          <Num strong>{props.opened.maskedNumber}</Num>
        </>
      }
      form={form}
    >
      <FormBody of={form} submit={copy().reset}>
        <NewPassword
          form={form}
          label={copy().password}
          hint={copy().hint}
          again={copy().passwordAgain}
        />
      </FormBody>
    </Page>
  );
}
