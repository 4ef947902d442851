import { render } from 'preact';
import { App, fetchPage } from './pages/App';
import { createPage } from './state/create';
import { PageContext } from './state/page';
import { routeOf } from './state/route';

const root = document.querySelector('#page');
const code = fetchPage(routeOf(location.pathname).page);
const page = await createPage();
await code;
if (root) {
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}
