import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { documentOfPortal, pathOf, type PortalPlace } from '@shiming/domain';
import {
  type Language,
  languages,
  type Manifest,
  manifests,
  readManifest,
  staticClosure,
} from './manifest.ts';
import { webDist } from './paths.ts';
import type { Painted, PaintOrder } from './paint.ts';
import { readPortals } from './settings.ts';

const tags: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/**
 * The pages that are the same for everybody who has not begun anything. The Worker finds the document of a page by the
 * `name`, which is its path, and of the first page `home`.
 */
const publicPages = [
  { path: '/', module: 'src/home/home.tsx' },
  { path: '/login', module: 'src/login/login.tsx' },
  { path: '/register', module: 'src/registration/start.tsx' },
  // Of these the one that the portal's registration begins with.
  { path: '/register/document', module: 'src/registration/document.tsx' },
  { path: '/register/contact', module: 'src/registration/contact.tsx' },
  { path: '/recovery', module: 'src/recovery/identify.tsx' },
  { path: '/undo', module: 'src/contact/undo.tsx' },
  { path: '/help', module: 'src/about/help.tsx' },
  { path: '/privacy', module: 'src/about/privacy.tsx' },
  { path: '/agreement', module: 'src/about/agreement.tsx' },
  { path: '/accessibility', module: 'src/about/accessibility.tsx' },
].map((page) => ({ ...page, name: page.path.slice(1) || 'home' }));

/** Pages of the signed-in that are opened by their address: each begins as the frame, with its own scripts on the way. */
const ownPages = {
  account: 'src/account/account.tsx',
  face: 'src/face/page.tsx',
  'account/profile': 'src/account/profile.tsx',
  'account/verification': 'src/verification/verification.tsx',
  'account/review': 'src/review/review.tsx',
  'account/security': 'src/account/security.tsx',
  'account/notices': 'src/notice/notices.tsx',
  'account/data': 'src/data/data.tsx',
  home: 'src/home/home.tsx',
};

/** A path whose page waits for an answer: what it shows until then is the frame of every other page. */
const waitingPath = '/account';

/** Opens the built pages in a thread of its own, which is a browser's page as far as they can tell. */
function paint(order: PaintOrder): Promise<Painted[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./paint.ts', import.meta.url), { workerData: order });
    thread.once('error', reject);
    thread.once('message', (painted: Painted[]) => {
      resolve(painted);
      void thread.terminate();
    });
  });
}

/** The scripts that a page runs when it opens: its own, and what they import. */
function scriptsOf(manifest: Manifest, module: string | null): Set<string> {
  const files = staticClosure(manifest, 'index.html');
  if (module !== null) staticClosure(manifest, module, files);
  return files;
}

/**
 * The document of one page. The stylesheet comes first and the scripts come last, with low priority: until the page is
 * painted the network is for what paints it. Browsers that know `expect` do not paint half of it.
 */
function documentOf(
  template: string,
  { html, title }: { html: string; title: string },
  [entry = '', ...scripts]: Iterable<string>,
  language: Language,
): string {
  const built = /^\s*<(?:script type="module"|link rel="(?:modulepreload|stylesheet)").*\n/gm;
  const [stylesheet] = /<link rel="stylesheet"[^>]*>/.exec(template) ?? [];
  const empty = '<div id="app"></div>';
  if (stylesheet === undefined || !template.includes(empty)) {
    throw new Error('index.html is not built as its documents are made.');
  }
  const preloads = scripts.map(
    (file) => `<link rel="modulepreload" crossorigin href="/${file}" fetchpriority="low">`,
  );
  return template
    .replace(built, '')
    .replace(/<html lang="[^"]*"/, `<html lang="${tags[language]}"`)
    .replace(/<title>[^<]*/, () => `<title>${title}`)
    .replace(
      /(<meta charset[^>]*>)/,
      `$1\n    ${stylesheet}\n    <link rel="expect" href="#main" blocking="render">`,
    )
    .replace(empty, () =>
      [
        `<div id="app" data-painted>${html}</div>`,
        ...preloads,
        `<script type="module" crossorigin src="/${entry}" fetchpriority="low"></script>`,
      ].join('\n    '),
    );
}

/** Where a portal's documents lie: those of one that stands at `/` lead nowhere else. */
const folderOf = ({ portal, prefix }: PortalPlace) =>
  prefix === '' ? `_first/${portal.id}` : portal.id;

const write = (folder: string, name: string, language: Language, document: string) => {
  const file = join(webDist, `pages/${folder}/${name}.${language}.html`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, document);
};

/**
 * Writes the documents of the applicants' pages into `pages/` of the built SPA, of each portal, in both languages: the public pages as
 * somebody sees them who is not signed in, and the frame of all others, for somebody who is signed in and for others.
 */
export async function prerender(): Promise<void> {
  const built = readFileSync(join(webDist, 'index.html'), 'utf8');
  const writePages = async (place: PortalPlace, language: Language): Promise<void> => {
    const manifest = readManifest(manifests[language]);
    const template = documentOfPortal(built, place);
    const siteTitle = place.portal.name.zh;
    const { prefix } = place;
    const [entry = ''] = scriptsOf(manifest, null);
    const order = { entry: join(webDist, entry), template, language, prefix };
    const { register } = place.portal.flows;
    const [first] = register.steps.map((step) => pathOf(register, step));
    const ofPortal = publicPages.filter(
      ({ path }) => path === first || !path.startsWith(`${register.path}/`),
    );
    const paths = ofPortal.map(({ path }) => path);
    const [pages, [other], [signedIn]] = await Promise.all([
      paint({ ...order, paths, isSignedIn: false, isFrame: false }),
      paint({ ...order, paths: [waitingPath], isSignedIn: false, isFrame: true }),
      paint({ ...order, paths: [waitingPath], isSignedIn: true, isFrame: true }),
    ]);
    const put = (name: string, painted: Painted | undefined, module: string | null): void => {
      if (painted === undefined) throw new Error(`${name} was not painted.`);
      const document = documentOf(template, painted, scriptsOf(manifest, module), language);
      write(folderOf(place), name, language, document);
    };
    for (const [index, { name, module }] of ofPortal.entries()) put(name, pages[index], module);
    put('_other', other && { ...other, title: siteTitle }, null);
    const frame = signedIn && { ...signedIn, title: siteTitle };
    put('_signed-in', frame, null);
    for (const [name, module] of Object.entries(ownPages)) put(`_signed-in/${name}`, frame, module);
  };
  for (const place of readPortals()) {
    await Promise.all(languages.map((language) => writePages(place, language)));
  }
  rmSync(join(webDist, 'index.html'));
}
