import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from '@gfx/zopfli';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** What runs first, the pages that people come in by, and what draws the pictures of games, for which these do not wait. */
const ENTRANCES = { core: 'main', match: 'pages/Match', picture: 'parts/Drawn', home: 'pages/Home', lobby: 'pages/Lobby' };

/** Which of them need a module. */
function neededBy(id: string, modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>): string[] {
  return Object.entries(ENTRANCES).flatMap(([name, file]) => {
    const needed = new Set([`${import.meta.dirname}/src/${file}.tsx`]);
    for (const each of needed) for (const part of modules.getModuleInfo(each)?.importedIds ?? []) needed.add(part);
    return needed.has(id) ? [name] : [];
  });
}

/** The file of a module that entrances need. */
function fileOf(id: string, modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>): string | null {
  const needed = neededBy(id, modules);
  if (needed.length < 2) return needed[0] ?? null;
  return needed[0] === 'match' && needed.includes('picture') ? 'scene' : 'core';
}

/** A group with what is to be in that file: groups take what their modules import along, so their order counts. */
function named(file: string): Rolldown.CodeSplittingGroup {
  return { debugName: file, name: (id, modules) => (fileOf(id, modules) === file ? file : null) };
}

/**
 * Few files: each is packed better than its parts, asks once, and a browser has six lines to a server. What every page
 * needs is one, with what little else is shared; then what a match needs as well as a picture, and what one entrance
 * needs. The rest is cut up as the bundler sees fit.
 */
const groups: Rolldown.CodeSplittingGroup[] = [
  named('core'),
  { name: 'words', test: /words\/en-more/u },
  named('scene'),
  { debugName: 'one', name: fileOf },
];

/** What is there before anything is fetched. */
const LOADED = /\/(core\.js|index\.css|rolldown-runtime\.js)$/u;

/** Puts `src/preload.ts` in the place of Vite's own, which is 1 kB larger. */
function ownPreload(): Plugin {
  return {
    name: 'own-preload',
    enforce: 'pre',
    apply: 'build',
    resolveId: (source) => (source.endsWith('vite/preload-helper.js') ? join(import.meta.dirname, 'src/preload.ts') : null),
  };
}

/** Beside each text that is built its gzip, 4 % smaller than a server makes it in passing, and made once. */
function packed(): Plugin {
  const pack = promisify(gzip);
  let folder = '';
  return {
    name: 'packed',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    closeBundle: async () => {
      for (const name of (await readdir(folder, { recursive: true })).filter((file) => /\.(js|css|html|svg)$/u.test(file))) {
        await writeFile(join(folder, `${name}.gz`), await pack(await readFile(join(folder, name)), {}));
      }
    },
  };
}

/** What is built is committed, under names that stay: see docs/decisions/the-built-page-is-committed.md. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [ownPreload(), packed()],
  build: {
    minify: 'terser', // 2 % smaller than without it
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } },
    target: ['chrome111', 'firefox115', 'safari16.4'],
    outDir: '../static',
    emptyOutDir: true,
    manifest: 'chunks.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: (_, files) => files.filter((file) => !LOADED.test(file)) },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name].js',
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
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 60_000, // each is quick, on a machine that does nothing else
  },
});
