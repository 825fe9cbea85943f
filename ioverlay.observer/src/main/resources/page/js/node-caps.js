// Sliders for the caps of a node and its links. They show the value that holds: what was asked for is marked until the
// node has said that it does.
import {h, text} from './dom.js';
import {order} from './api.js';
import {rate} from './units.js';
import * as store from './store.js';

const LEAST = 1e3;
const MOST = 1e9;
const STEPS = 300; // of the slider; the last one is: no cap
const SEND_AFTER_MS = 150;

const toValue = step => (step >= STEPS ? null : Math.round(roundTo2(LEAST * (MOST / LEAST) ** (step / (STEPS - 1)))));
const toStep = value => (value === null || value === undefined ? STEPS
  : Math.max(0, Math.min(STEPS - 1, Math.round(Math.log(value / LEAST) / Math.log(MOST / LEAST) * (STEPS - 1)))));

function roundTo2(value) {
  const by = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.round(value / by) * by;
}

const said = value => (value === null || value === undefined ? 'no cap' : rate(value));

export function caps(id, poll, signal) {
  const own = h('div.caps');
  const links = h('div.caps');
  const head = h('h3', {hidden: true}, 'Links');
  const sliders = new Map();
  const refused = h('p.result.bad', {role: 'alert'});

  function slider(key, label, change) {
    const output = h('output', {id: `cap-${key}-holds`});
    let holds = null;
    let asked; // undefined: nothing is on its way
    let timer = 0;
    const input = h('input', {type: 'range', min: 0, max: STEPS, step: 1, id: `cap-${key}`, oninput: () => {
      asked = toValue(Number(input.value));
      show();
      clearTimeout(timer);
      timer = setTimeout(send, SEND_AFTER_MS);
    }});
    signal.addEventListener('abort', () => clearTimeout(timer));
    function show() {
      const value = asked === undefined ? holds : asked;
      text(output, said(value));
      output.classList.toggle('off', value === null);
      output.classList.toggle('asked', asked !== undefined);
      input.setAttribute('aria-valuetext', said(value));
    }
    async function send() {
      const wanted = asked;
      try {
        const emulation = await order(id, {do: 'emulate', change: change(wanted)});
        if (asked === wanted) asked = undefined;
        text(refused, '');
        take(emulation);
      } catch (e) {
        if (asked === wanted) asked = undefined;
        input.value = toStep(holds);
        show();
        text(refused, `${label}: ${e.message}`);
      }
      poll();
    }
    return {
      element: h('div.cap', {}, h('label', {htmlFor: `cap-${key}`, title: label}, label), input, output),
      set(value) {
        holds = value ?? null;
        if (asked === undefined && document.activeElement !== input) input.value = toStep(holds);
        show();
      },
    };
  }

  for (const [key, label] of [['total', 'Total'], ['in', 'In'], ['out', 'Out']]) {
    const it = slider(key, label, value => ({[key]: value}));
    sliders.set(key, it);
    own.append(it.element);
  }

  /** The emulation that holds, as a node says it. */
  function take(emulation) {
    for (const key of ['total', 'in', 'out']) sliders.get(key).set(emulation?.[key]);
    for (const [key, it] of sliders) {
      if (it.peer) it.set(emulation?.links?.find(link => link[it.way] === it.peer)?.bytesPerSecond);
      else if (!['total', 'in', 'out'].includes(key)) it.set(null);
    }
  }

  return {element: h('div.stack', {}, own, head, links, refused), set(status) {
    const wanted = new Map();
    for (const it of status.upstreams) wanted.set(`from ${it.peer}`, ['from', it.peer]);
    for (const it of status.downstreams) wanted.set(`to ${it.peer}`, ['to', it.peer]);
    for (const [key, it] of sliders) {
      if (it.peer && !wanted.has(key)) {
        it.element.remove();
        sliders.delete(key);
      }
    }
    for (const [key, [way, peer]] of wanted) {
      if (sliders.has(key)) continue;
      const it = slider(key.replace(/[^\w]/g, '-'), `${way} ${store.nodes.get(peer)?.name ?? peer}`,
          value => ({links: [{[way]: peer, bytesPerSecond: value}]}));
      sliders.set(key, {...it, way, peer});
      links.append(it.element);
    }
    head.hidden = wanted.size === 0;
    take(status.emulation);
  }};
}
