// The repository, and versions on their way to nodes.
import {empty, fill, h, text} from '../dom.js';
import {get, upload} from '../api.js';
import {chip, nodeLink} from '../parts.js';
import {rolloutForm} from '../rollout-form.js';
import {rolloutList} from '../rollouts.js';
import {table} from '../table.js';
import {bytes, dateTime} from '../units.js';
import * as store from '../store.js';

const AGAIN_MS = 3000;

export function show({root, query, signal}) {
  let algorithms = [];
  const rows = table({
    caption: 'Algorithms and their versions',
    sort: 'name',
    key: it => `${it.name} ${it.version}`,
    columns: [
      {key: 'name', label: 'Algorithm', value: it => `${it.name} ${it.version}`, show: it => h('strong', {}, it.name)},
      {key: 'version', label: 'Version', value: it => it.version, show: it => chip(it.version, it.nodes.length ? 'info' : '')},
      {key: 'nodes', label: 'Runs at', wrap: true, value: it => it.nodes.length, show: runsAt},
      {key: 'bundle', label: 'Bundle', wide: 'wider', value: it => it.bundle},
      {key: 'bytes', label: 'Size', num: true, wide: true, value: it => it.bytes ?? 0, show: it => (it.bytes ? bytes(it.bytes) : '–')},
      {key: 'uploaded', label: 'Kept since', wide: true, value: it => it.uploaded ?? '', show: it => (it.uploaded ? dateTime(it.uploaded).slice(0, 16) : 'in containers only')},
    ],
  });
  const nothing = h('div');
  const form = rolloutForm(query, () => algorithms, signal);
  root.append(
      h('div.title', {}, h('h1', {}, 'Algorithms')),
      h('div.algorithms', {},
          h('div.stack', {},
              h('section.panel', {'aria-label': 'Versions'}, h('header', {}, h('h2', {}, 'Versions')), rows.element, nothing),
              h('section.panel', {'aria-label': 'Rollouts'}, h('header', {}, h('h2', {}, 'Rollouts')), rolloutList(signal))),
          h('div.stack', {}, drop(load),
              h('section.panel', {'aria-label': 'New rollout'}, h('header', {}, h('h2', {}, 'Roll a version out')), h('div.body', {}, form.element)))));

  let timer = 0;
  async function load() {
    clearTimeout(timer);
    try {
      algorithms = (await get('api/algorithms', signal)).algorithms;
      const list = algorithms.flatMap(({name, versions}) => versions.map(it => ({...it, name, nodes: it.nodes ?? []})));
      rows.set(list);
      rows.element.hidden = list.length === 0;
      fill(nothing, list.length ? null : empty('No algorithm is known yet.', 'Drop a bundle here, or start a container that has some.'));
      form.offer();
    } catch (e) {
      if (e.name !== 'AbortError' && !algorithms.length) fill(nothing, h('div.body', {}, h('p.trouble', {role: 'alert'}, e.message)));
    }
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(load, AGAIN_MS);
  }
  let soon = 0;
  store.on('nodes', () => {
    clearTimeout(soon);
    soon = setTimeout(load, 400);
  }, signal);
  store.on('rollouts', load, signal);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    clearTimeout(soon);
  });
  load();
}

const NAMED = 6;

function runsAt({nodes}) {
  if (!nodes.length) return h('span.muted', {}, 'no node');
  const known = nodes.map(id => ({id, name: store.nodes.get(id)?.name ?? id})).sort(store.byName);
  const named = known.slice(0, NAMED).flatMap(({id, name}, i) => [i ? ', ' : '', nodeLink(id, name)]);
  return [h('span', {class: 'count'}, `${nodes.length} `), h('span.muted.small', {}, '(', named, nodes.length > NAMED ? ` and ${nodes.length - NAMED} more` : '', ')')];
}

/** Where bundles are dropped, or chosen. */
function drop(after) {
  const file = h('input', {type: 'file', accept: '.jar', multiple: true, hidden: true, 'aria-label': 'Bundle', onchange: () => take(file.files)});
  const bar = h('progress', {max: 1, value: 0, hidden: true, 'aria-label': 'Upload'});
  const said = h('p.result', {role: 'status', id: 'upload-result'});
  const element = h('section.drop', {'aria-label': 'Upload', id: 'drop'},
      h('h2', {}, 'Drop a bundle here'), h('p.hint', {}, 'It is checked before it is kept. Nothing runs until it is rolled out.'),
      h('button', {type: 'button', onclick: () => file.click()}, 'Choose a file'), file, bar, said);
  const over = on => e => {
    e.preventDefault();
    element.classList.toggle('over', on);
  };
  element.addEventListener('dragenter', over(true));
  element.addEventListener('dragover', over(true));
  element.addEventListener('dragleave', over(false));
  element.addEventListener('drop', e => {
    over(false)(e);
    take(e.dataTransfer.files);
  });

  async function take(files) {
    for (const one of files) {
      bar.hidden = false;
      bar.value = 0;
      said.classList.remove('bad');
      text(said, `Sending ${one.name}, ${bytes(one.size)}…`);
      try {
        const kept = await upload(one, part => { bar.value = part; });
        const offered = (kept.algorithms ?? []).join(', ');
        text(said, `${kept.bundle} ${kept.version} ${kept.status === 200 ? 'was kept already' : 'is kept'}; it offers ${offered || 'nothing'}.`);
      } catch (e) {
        said.classList.add('bad');
        text(said, `${one.name}: ${e.message}`);
      }
      bar.hidden = true;
      after();
    }
    file.value = '';
  }
  return element;
}
