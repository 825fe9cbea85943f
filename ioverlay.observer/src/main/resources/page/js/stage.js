// What stands around a scene: buttons, the card of the node that is pointed at, the legend, the list of nodes.
import {fill, h, options, svg} from './dom.js';
import {get} from './api.js';
import {dark, Palette} from './colours.js';
import {nodeLink, slotsText} from './parts.js';
import {Scene} from './scene.js';
import {rate} from './units.js';
import * as store from './store.js';

const TOPOLOGY_MS = 2000;

/**
 * A canvas with all that belongs to it.
 *
 * @param {string} name what it is, for whoever does not see it
 * @param {object} hooks of the scene
 * @returns {{element, list, scene, palette, legend: (entries) => void, empty: (...children) => void}}
 */
export function stage(name, hooks, signal) {
  const canvas = h('canvas', {tabIndex: 0, role: 'img', 'aria-label':
      `${name}. Arrow keys move it, plus and minus zoom, 0 shows all, N and P go from node to node, Enter opens one. The list below has the same nodes.`});
  const card = h('div.card', {hidden: true});
  const keys = h('div.legend', {hidden: true});
  const nothing = h('div.empty', {hidden: true});
  const button = (label, sign, does) => h('button', {type: 'button', 'aria-label': label, title: label, onclick: does}, sign);
  // Nothing that could be clicked lies over the canvas: each node is to be reached where it is drawn.
  const element = h('div.stage', {}, h('div.sight', {}, canvas, card, nothing), h('div.foot', {}, keys, h('div.zoom', {},
      button('Zoom out', '−', () => scene.zoom(1 / 1.5)), button('Zoom in', '+', () => scene.zoom(1.5)),
      button('Show all', '⤢', () => scene.fit()))));
  const items = h('ul.nodelist');
  const list = h('details', {}, h('summary', {}, 'Nodes as a list'), items);
  const scene = new Scene(canvas, {
    ...hooks,
    open: id => { location.hash = `#/node/${encodeURIComponent(id)}`; },
    hover: node => {
      const full = node && store.nodes.get(node.id);
      card.hidden = !full;
      if (full) {
        fill(card, h('strong', {}, full.name), `${full.id} · ${full.state}`, h('br'), slotsText(full), h('br'),
            `in ${rate(full.inBytesPerSecond)}, out ${rate(full.outBytesPerSecond)}`,
            full.location?.label ? [h('br'), full.location.label] : null);
      }
    },
  }, signal);
  store.on('log', happening => {
    if (!happening?.node) return;
    const {kind, node, detail} = happening;
    const end = String(detail?.outcome ?? '').toLowerCase();
    if (kind === 'swap') scene.mark(node, end === 'switched' ? 'ok' : 'bad');
    else if (/\.(failed|lost|broken|condemned|removed)$/.test(kind)) scene.mark(node, 'bad');
    else if (/\.(returned|parked)$/.test(kind)) scene.mark(node, 'warn');
  }, signal);
  let listed = '';
  let keyed = '';
  return {
    element,
    list,
    scene,
    palette: new Palette(),
    /** Which colour is which; entries of [colour, text]. */
    legend(entries) {
      const now = JSON.stringify(entries);
      if (now === keyed) return;
      keyed = now;
      keys.hidden = entries.length === 0;
      fill(keys, entries.map(([colour, said]) => h('span', {}, svg('svg', {viewBox: '0 0 12 12', 'aria-hidden': 'true'},
          svg('circle', {cx: 6, cy: 6, r: 5, fill: colour})), said)));
    },
    /** What to say where there is nothing to draw; nothing if there is. */
    empty(...children) {
      nothing.hidden = children.length === 0;
      fill(nothing, children);
    },
    nodes(nodes) {
      const now = nodes.map(node => node.id + node.name).join();
      if (now !== listed) fill(items, nodes.map(node => h('li', {}, nodeLink(node.id, node.name), ' ', h('span.muted.small', {}, node.id))));
      listed = now;
    },
  };
}

/** The slot whose version is shown for an application: its own, else the one for all. */
export function slotFor(node, application) {
  const slots = node.slots ?? [];
  return slots.find(slot => slot.application === application) ?? slots.find(slot => slot.application === 0) ?? slots[0];
}

/** How a node is drawn: coloured by the version that serves the application. */
export function look(node, application, palette) {
  const slot = slotFor(node, application);
  return {
    id: node.id, name: node.name, lost: node.state !== 'live',
    colour: slot ? palette.colour(`${slot.algorithm} ${slot.version}`) : dark() ? '#8794a3' : '#6b7785',
    version: slot ? `${slot.algorithm} ${slot.version}` : 'no algorithm',
    ring: (node.applications ?? []).some(it => /source/.test(it.type) && (!application || it.application === application)),
  };
}

/** Entries of a legend for nodes that were looked at. */
export function legendOf(looks) {
  const seen = new Map();
  for (const it of looks) seen.set(it.version, [it.colour, (seen.get(it.version)?.[1] ?? 0) + 1]);
  return [...seen].sort(([a], [b]) => a.localeCompare(b, 'en', {numeric: true})).map(([version, [colour, n]]) => [colour, `${version} × ${n}`]);
}

/**
 * A choice of application, and its topology, asked for again and again while the view is there.
 *
 * @param {(topology) => void} take
 */
export function topologies(query, signal, take) {
  const select = h('select', {'aria-label': 'Application', onchange: ask});
  let wanted = query.get('app') ?? '';
  const offer = () => {
    options(select, [['', 'All applications'], ...store.applications().map(id => [id, `Application ${id}`])], wanted);
  };
  let timer = 0;
  async function ask(e) {
    if (e) {
      wanted = select.value;
      history.replaceState(null, '', `${location.hash.split('?')[0]}${wanted ? `?app=${wanted}` : ''}`);
    }
    clearTimeout(timer);
    try {
      const topology = await get(`api/topology${wanted ? `?app=${wanted}` : ''}`, signal);
      if (!signal.aborted) take(topology);
    } catch {
      // The banner says that there is no connection; what is drawn stays.
    }
    if (!signal.aborted) timer = setTimeout(ask, TOPOLOGY_MS);
  }
  signal.addEventListener('abort', () => clearTimeout(timer));
  store.on('nodes', offer, signal);
  offer();
  ask();
  return {select, application: () => Number(wanted) || 0};
}
