import { documentOfPortal, parsePortals, portals } from '@shiming/domain';
import {
  type BuildEnvironmentOptions,
  defineConfig,
  type EnvironmentOptions,
  type Plugin,
} from 'vite';
import solid from 'vite-plugin-solid';
import { chunkOf } from './chunks.ts';

/**
 * Chromium of Chinese desktop browsers and Android WebViews (87), and iOS 14: what applicants still use. Chrome is not named:
 * up to 90 it fails where arguments are spread into an optional call, and for that every `?.` of the pages would be written out (0.4 KB of a visit).
 * `pnpm budget` finds such a call.
 */
const oldestBrowsers = ['es2020', 'safari14'];

/**
 * Vite calls every lazy import by a helper that preloads a list of chunks. Without lists, the import is all there is; the helper
 * stays for those that take something out of what they import.
 */
const noPreloads: Plugin = {
  name: 'no-preloads',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
  renderChunk(code) {
    const plain = code.replace(
      /__vitePreload\(\(\) => (import\([^()]*\)), __VITE_PRELOAD__\)/g,
      '$1',
    );
    return plain === code ? null : { code: plain, map: null };
  },
};

const words = /\.(zh|en)\.ts$/;

/**
 * The pages are written with Chinese words of their own and lazy English ones. Built for English visits they have it the other way
 * round, so that every visit loads the words of one language, and compressed with their page.
 */
const englishPages: Plugin = {
  name: 'english-pages',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'english',
  resolveId(source, importer, options) {
    if (!words.test(source) || importer === undefined || words.test(importer)) return null;
    const other = source.replace(words, (_, own) => (own === 'zh' ? '.en.ts' : '.zh.ts'));
    return this.resolve(other, importer, { ...options, skipSelf: true });
  },
  transform: {
    filter: { id: words },
    handler: (code) => {
      const [, own] = /^export const (zh|en)\b/m.exec(code) ?? [];
      if (own === undefined) return null;
      return { code: `${code}\nexport { ${own} as ${own === 'zh' ? 'en' : 'zh'} };`, map: null };
    },
  },
};

/** While developing, the document is the portal's whose address is asked for; built documents are made of the template. */
const portalDocument: Plugin = {
  name: 'portal-document',
  apply: 'serve',
  transformIndexHtml: {
    order: 'pre',
    handler(html, { originalUrl = '/' }) {
      const places = parsePortals(process.env['PORTALS'] ?? portals[0]?.id ?? '');
      const place = places.find(
        ({ prefix }) => prefix !== '' && `${originalUrl}/`.startsWith(`${prefix}/`),
      );
      return documentOfPortal(html, place ?? places[0]);
    },
  },
};

/** These import nothing that a page does not start with. */
const nearlyAlways = /[\\/]src[\\/](?:copy[\\/]format|form[\\/](?:kept|refusals))\.ts$/;

interface Graph {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** Whether the script of the document imports a module, by way of others or not, before any lazy import. */
function startsWith(graph: Graph, id: string, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const module = graph.getModuleInfo(id);
  if (module === null) return false;
  return module.isEntry || module.importers.some((importer) => startsWith(graph, importer, seen));
}

/** What is built in a language, in chunks of what pages need together. */
const pagesIn = (own: 'zh' | 'en', build: BuildEnvironmentOptions): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    ...build,
    rolldownOptions: {
      ...build.rolldownOptions,
      output: {
        // A name beside the hash would be sent with every import: 0.5 KB of a form's page. The manifest knows which is which.
        chunkFileNames: 'assets/[hash].js',
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: 'base',
              // What every page starts with, whole, so that no chunk of it waits for another; and what nearly all pages need.
              name: (id, graph) => (startsWith(graph, id) || nearlyAlways.test(id) ? 'base' : null),
              test: /preload-helper|[\\/]node_modules[\\/]solid-js[\\/]|[\\/]web[\\/]src[\\/].*(?<![\\/]main)\.tsx?$|[\\/]domain[\\/]src[\\/](?:calendar|page-version)\.ts/,
            },
            { debugName: 'together', name: (id) => chunkOf(id, own) },
          ],
        },
      },
    },
  },
});

export default defineConfig({
  plugins: [englishPages, solid(), noPreloads, portalDocument],
  build: {
    target: oldestBrowsers,
    cssTarget: oldestBrowsers,
    // One stylesheet, so that print rules stay last.
    cssCodeSplit: false,
    // Nothing inline: the content security policy allows no inline script or style.
    // Documents name the modules of their page; a list of everybody's in the entry would be 1.8 KB of every visit.
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  builder: {},
  environments: {
    client: pagesIn('zh', { manifest: '.vite/manifest.json' }),
    english: pagesIn('en', {
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      manifest: '.vite/english.json',
      rolldownOptions: { input: 'index.html' },
    }),
    // The console of staff is built by itself: applicants carry nothing of it, not even a seam between the two.
    console: pagesIn('zh', {
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      manifest: '.vite/console.json',
      rolldownOptions: { input: 'console.html' },
    }),
  },
  // Safari 14 has no module workers.
  worker: { format: 'iife' },
});
