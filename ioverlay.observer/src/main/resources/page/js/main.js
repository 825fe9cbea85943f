// The frame: which view is shown, the connection, the theme.
import {announce, empty, fill, h} from './dom.js';
import {duration} from './units.js';
import * as store from './store.js';

const views = {
  overview: () => import('./views/overview.js'),
  map: () => import('./views/map.js'),
  graph: () => import('./views/graph.js'),
  node: () => import('./views/node.js'),
  algorithms: () => import('./views/algorithms.js'),
  events: () => import('./views/events.js'),
};

const content = document.getElementById('content');
let showing = new AbortController();
let shown = 0;

async function show() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = (path || 'overview').split('/');
  showing.abort();
  showing = new AbortController();
  const {signal} = showing;
  for (const link of document.querySelectorAll('#nav a')) {
    if (link.hash === `#/${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  try {
    const view = Object.hasOwn(views, name) ? await views[name]() : {show: ({root}) => nowhere(root, decoded(name))};
    if (signal.aborted) return;
    fill(content);
    const done = view.show({root: content, id: rest.map(decoded).join('/'), query: new URLSearchParams(query), signal});
    const title = content.querySelector('h1')?.textContent ?? name;
    document.title = `${title} · iOverlay`;
    if (shown++) content.focus({preventScroll: true}); // a link was followed: go on reading there
    announce(title);
    scrollTo(0, 0);
    await done;
  } catch (e) {
    if (signal.aborted) return;
    console.error(e);
    fill(content, empty('This view could not be loaded.', 'Reload the page; the observer may have been restarted.'));
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a % that encodes nothing
  }
}

function nowhere(root, name) {
  const links = [...document.querySelectorAll('#nav a')].flatMap((link, i) => [i ? ', ' : '', h('a', {href: link.hash}, link.textContent)]);
  root.append(h('div.title', {}, h('h1', {}, 'No such view')), h('section.panel', {'aria-label': 'No such view'},
      empty(`There is no view “${name}”.`, 'There are ', ...links, '.')));
}

function connection() {
  const {state, since} = store.connection;
  const box = document.getElementById('connection');
  const banner = document.getElementById('banner');
  box.dataset.state = state;
  document.getElementById('connection-text').textContent =
      state === 'live' ? 'Live' : state === 'lost' ? 'No connection' : 'Connecting';
  banner.hidden = state !== 'lost';
  if (state === 'lost') {
    const said = `The observer does not answer for ${duration(Date.now() - since)}. Nodes go on without it; this page reconnects by itself.`;
    banner.firstChild ? banner.firstChild.data = said : banner.append(said);
  }
}

const THEMES = ['system', 'light', 'dark'];

function theme(chosen) {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  document.getElementById('theme').textContent = `Theme: ${chosen}`;
  document.dispatchEvent(new Event('theme'));
}

document.getElementById('theme').addEventListener('click', () => {
  const now = document.documentElement.dataset.theme ?? 'system';
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  try {
    localStorage.setItem('theme', next);
  } catch {
    // It holds for this page, then.
  }
  theme(next);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new Event('theme')));
document.querySelector('.skip').addEventListener('click', e => {
  e.preventDefault(); // the hash is the route
  content.focus();
});

theme(document.documentElement.dataset.theme ?? 'system');
fill(content, h('p.hint', {}, 'Loading…'));
store.on('connection', connection);
setInterval(() => store.connection.state === 'lost' && connection(), 1000);
addEventListener('hashchange', show);
store.connect();
show();
