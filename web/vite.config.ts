import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const ROOT = import.meta.dirname;

/**
 * Builds the page into dist/web. The server puts a fresh nonce where `__CSP_NONCE__` stands, so that only our own scripts and styles run.
 * `npx vite web` serves it for work on the page, with the interface of a `plumbline serve` on its usual port behind it.
 */
export default defineConfig({
  root: ROOT,
  base: '/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: join(ROOT, '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    // A content policy forbids data: addresses of scripts and fonts.
    assetsInlineLimit: 0,
    // Bundled packages are passed on, and their licences ask for their text beside them.
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:7448' } },
});
