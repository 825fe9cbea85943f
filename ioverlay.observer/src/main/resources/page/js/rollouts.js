// Rollouts as they go: waves, nodes, why one went back.
import {ask} from './ask.js';
import {each, empty, fill, h, text} from './dom.js';
import {post} from './api.js';
import {chip, kindOf, named, nodeLink, stateChip} from './parts.js';
import {duration, micros, time} from './units.js';
import * as store from './store.js';

const SHOWN = 20;
const REASONS = 4;

// What a state means, where nothing more is said of a node.
const WHY = {
  waiting: () => 'not begun',
  bringing: () => 'the bundle goes to its container',
  shadow: it => `${it.to} runs in the shadow of ${it.from}`,
  swapping: it => `${it.to} takes over`,
  watching: (it, plan) => `${it.to} serves, and is watched for ${plan.watchSeconds} s`,
  switched: it => `${it.to} serves`,
  returning: it => `goes back to ${it.from}`,
  returned: it => `${it.from} serves again`,
  lost: () => 'not there; it is told when it is back',
  'not touched': it => `the rollout ended before its turn; ${it.from || 'what it had'} serves`,
};

// Nothing waits any more once it is over: a node whose turn never came is as it was.
const stateIn = (rollout, it) => (rollout.ended && it.state === 'waiting' ? 'not touched' : it.state);

export function rolloutList(signal) {
  const element = h('div', {id: 'rollouts'});
  const cards = new Map();
  function draw() {
    const list = [...store.rollouts.values()].sort((a, b) => b.id - a.id).slice(0, SHOWN);
    if (!list.length) {
      cards.clear();
      fill(element, empty('No rollout yet.', 'Choose an algorithm and a version, and start one.'));
      return;
    }
    element.querySelector(':scope > .empty')?.remove();
    const ids = new Set(list.map(it => it.id));
    for (const [id, card] of cards) {
      if (!ids.has(id)) {
        card.element.remove();
        cards.delete(id);
      }
    }
    list.forEach((rollout, i) => {
      if (!cards.has(rollout.id)) cards.set(rollout.id, card(rollout.id));
      const {element: it, set} = cards.get(rollout.id);
      if (element.children[i] !== it) element.insertBefore(it, element.children[i] ?? null);
      set(rollout);
    });
  }
  store.on('rollouts', draw, signal);
  draw();
  return element;
}

function card(id) {
  const title = h('h3');
  const state = h('span');
  const sentence = h('p.sentence', {'aria-live': 'polite'});
  const bar = h('div.bar', {'aria-hidden': 'true'});
  const waves = h('div.waves');
  const when = h('span.muted.small');
  const tools = h('div.tools');
  const refused = h('p.result.bad', {role: 'alert'});
  const reasons = h('ul.reasons', {'aria-label': `Why, for rollout ${id}`});
  const nodes = h('ul.log.full');
  const details = h('details', {ontoggle: list}, h('summary', {}, 'Each node'), nodes);
  const element = h('article.rollout', {data: {rollout: String(id)}, 'aria-label': `Rollout ${id}`},
      h('div.head', {}, title, state, when, tools), refused, sentence, bar, waves, reasons, details);
  let drawn = '';
  let shown;

  // There may be 10,000: only for who looks.
  function list() {
    if (details.open) each(nodes, shown.nodes, it => row({...it, state: stateIn(shown, it)}, shown.plan));
  }

  return {element, set(rollout) {
    const now = JSON.stringify(rollout);
    if (now === drawn) return;
    drawn = now;
    shown = rollout;
    if (element.dataset.state !== rollout.state) {
      const focused = tools.contains(document.activeElement);
      fill(tools, buttons(rollout, refused));
      if (focused) tools.firstChild?.focus(); // who has paused may resume
    }
    element.dataset.state = rollout.state;
    const {plan} = rollout;
    text(title, `${plan.algorithm} ${plan.version}`);
    fill(state, stateChip(rollout.state));
    text(when, `${time(rollout.started)}${rollout.ended ? `, took ${duration(new Date(rollout.ended) - new Date(rollout.started))}` : ''}`);
    each(sentence, [rollout.sentence ?? ''], it => h('span', {}, named(it)));
    fill(bar, parts(rollout.nodes));
    [...bar.children].forEach(it => { it.style.width = `${it.dataset.part}%`; });
    each(waves, wavesOf(rollout), waveItem);
    each(reasons, reasonsOf(rollout.nodes), reasonItem);
    list();
  }};
}

const row = (it, plan) => h('li', {}, h('span', {}, nodeLink(it.node, it.name)), h('div', {},
    h('div.head', {}, stateChip(it.state), h('span', {}, `${it.from || '–'} → ${it.to || plan.version}`),
        it.pauseMicros !== null && it.pauseMicros !== undefined ? h('span.muted.small', {}, `pause ${micros(it.pauseMicros)}`) : null),
    h('div.sentence', {}, named(it.sentence || (WHY[it.state]?.(it, plan) ?? ''), it.node))));

function parts(nodes) {
  const kinds = {ok: 0, bad: 0, warn: 0, info: 0, '': 0};
  for (const it of nodes) kinds[kindOf(it.state)]++;
  return Object.entries(kinds).filter(([kind, n]) => kind && n)
      .map(([kind, n]) => h('span', {class: kind, data: {part: String(100 * n / nodes.length)}}));
}

// What went wrong stands in sight; how all others did is under "Each node".
function reasonsOf(nodes) {
  const bad = nodes.filter(it => ['bad', 'warn'].includes(kindOf(it.state)) && it.sentence);
  return [...bad.slice(0, REASONS), ...(bad.length > REASONS ? [{more: bad.length - REASONS}] : [])];
}

const reasonItem = it => (it.more ? h('li.muted', {}, `and ${it.more} more, under “Each node”`)
  : h('li', {}, nodeLink(it.node, it.name), ': ', named(it.sentence, it.node)));

// Each with what is shown of it, and no more.
function wavesOf(rollout) {
  const byWave = new Map();
  for (const it of rollout.nodes) {
    if (!byWave.has(it.wave)) byWave.set(it.wave, []);
    byWave.get(it.wave).push({name: it.name, state: stateIn(rollout, it), sentence: it.sentence});
  }
  const active = ['running', 'paused', 'returning'].includes(rollout.state);
  return [...byWave].sort(([a], [b]) => a - b).map(([n, nodes], i) => ({nodes, now: active && n === rollout.wave,
    label: `Wave ${i + 1} of ${byWave.size}${rollout.plan.strategy === 'canary' && i === 0 ? ', canary' : ''}`}));
}

const waveItem = ({nodes, now, label}) => h('div', {class: `wave${now ? ' now' : ''}`}, h('span', {}, label),
    h('ul', {}, nodes.map(it => h('li', {}, chipOf(it)))));

const chipOf = it => {
  const element = chip(`${it.name} ${it.state}`, kindOf(it.state));
  element.title = it.sentence ?? '';
  return element;
};

function buttons(rollout, refused) {
  const act = async what => {
    text(refused, '');
    store.tookRollout(await post(`api/rollouts/${rollout.id}/${what}`));
  };
  const button = (label, kind, does) => h('button', {type: 'button', class: kind, 'aria-label': `${label} rollout ${rollout.id}`, onclick: does}, label);
  const direct = (what, label) => button(label, '', () => act(what).catch(problem => text(refused, problem.message)));
  const abort = button('Abort…', 'danger', () => ask({
    title: `Abort rollout ${rollout.id}?`, hint: `Nodes that have switched to ${rollout.plan.algorithm} ${rollout.plan.version} go back to the version they had.`,
    yes: 'Abort', danger: true, fields: [], act: () => act('abort').then(() => `Rollout ${rollout.id} is aborted.`),
  }));
  if (rollout.state === 'running') return [direct('pause', 'Pause'), abort];
  if (rollout.state === 'paused') return [direct('resume', 'Resume'), abort];
  return [];
}
