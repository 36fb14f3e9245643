// Starts GraphiQL in a browser, with each example in a tab of its own.
import { examples, fingerprint } from './examples.js';

const { GraphiQL, React, ReactDOM } = globalThis;
const { createElement } = React;

const PREFIX = 'gatepost ';

/**
 * Apart from any other GraphiQL at this origin, and begun anew with other examples: old tabs would hide the new ones.
 *
 * @returns `null` where the browser lets nobody keep anything.
 */
function storage() {
  const namespace = `${PREFIX}${fingerprint}`;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !key.startsWith(`${namespace}:`)) localStorage.removeItem(key);
    }
    return GraphiQL.createLocalStorage({ namespace });
  } catch {
    return null;
  }
}

const logo = createElement(
  GraphiQL.Logo,
  null,
  createElement('a', { className: 'graphiql-logo-link', href: '/docs' }, 'Gatepost'),
);
const graphiql = createElement(
  GraphiQL,
  {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultTabs: examples.map((query) => ({ query })),
    storage: storage(),
    // Nothing here is asked with headers.
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
  },
  logo,
);
ReactDOM.createRoot(document.getElementById('graphiql')).render(graphiql);
