/** What fetches the code of a page with all that it needs: the small part of Vite's own, which this replaces. */

/** `load` fetches the code; `files` are that and what it stands on. Styles are there before the code runs. */
// oxlint-disable-next-line no-underscore-dangle -- Vite calls it so
export function __vitePreload<M>(load: () => Promise<M>, files: readonly string[] = []): Promise<M> {
  return Promise.all(files.map((file) => linked(`/${file}`))).then(load);
}

function linked(href: string): Promise<unknown> | null {
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const style = href.endsWith('.css');
  const link = document.createElement('link');
  link.rel = style ? 'stylesheet' : 'modulepreload';
  link.crossOrigin = ''; // as it is asked for by the headers of the document
  link.href = href;
  document.head.append(link);
  if (!style) return null;
  return new Promise((loaded, failed) => {
    link.addEventListener('load', loaded);
    link.addEventListener('error', () => {
      link.remove(); // the next who needs it tries again
      failed(new Error(`no ${href}`));
    });
  });
}
