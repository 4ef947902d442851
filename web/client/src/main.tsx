import { render } from 'preact';
import { App, fetchPage } from './pages/App';
import { createPage } from './state/create';
import { PageContext } from './state/page';
import { routeOf } from './state/route';

/** A function, and not the module itself, may wait: the code that is fetched imports what stands in the same file. */
async function open(root: Element): Promise<void> {
  const code = fetchPage(routeOf(location.pathname).page);
  const page = await createPage();
  await code;
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}

const root = document.querySelector('#page');
if (root) void open(root);
