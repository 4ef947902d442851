import { defineConfig } from 'vitest/config';

/** For people who work on the renderer, and for the test that draws every game: never part of what ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'esnext', outDir: '../../../build/gallery', emptyOutDir: true },
  test: { environment: 'happy-dom', include: ['*.test.tsx'] },
});
