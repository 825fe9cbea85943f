// All at a glance: sums, nodes, what happened last.
import {empty, fill, h, options, text} from '../dom.js';
import {create} from '../node-create.js';
import {logLine, nodeLink, slotsText, spark, stateChip} from '../parts.js';
import {table} from '../table.js';
import {bytes, count, rate, rateParts, time} from '../units.js';
import * as store from '../store.js';

const EVENTS = 30;

export function show({root, signal}) {
  const figures = sums(signal);
  const search = h('input', {type: 'search', placeholder: 'Filter by name, id, algorithm', 'aria-label': 'Filter nodes', oninput: draw});
  const state = options(h('select', {'aria-label': 'State', onchange: draw}), [['', 'Any state'], ['live', 'Live'], ['lost', 'Lost']], '');
  const shown = h('span.hint', {role: 'status'});
  const nodes = table({
    caption: 'Nodes',
    sort: 'name',
    key: node => node.id,
    rowClass: node => (node.state === 'live' ? '' : 'lost'),
    columns: [
      {key: 'name', label: 'Node', value: node => node.name, show: node => nodeLink(node.id, node.name)},
      {key: 'id', label: 'Address', wide: true, value: node => node.id},
      {key: 'state', label: 'State', value: node => node.state, show: node => stateChip(node.state)},
      {key: 'seen', label: 'Seen', num: true, wide: 'wider', value: node => node.seen ?? '', show: node => time(node.seen)},
      {key: 'slots', label: 'Algorithm', value: slotsText},
      {key: 'in', label: 'In', num: true, value: node => node.inBytesPerSecond ?? 0, show: node => rate(node.inBytesPerSecond)},
      {key: 'out', label: 'Out', num: true, value: node => node.outBytesPerSecond ?? 0, show: node => rate(node.outBytesPerSecond)},
      {key: 'queue', label: 'Queue', num: true, wide: true, value: node => node.queuedBytes ?? 0, show: node => bytes(node.queuedBytes)},
      {key: 'links', label: 'Links in/out', num: true, wide: true, value: node => (node.upstreams ?? 0) + (node.downstreams ?? 0),
        show: node => `${node.upstreams ?? 0} / ${node.downstreams ?? 0}`},
      {key: 'swaps', label: 'Swaps', num: true, wide: true, value: swaps, show: node => count(swaps(node))},
    ],
  });
  const nothing = h('div');
  const log = h('ul.log', {'aria-live': 'polite', 'aria-relevant': 'additions', tabIndex: 0, role: 'list', 'aria-label': 'Recent events'});

  root.append(
      h('div.title', {}, h('h1', {}, 'Overview')),
      figures,
      h('div.overview', {},
          h('section.panel', {'aria-label': 'Nodes'}, h('header', {}, h('h2', {}, 'Nodes'), shown, h('div.tools', {}, state, search, h('button', {type: 'button', id: 'new-node', onclick: create}, 'New node…'))), nodes.element, nothing),
          h('section.panel', {'aria-label': 'Events'}, h('header', {}, h('h2', {}, 'Recent events'), h('div.tools', {}, h('a.small', {href: '#/events'}, 'All'))), log)));

  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const all = [...store.nodes.values()];
    const list = all.filter(node => (!state.value || node.state === state.value)
        && (!wanted || [node.name, node.id, slotsText(node), node.location?.label].join(' ').toLowerCase().includes(wanted)));
    nodes.set(list);
    nodes.element.hidden = list.length === 0;
    text(shown, list.length === all.length ? '' : `${list.length} of ${all.length}`);
    if (list.length) fill(nothing);
    else if (!store.loaded) fill(nothing, empty('Loading…'));
    else if (all.length) fill(nothing, empty('No node matches.', 'Change the filter.'));
    else fill(nothing, empty('No node has registered yet.', 'Start some with ', h('code', {}, 'run/overlay up --nodes 12'), ', or point a container at this observer.'));
  }

  function events(happening) {
    if (happening && log.children.length && !log.querySelector('.empty')) {
      log.prepend(logLine(happening));
      while (log.children.length > EVENTS) log.lastChild.remove();
    } else if (store.log.length) fill(log, store.log.slice(0, EVENTS).map(it => logLine(it)));
    else fill(log, h('li.empty', {}, 'Nothing has happened yet.'));
  }

  store.on('nodes', draw, signal);
  store.on('log', events, signal);
  draw();
  events();
}

const swaps = node => (node.slots ?? []).reduce((sum, slot) => sum + (slot.swaps ?? 0), 0);

function sums(signal) {
  const value = () => [h('span'), h('span.unit')];
  const figure = (name, ...parts) => h('div.figure', {}, h('dt', {}, name), h('dd', {}, parts));
  const [live, lost] = [h('span', {id: 'total-live'}), h('span.note')];
  const applications = h('span');
  const [inward, inUnit] = value();
  const [outward, outUnit] = value();
  const swapped = h('span', {id: 'total-swaps'});
  const running = h('span');
  const [inLine, outLine] = [spark(), spark()];
  const element = h('dl.figures', {'aria-label': 'Totals'},
      figure('Nodes live', live, lost), figure('Applications', applications),
      figure('In', inward, inUnit, inLine.element), figure('Out', outward, outUnit, outLine.element),
      figure('Swaps', swapped, h('span.note', {}, 'since these nodes began')), figure('Rollouts running', running));
  function draw() {
    const sum = store.totals();
    text(live, count(sum.live));
    text(lost, sum.lost ? `${sum.lost} lost` : store.loaded ? 'none lost' : '');
    lost.classList.toggle('bad', sum.lost > 0);
    text(applications, count(sum.applications.size));
    for (const [number, unit, bytesPerSecond] of [[inward, inUnit, sum.inward], [outward, outUnit, sum.outward]]) {
      const [n, u] = rateParts(bytesPerSecond);
      text(number, n);
      text(unit, u);
    }
    text(swapped, count(sum.swaps));
    text(running, count(sum.running));
    inLine.set(store.points.map(point => point.inward));
    outLine.set(store.points.map(point => point.outward));
  }
  store.on('nodes', draw, signal);
  store.on('rollouts', draw, signal);
  draw();
  return element;
}
