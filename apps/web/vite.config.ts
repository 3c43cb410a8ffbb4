import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/** Chromium of Chinese desktop browsers and Android WebViews, and iOS 14: what applicants still use. */
const oldestBrowsers = ['es2020', 'chrome87', 'safari14'];

export default defineConfig({
  plugins: [solid()],
  build: {
    target: oldestBrowsers,
    cssTarget: oldestBrowsers,
    // The Worker reads the manifest to name the modules of each route.
    manifest: true,
    // One stylesheet, so that print rules stay last.
    cssCodeSplit: false,
    // Nothing inline: the content security policy allows no inline script or style.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What pages need together compresses better together than apart: forms, and those about a document.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'identity',
              test: /[\\/]src[\\/](?:ui[\\/]date-parts|identity[\\/](?:card|printed|validity))|[\\/]domain[\\/]src[\\/](?:identity|validity)\.ts/,
            },
            {
              name: 'form',
              test: /[\\/]src[\\/]ui[\\/](?:choices|field|submit-button|text-field)|[\\/]domain[\\/]src[\\/](?:answers|calendar|parsed|text)\.ts/,
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
