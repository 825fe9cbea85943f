// The log: what happened, who asked for it, what algorithms said.
import {empty, fill, h, options} from '../dom.js';
import {get, Problem} from '../api.js';
import {logLine, segments} from '../parts.js';
import * as store from '../store.js';

const PAGE = 100;
const MOST = 1000;
const KINDS = ['command', 'rollout', 'upload', 'swap', 'trace', 'node.joined', 'node.lost', 'node.created', 'node.removed',
  'node.failed', 'node.configured', 'node.refused', 'node.restored', 'node.waiting', 'node.away', 'link.up', 'link.failed', 'link.closed',
  'link.broken', 'slot.parked', 'slot.resumed', 'slot.returned', 'trial.ended', 'algorithm.failed', 'application.started',
  'application.stopped', 'application.failed', 'network.changed', 'weight.changed', 'bundle.retired', 'bundle.unloaded', 'bundle.stays',
  'request.refused', 'shadow.started', 'shadow.ended', 'turn.slow', 'turn.condemned', 'tap.failed', 'container.sick', 'data.opened',
  'data.refused', 'log.omitted'];

export function show({root, query, signal}) {
  let following = true;
  let asked = 0;
  const kind = h('select', {'aria-label': 'Kind', onchange: load});
  const node = h('select', {'aria-label': 'Node', onchange: load});
  const search = h('input', {type: 'search', placeholder: 'Search sentences', 'aria-label': 'Search', value: query.get('text') ?? '', oninput: soon});
  const list = h('ul.log.full', {'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-label': 'Events'});
  const older = h('button', {type: 'button', onclick: more}, 'Show older');
  const foot = h('div.body', {hidden: true}, older);
  const csv = h('a.button', {download: 'log.csv'}, 'CSV');
  const json = h('a.button', {download: 'log.json'}, 'JSON');
  options(kind, [['', 'All kinds'], ...KINDS.map(it => [it, it === 'trace' ? 'trace: what algorithms say' : it])], query.get('kind') ?? '');
  let wanted = query.get('node') ?? '';
  const offer = () => {
    const chosen = wanted || node.value;
    wanted = '';
    const there = store.sorted().map(it => [it.id, it.name]);
    // One that has ended, or that the page does not know yet, is filtered for all the same.
    if (chosen && there.every(([id]) => id !== chosen)) there.push([chosen, chosen]);
    options(node, [['', 'All nodes'], ...there], chosen);
  };
  root.append(
      h('div.title', {}, h('h1', {}, 'Events'), h('div.tools', {},
          segments('New events', [[true, 'Follow'], [false, 'Hold']], true, value => {
            following = value;
            if (value) load();
          }), csv, json)),
      h('section.panel', {'aria-label': 'Log'}, h('div.filters', {}, kind, node, search), list, foot));
  store.on('nodes', offer, signal);
  store.on('log', happening => {
    if (!following) return;
    if (!happening) load();
    else if (matches(happening)) {
      list.querySelector('.empty, .trouble')?.remove();
      list.prepend(logLine(happening, true));
      while (list.children.length > MOST) list.lastChild.remove();
    }
  }, signal);
  offer();
  load();

  function filter() {
    const wanted = new URLSearchParams();
    if (kind.value) wanted.set('kind', kind.value);
    if (node.value) wanted.set('node', node.value);
    if (search.value.trim()) wanted.set('text', search.value.trim());
    return wanted;
  }

  // As the observer finds them among those that it keeps.
  function matches(it) {
    const words = search.value.trim().toLowerCase();
    return (!kind.value || it.kind === kind.value) && (!node.value || it.node === node.value)
        && (!words || `${it.sentence} ${JSON.stringify(it.detail ?? {})} ${it.who} ${it.name}`.toLowerCase().includes(words));
  }

  let typing = 0;
  function soon() {
    clearTimeout(typing);
    typing = setTimeout(load, 250);
  }

  async function load() {
    const wanted = filter();
    history.replaceState(null, '', `#/events${wanted.size ? `?${wanted}` : ''}`);
    csv.href = `api/log?${new URLSearchParams([...wanted, ['limit', 10000], ['format', 'csv']])}`;
    json.href = `api/log?${new URLSearchParams([...wanted, ['limit', 10000], ['format', 'json']])}`;
    await page(wanted, true);
  }

  async function more() {
    const last = list.lastElementChild?.dataset.number;
    if (!last) return;
    await page(new URLSearchParams([...filter(), ['before', last]]), false);
  }

  async function page(wanted, fresh) {
    const mine = ++asked;
    wanted.set('limit', PAGE);
    try {
      const {log, more: rest} = await get(`api/log?${wanted}`, signal);
      if (mine !== asked) return;
      const lines = log.map(it => {
        const line = logLine(it, true);
        line.dataset.number = it.number;
        return line;
      });
      if (fresh) fill(list, lines);
      else list.append(...lines);
      foot.hidden = !rest;
      if (!list.children.length) {
        fill(list, h('li.empty', {}, h('span'), empty('Nothing like that has happened.', wanted.size > 1 ? 'Change the filter.' : 'What nodes and people do appears here.')));
      }
    } catch (e) {
      if (e instanceof Problem && fresh) fill(list, h('li.trouble', {role: 'alert'}, h('span'), e.message));
    }
  }
}
