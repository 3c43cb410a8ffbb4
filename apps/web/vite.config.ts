import { documentOfPortal, parsePortals, portals } from '@shiming/domain';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

/** Chromium of Chinese desktop browsers and Android WebViews, and iOS 14: what applicants still use. */
const oldestBrowsers = ['es2020', 'chrome87', 'safari14'];

/** Vite calls every lazy import by a helper that preloads a list of chunks. Without lists, the import is all there is. */
const noPreloads: Plugin = {
  name: 'no-preloads',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
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
        // What pages need together compresses better together than apart: all pages, forms, those about a document.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              // None of these imports anything but these: chunks that import each other run in no certain order.
              name: 'base',
              test: /preload-helper|[\\/]node_modules[\\/]solid-js[\\/]|[\\/]src[\\/]router[\\/]router\.tsx|[\\/]src[\\/](?:api|clock|drawn-from|portal|form[\\/](?:kept|refusals)|copy[\\/](?:define-copy|failures|format|language|ui|ui\.zh))\.ts|[\\/]domain[\\/]src[\\/](?:calendar|page-version)\.ts/,
            },
            {
              name: 'identity',
              test: /[\\/]src[\\/]identity[\\/](?:printed|validity)|[\\/]domain[\\/]src[\\/]identity\.ts/,
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
              test: /[\\/]src[\\/](?:ui[\\/]read|session[\\/]signed-in|proof[\\/]with-proof)\.tsx?/,
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
