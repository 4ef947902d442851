import { defineConfig } from 'vite';

/** For people who work on the renderer: never part of what ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'esnext', outDir: '../../../build/gallery', emptyOutDir: true },
});
