// One node: what moves through it, what decides that, and how to steer it.
import {empty, fill, h, text} from '../dom.js';
import {get, nodePath} from '../api.js';
import {actions} from '../node-actions.js';
import {caps} from '../node-caps.js';
import {throughput} from '../node-chart.js';
import {applicationRows, linkRows, slotRows} from '../node-tables.js';
import {logLine, stateChip} from '../parts.js';
import {dateTime, duration, rate} from '../units.js';
import * as store from '../store.js';

const POLL_MS = 1500;
const EVENTS = 12;

export function show({root, id: asked, signal}) {
  const found = [...store.nodes.values()].find(node => node.id === asked || node.name === asked);
  const id = found?.id ?? asked;
  const title = h('h1', {}, found?.name ?? id);
  const state = h('span');
  const facts = h('div.facts');
  const trouble = h('p.trouble', {role: 'alert', hidden: true});
  const chart = throughput(id, signal);
  const links = linkRows();
  const slots = slotRows(id, poll);
  const seats = applicationRows(id, poll);
  const sliders = caps(id, poll, signal);
  const doing = actions(id, poll, signal);
  const json = h('pre.json', {tabIndex: 0, 'aria-label': 'Status as JSON'});
  const raw = h('details', {ontoggle: () => draw()}, h('summary', {}, 'Status as JSON'), json);
  const log = h('ul.log', {'aria-live': 'polite', 'aria-label': 'Events of this node'});
  const panel = (name, ...body) => h('section.panel', {'aria-label': name}, h('header', {}, h('h2', {}, name), body[0]?.tools ?? null), body[0]?.tools ? body.slice(1) : body);
  root.append(
      h('div.node-head', {}, title, state, facts), trouble,
      h('div.node-grid', {},
          h('div.stack', {},
              panel('Throughput', {tools: h('div.tools', {}, chart.tools)}, h('div.body', {}, chart.element)),
              panel('Links', links.element),
              panel('Slots', slots.element),
              panel('Applications', seats.element),
              h('section.panel', {'aria-label': 'State'}, h('div.body', {}, raw))),
          h('div.stack', {},
              panel('Bandwidth', h('div.body', {}, sliders.element)),
              panel('Actions', h('div.body', {}, doing.element)),
              panel('Events', log))));

  let node = found ?? null;
  let timer = 0;

  function draw() {
    const known = store.nodes.get(id) ?? node;
    if (!known) return;
    text(title, known.name);
    document.title = `${known.name} · iOverlay`;
    if (state.dataset.state !== known.state) fill(state, stateChip(known.state));
    state.dataset.state = known.state;
    const place = known.location;
    const said = [known.id, `in ${rate(known.inBytesPerSecond)}`, `out ${rate(known.outBytesPerSecond)}`,
      place ? place.label || `${place.latitude}, ${place.longitude}` : 'no location', `registered ${dateTime(known.since)}`,
      node?.status ? `up ${duration(node.status.upMillis)}` : null].filter(Boolean);
    if (facts.children.length !== said.length) fill(facts, said.map(() => h('span')));
    said.forEach((it, i) => text(facts.children[i], it));
    const status = node?.status;
    if (!status) return;
    links.set(status);
    slots.set(status);
    seats.set(status);
    sliders.set(status);
    doing.set(status, known);
    if (raw.open) text(json, JSON.stringify(status, null, 2));
  }

  async function poll() {
    clearTimeout(timer);
    try {
      node = await get(nodePath(id), signal);
      trouble.hidden = true;
      chart.live(node);
      draw();
    } catch (e) {
      if (e.name === 'AbortError') return;
      trouble.hidden = e.status === 0; // the banner says so
      text(trouble, e.status === 404 ? `There is no node ${id} any more. ${e.message}` : e.message);
    }
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(poll, POLL_MS);
  }

  function events(happening) {
    if (happening && happening.node !== id) return;
    const mine = store.log.filter(it => it.node === id).slice(0, EVENTS);
    fill(log, mine.length ? mine.map(it => logLine(it)) : h('li.empty', {}, h('span'), empty('Nothing has happened here yet.')));
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  store.on('nodes', draw, signal);
  store.on('log', events, signal);
  draw();
  events();
  poll();
}
