// Pieces that several views show alike.
import {h, svg} from './dom.js';
import {sentenceOf} from './saying.js';
import {dateTime, time} from './units.js';
import * as store from './store.js';

export const nodeLink = (id, name) => h('a', {href: `#/node/${encodeURIComponent(id)}`, title: id}, name || id);

export const chip = (label, kind = '') => h('span.chip', {class: kind}, label);

const STATES = {
  live: 'ok', serving: 'ok', running: 'info', open: 'ok', completed: 'ok', switched: 'ok', finished: '',
  lost: 'bad', strayed: 'bad', failed: 'bad', refused: 'bad', returned: 'bad', returning: 'warn', aborted: 'warn', parked: 'warn',
  paused: 'warn', dialling: 'warn', closing: 'warn', swapping: 'info', watching: 'info', bringing: 'info', shadow: 'info',
};

/** The colour of a state's name; '' for one that says nothing good or bad. */
export const kindOf = state => STATES[state] ?? '';

export const stateChip = state => chip(state, kindOf(state));

/** How bad a kind of event is: bad, warn, ok or ''. */
export function gravity(happening) {
  const {kind, detail} = happening;
  if (kind === 'swap' || kind === 'rollout') {
    const end = String(detail?.outcome ?? detail?.state ?? '').toLowerCase();
    return ['refused', 'returned', 'failed'].includes(end) ? 'bad' : ['switched', 'completed'].includes(end) ? 'ok' : '';
  }
  if (/\.(failed|condemned|broken|sick|lost)$/.test(kind)) return 'bad';
  if (/\.(refused|parked|returned|slow|stays|waiting|away)$/.test(kind)) return 'warn';
  return '';
}

/**
 * A sentence whose addresses of known nodes are links with their names; that of the node it is about stays, and a link
 * in brackets behind the name is the address: node n2 (127.0.0.1:5002).
 */
export function named(sentence, self) {
  return sentence.split(/(\d+\.\d+\.\d+\.\d+:\d+)/).map((part, i, all) => {
    const node = i % 2 && part !== self ? store.nodes.get(part) : null;
    return node ? nodeLink(node.id, all[i - 1].endsWith(`${node.name} (`) ? part : node.name) : part;
  });
}

/** A line of the log. */
export function logLine(happening, full = false) {
  const {time: when, kind, node, name, who, detail} = happening;
  const more = detail && Object.keys(detail).length > 0;
  return h('li', {data: {kind}},
      h('time', {datetime: when, title: dateTime(when)}, full ? dateTime(when) : time(when)),
      h('div', {},
          h('div.head', {}, h('span.kind', {class: gravity(happening)}, kind), node ? nodeLink(node, name) : null,
              who ? h('span.muted.small', {}, `by ${who}`) : null),
          h('div.sentence', {}, named(sentenceOf(happening), node)),
          full && more ? h('details', {}, h('summary', {}, 'Detail'), h('pre', {}, JSON.stringify(detail, null, 2))) : null));
}

/** A small line of figures; `values` oldest first. */
export function spark(values) {
  const path = svg('path', {d: ''});
  const element = svg('svg', {class: 'spark', viewBox: '0 0 100 22', preserveAspectRatio: 'none', 'aria-hidden': 'true'}, path);
  return {element, set(list) {
    const most = Math.max(1, ...list);
    const step = 100 / Math.max(1, list.length - 1);
    path.setAttribute('d', list.length < 2 ? '' : list
        .map((v, i) => `${i ? 'L' : 'M'}${(i * step).toFixed(1)} ${(20.5 - (v / most) * 19).toFixed(1)}`).join(''));
  }};
}

/** What an algorithm of a slot is called. */
export const served = slot => `${slot.algorithm} ${slot.version}`;

/** A node's slots in few words, and each as application and algorithm. */
export const slotsText = node => (node.slots ?? []).map(slot =>
    `${slot.algorithm} ${slot.version}${node.slots.length > 1 ? ` (${slot.application})` : ''}`).join(', ') || '–';

/** A set of buttons of which one is pressed. */
export function segments(label, entries, chosen, choose) {
  const element = h('div.segments', {role: 'group', 'aria-label': label}, entries.map(([value, name]) =>
    h('button', {type: 'button', 'aria-pressed': String(value === chosen), onclick: e => {
      for (const it of element.children) it.setAttribute('aria-pressed', String(it === e.currentTarget));
      choose(value);
    }}, name)));
  return element;
}
