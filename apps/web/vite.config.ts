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
        // What every page with a form needs compresses better together than apart.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'form',
              test: /[\\/]src[\\/](?:ui[\\/](?:choices|date-parts|field|submit-button|text-field)|identity[\\/](?!.*\.en\.))|[\\/]domain[\\/]src[\\/](?:answers|calendar|identity|name|parsed|text|validity)\.ts/,
            },
          ],
        },
      },
    },
  },
  // Safari 14 has no module workers.
  worker: { format: 'iife' },
});
