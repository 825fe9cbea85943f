// One node: what moves through it, what decides that, and how to steer it.
import {empty, fill, h, text} from '../dom.js';
import {get, nodePath} from '../api.js';
import {actions} from '../node-actions.js';
import {applicationRows} from '../node-applications.js';
import {caps} from '../node-caps.js';
import {throughput} from '../node-chart.js';
import {linkRows} from '../node-links.js';
import {slotList} from '../node-slots.js';
import {logLine, stateChip} from '../parts.js';
import {dateTime, duration, rate} from '../units.js';
import * as store from '../store.js';

const POLL_MS = 1500;
const SLOWEST_POLL_MS = 60_000; // for a node that is not there
const EVENTS = 12;

export function show({root, id: asked, signal}) {
  const named = () => store.nodes.get(asked) ?? [...store.nodes.values()].find(node => node.name === asked);
  const id = () => named()?.id ?? asked;
  const title = h('h1', {}, named()?.name ?? asked);
  const state = h('span');
  const facts = h('div.facts');
  const trouble = h('p.trouble', {role: 'alert', hidden: true});
  const place = h('div');
  root.append(h('div.node-head', {}, title, state, facts), trouble, place);

  let page = null; // what shows the node, made when it is known
  let node = null;
  let timer = 0;
  let wait = POLL_MS;

  function tellFacts(known) {
    text(title, known.name);
    document.title = `${known.name} · iOverlay`;
    if (state.dataset.state !== known.state) fill(state, stateChip(known.state));
    state.dataset.state = known.state;
    const at = known.location;
    const said = [known.id, `in ${rate(known.inBytesPerSecond)}`, `out ${rate(known.outBytesPerSecond)}`,
      at ? at.label || `${at.latitude}, ${at.longitude}` : 'no location', `registered ${dateTime(known.since)}`,
      node?.status ? `up ${duration(node.status.upMillis)}` : null].filter(Boolean);
    if (facts.children.length !== said.length) fill(facts, said.map(() => h('span')));
    said.forEach((it, i) => text(facts.children[i], it));
  }

  function draw() {
    const known = store.nodes.get(id()) ?? node;
    if (!known) return;
    page ??= fill(place, body(known.id, poll, signal)).firstChild.page;
    tellFacts(known);
    if (node?.status) page.set(node.status);
  }

  async function poll() {
    clearTimeout(timer);
    try {
      node = await get(nodePath(id()), signal);
      wait = POLL_MS;
      trouble.hidden = true;
      draw();
      page.live(node);
    } catch (e) {
      if (e.name === 'AbortError') return;
      wait = Math.min(SLOWEST_POLL_MS, wait * 2);
      if (e.status === 404) gone();
      else {
        trouble.hidden = e.status === 0; // the banner says so
        text(trouble, e.message);
      }
    }
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(poll, wait);
  }

  // Its page stays as it was last seen if it was: what happened to it stands there.
  function gone() {
    const links = [h('a', {href: '#/overview'}, 'See all nodes'), ' or ', h('a', {href: '#/events'}, 'what has happened'), '.'];
    if (!page) {
      fill(facts);
      fill(place, h('section.panel', {'aria-label': 'No such node', role: 'status'},
          empty('No such node.', `The observer knows no node ${asked}: it has ended, or the address is mistyped. `, ...links)));
      return;
    }
    fill(state, stateChip('ended'));
    state.dataset.state = 'ended';
    trouble.hidden = false;
    fill(trouble, `${title.textContent} has ended. This is what was seen last. `, ...links);
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  store.on('nodes', () => {
    if (wait > POLL_MS && named()) { // it is there again, or at last
      wait = POLL_MS;
      poll();
    } else if (wait === POLL_MS) draw();
  }, signal);
  poll();
  draw();
}

/** All panels of a node that is known. */
function body(id, poll, signal) {
  const chart = throughput(id, signal);
  const links = linkRows(id, poll);
  const slots = slotList(id, poll);
  const seats = applicationRows(id, poll);
  const sliders = caps(id, poll, signal);
  const doing = actions(id, poll);
  const json = h('pre.json', {tabIndex: 0, 'aria-label': 'Status as JSON'});
  let last = null;
  const write = () => raw.open && last && text(json, JSON.stringify(last, null, 2));
  const raw = h('details', {ontoggle: write}, h('summary', {}, 'Status as JSON'), json);
  const log = h('ul.log', {'aria-live': 'polite', 'aria-label': 'Events of this node'});
  let kept = []; // the latest of this node: what the page heard may all be of others
  const panel = (name, part, tools) => h('section.panel', {'aria-label': name},
      h('header', {}, h('h2', {}, name), tools ? h('div.tools', {}, tools) : null), part);

  function events(happening) {
    if (happening && happening.node !== id) return;
    const mine = [...new Map([...kept, ...store.log.filter(it => it.node === id)].map(it => [it.number, it])).values()]
        .sort((a, b) => b.number - a.number).slice(0, EVENTS);
    fill(log, mine.length ? mine.map(it => logLine(it)) : h('li.empty', {}, h('span'), empty('Nothing has happened here yet.')));
  }
  store.on('log', events, signal);
  events();
  get(`api/log?node=${encodeURIComponent(id)}&limit=${EVENTS}`, signal).then(said => {
    kept = said.log;
    events();
  }, () => {}); // without them those that the page heard are shown

  const element = h('div.node-grid', {},
      h('div.stack', {},
          panel('Throughput', h('div.body', {}, chart.element), chart.tools),
          panel('Links', links.element, links.tools),
          panel('Slots', slots.element),
          panel('Applications', seats.element, seats.tools),
          h('section.panel', {'aria-label': 'State'}, h('div.body', {}, raw))),
      h('div.stack', {},
          panel('Actions', h('div.body', {}, doing.element)),
          panel('Bandwidth', h('div.body', {}, sliders.element)),
          panel('Events', log, h('a.small', {href: `#/events?node=${encodeURIComponent(id)}`}, 'All'))));
  element.page = {
    live: chart.live,
    set(status) {
      last = status;
      for (const part of [links, slots, seats, sliders, doing]) part.set(status);
      write();
    },
  };
  return element;
}
