import { documentOfPortal, parsePortals, portals } from '@shiming/domain';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

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

export default defineConfig({
  plugins: [solid(), noPreloads, portalDocument],
  build: {
    target: oldestBrowsers,
    cssTarget: oldestBrowsers,
    // Documents and budget read the manifest.
    manifest: true,
    // One stylesheet, so that print rules stay last.
    cssCodeSplit: false,
    // Nothing inline: the content security policy allows no inline script or style.
    // Documents name the modules of their page; a list of everybody's in the entry would be 1.8 KB of every visit.
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // A name beside the hash would be sent with every import: 0.5 KB of a form's page. The manifest knows which is which.
        chunkFileNames: 'assets/[hash].js',
        // What pages need together compresses better together than apart: all pages, forms, those about a document.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              // What every page starts with, whole, so that no chunk of it waits for another; and what nearly all pages need.
              name: (id, graph) => (startsWith(graph, id) || nearlyAlways.test(id) ? 'base' : null),
              test: /preload-helper|[\\/]node_modules[\\/]solid-js[\\/]|[\\/]web[\\/]src[\\/].*(?<![\\/]main)\.tsx?$|[\\/]domain[\\/]src[\\/](?:calendar|page-version)\.ts/,
            },
            {
              name: 'identity',
              test: /[\\/]src[\\/]identity[\\/](?:printed|validity)|[\\/]domain[\\/]src[\\/]identity\.ts/,
            },
            {
              name: 'validity',
              test: /[\\/]domain[\\/]src[\\/]documents[\\/]validity\.ts|[\\/]ui[\\/]date-parts\.tsx/,
            },
            {
              name: 'document-fields',
              test: /[\\/]src[\\/](?:registration[\\/](?:document-fields|card-picture|document\.zh)|identity[\\/]card-sketch)\.tsx?/,
            },
            {
              name: 'document',
              test: /[\\/]domain[\\/]src[\\/]documents[\\/](?:documents|travel-permit)\.ts/,
            },
            {
              name: 'documents',
              test: /[\\/]src[\\/]copy[\\/](?:documents|documents\.zh)\.ts/,
            },
            {
              name: 'guardian',
              test: /[\\/]src[\\/](?:guardian[\\/]lazy-code-field|guardian-age)\.ts/,
            },
            {
              name: 'own',
              test: /[\\/]src[\\/](?:ui[\\/]read|session[\\/]signed-in)\.tsx?/,
            },
            { name: 'action', test: /[\\/]src[\\/]ui[\\/](?:action|dialog)\.tsx/ },
            {
              name: 'code',
              test: /[\\/]src[\\/](?:code[\\/](?:code-page\.zh|not-sent|code\.zh|code)|ui[\\/](?:countdown|code-field))\.tsx?/,
            },
            {
              name: 'photo',
              test: /[\\/]src[\\/](?:shared[\\/](?:photo-names\.zh|orientation)|review[\\/](?:review\.zh|copy|photo[\\/](?:look|uploads|fit-jpeg)))\.ts/,
            },
            {
              name: 'records',
              test: /[\\/]src[\\/]records[\\/](?:records\.zh|copy|needs|words\.zh)\.tsx?/,
            },
            {
              name: 'care',
              test: /[\\/]src[\\/]organisation[\\/](?:care\.zh|care-copy|signed-in|asked-password)\.tsx?/,
            },
            {
              name: 'link',
              test: /[\\/]src[\\/]shared[\\/]link-(?:page|secret)\.tsx?/,
            },
            {
              name: 'profile',
              test: /[\\/]src[\\/](?:profile[\\/](?:ethnicity|options)|shared[\\/](?:county-name|field-text|identity-rows|identity-rows\.zh)|account[\\/](?:identity-facts|missing-fields))\.tsx?/,
            },
            {
              name: 'form',
              test: /[\\/]src[\\/](?:form[\\/]create-form|copy[\\/]form-problems|ui[\\/](?:choices|field|form-body|submit-button|text-field))|[\\/]domain[\\/]src[\\/](?:answers|parsed|text)\.ts/,
            },
          ],
        },
      },
    },
  },
  // The console of staff is built by itself: applicants carry nothing of it, not even a seam between the two.
  builder: {},
  environments: {
    console: {
      consumer: 'client',
      build: {
        outDir: 'dist',
        emptyOutDir: false,
        copyPublicDir: false,
        manifest: '.vite/console.json',
        rolldownOptions: { input: 'console.html' },
      },
    },
  },
  // Safari 14 has no module workers.
  worker: { format: 'iife' },
});
