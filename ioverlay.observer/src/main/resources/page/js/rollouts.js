// Rollouts as they go: waves, nodes, why one went back.
import {confirm, empty, fill, h, text, toast} from './dom.js';
import {post} from './api.js';
import {chip, kindOf, nodeLink, stateChip} from './parts.js';
import {duration, micros, time} from './units.js';
import * as store from './store.js';

const SHOWN = 20;

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
  const nodes = h('ul.log.full');
  const details = h('details', {}, h('summary', {}, 'Each node'), nodes);
  const element = h('article.rollout', {data: {rollout: String(id)}, 'aria-label': `Rollout ${id}`},
      h('div.head', {}, title, state, when, tools), sentence, bar, waves, details);
  let drawn = '';
  return {element, set(rollout) {
    const now = JSON.stringify(rollout);
    if (now === drawn) return;
    drawn = now;
    element.dataset.state = rollout.state;
    const {plan} = rollout;
    text(title, `${plan.algorithm} ${plan.version}`);
    fill(state, stateChip(rollout.state));
    text(when, `${time(rollout.started)}${rollout.ended ? `, took ${duration(new Date(rollout.ended) - new Date(rollout.started))}` : ''}`);
    text(sentence, rollout.sentence ?? '');
    fill(bar, parts(rollout.nodes));
    [...bar.children].forEach(it => { it.style.width = `${it.dataset.part}%`; });
    fill(waves, wavesOf(rollout));
    fill(tools, buttons(rollout));
    fill(nodes, rollout.nodes.map(it => h('li', {}, h('span', {}, nodeLink(it.node, it.name)), h('div', {},
        h('div.head', {}, stateChip(it.state), h('span', {}, `${it.from || '–'} → ${it.to || plan.version}`),
            it.pauseMicros !== null && it.pauseMicros !== undefined ? h('span.muted.small', {}, `pause ${micros(it.pauseMicros)}`) : null),
        h('div.sentence', {}, it.sentence ?? '')))));
  }};
}

function parts(nodes) {
  const kinds = {ok: 0, bad: 0, warn: 0, info: 0, '': 0};
  for (const it of nodes) kinds[kindOf(it.state)]++;
  return Object.entries(kinds).filter(([kind, n]) => kind && n)
      .map(([kind, n]) => h('span', {class: kind, data: {part: String(100 * n / nodes.length)}}));
}

function wavesOf(rollout) {
  const byWave = new Map();
  for (const it of rollout.nodes) {
    if (!byWave.has(it.wave)) byWave.set(it.wave, []);
    byWave.get(it.wave).push(it);
  }
  const first = Math.min(...byWave.keys());
  const active = ['running', 'paused', 'returning'].includes(rollout.state);
  return [...byWave].sort(([a], [b]) => a - b).map(([n, list]) => h('div', {class: `wave${active && n === rollout.wave ? ' now' : ''}`},
      h('span', {}, rollout.plan.strategy === 'canary' && n === first ? 'Canary' : `Wave ${n - first + (rollout.plan.strategy === 'canary' ? 0 : 1)}`),
      h('ul', {}, list.map(it => h('li', {}, chipOf(it))))));
}

const chipOf = it => {
  const element = chip(`${it.name} ${it.state}`, kindOf(it.state));
  element.title = it.sentence ?? '';
  return element;
};

function buttons(rollout) {
  const act = (what, label, kind) => h('button', {type: 'button', class: kind, 'aria-label': `${label} rollout ${rollout.id}`, onclick: async () => {
    if (what === 'abort' && !await confirm('Abort this rollout?', 'Nodes that have switched go back to the version they had.', 'Abort')) return;
    try {
      store.tookRollout(await post(`api/rollouts/${rollout.id}/${what}`));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }}, label);
  if (rollout.state === 'running') return [act('pause', 'Pause'), act('abort', 'Abort', 'danger')];
  if (rollout.state === 'paused') return [act('resume', 'Resume'), act('abort', 'Abort', 'danger')];
  return [];
}
