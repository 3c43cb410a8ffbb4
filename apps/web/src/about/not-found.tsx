import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { Page } from '../ui/page.tsx';
import { zh } from './not-found.zh.ts';

const copy = defineCopy(zh, () => import('./not-found.en.ts'));

export function NotFound() {
  return (
    <Page title={copy().title} lead={copy().lead}>
      <div class="row">
        <A class="btn" href="/">
          {copy().home}
        </A>
        <A class="btn plain" href="/help">
          {copy().help}
        </A>
      </div>
    </Page>
  );
}
