import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import preset from 'postcss-preset-mantine';
import { defineConfig, type Plugin } from 'vite';
import { paths } from './src/paths';

/**
 * Links the stylesheets behind what the page shows before the application has come, which needs none of them: in the
 * head they would hold it up. Scripts still wait for them, and what the application writes comes after them.
 */
const linkStylesheetsBehindShell: Plugin = {
  name: 'link-stylesheets-behind-shell',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? [];
      return links
        .reduce((page, link) => page.replace(link, ''), html)
        .replace(/ *<div id="root">/, (root) => links.join('') + root);
    },
  },
};

/** Tells the edge which addresses have a page. */
const listPaths: Plugin = {
  name: 'list-paths',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'paths.json', source: JSON.stringify(paths) });
  },
};

/** Built into dist/web, which the edge serves; in development the API is that of a running platform. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), linkStylesheetsBehindShell, listPaths],
  css: { postcss: { plugins: [preset()] } },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        manualChunks: (id: string) =>
          /node_modules\/(react|react-dom|react-router|scheduler)\//.test(id) ? 'react' : undefined,
      },
    },
  },
  server: { proxy: { '/api': process.env['NOIVIEC_URL'] ?? 'http://127.0.0.1:8080' } },
});
