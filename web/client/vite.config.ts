import type { Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** The two pages that most people come in by. */
const ENTRANCES = ['Home', 'Match'];

/** Which of them need a module. */
function neededBy(id: string, modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>): string[] {
  return ENTRANCES.filter((page) => {
    const needed = new Set([`${import.meta.dirname}/src/pages/${page}.tsx`]);
    for (const each of needed) for (const part of modules.getModuleInfo(each)?.importedIds ?? []) needed.add(part);
    return needed.has(id);
  });
}

/**
 * Few files: each is packed better than its parts, and asks once. What every page needs is one, what both entrances need
 * beyond that another, and then what one of them needs; the rest is cut up as the bundler sees fit.
 */
const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'core', tags: ['$initial'] },
  { debugName: 'both', name: (id, modules) => (neededBy(id, modules).length > 1 ? 'scene' : null) },
  { debugName: 'one', name: (id, modules) => neededBy(id, modules)[0]?.toLowerCase() ?? null },
];

/** What is built is committed, under names that stay: see docs/decisions/the-built-page-is-committed.md. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome111', 'firefox115', 'safari16.4'],
    outDir: '../static',
    emptyOutDir: true,
    manifest: 'chunks.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/page.js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
        codeSplitting: { groups },
        minifyInternalExports: false, // a page that was loaded before an upgrade may fetch code of after it
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8000',
      '/ws': { target: 'ws://127.0.0.1:8000', ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
