// The slots of a node: which algorithm serves, how it does, and what can be done about it.
import {ask, choice, json, jsonOf, number} from './ask.js';
import {empty, fill, h, text} from './dom.js';
import {get, order, post} from './api.js';
import {applicationName} from './node-links.js';
import {stateChip} from './parts.js';
import {count, duration} from './units.js';
import * as store from './store.js';

const unique = () => (crypto.randomUUID?.() ?? `page-${Date.now()}-${Math.random().toString(36).slice(2)}`);

export function slotList(id, poll) {
  const element = h('ul.slots');
  const items = new Map();
  return {element, set(status) {
    const ids = new Set(status.slots.map(it => it.application));
    for (const [application, it] of items) {
      if (ids.has(application)) continue;
      it.element.remove();
      items.delete(application);
    }
    element.querySelector(':scope > .empty')?.remove();
    status.slots.forEach((slot, i) => {
      if (!items.has(slot.application)) items.set(slot.application, item(id, slot.application, poll));
      const it = items.get(slot.application);
      if (element.children[i] !== it.element) element.insertBefore(it.element, element.children[i] ?? null);
      it.set(slot);
    });
    if (!status.slots.length) fill(element, h('li.empty', {}, empty('No slot.', 'Without an algorithm the node passes nothing on.')));
  }};
}

function item(id, application, poll) {
  const serves = h('strong');
  const state = h('span');
  const figures = h('p.hint.small');
  const said = h('p.result', {role: 'status', class: 'slot-result'});
  const whose = applicationName(application);
  const button = (label, does, what) => h('button', {type: 'button', 'aria-label': `${what} for ${whose}`, onclick: does}, label);
  const back = button('Roll back…', rollback, 'Roll back');
  const element = h('li', {data: {application: String(application)}},
      h('div.head', {}, serves, h('span.muted', {}, whose), state), figures,
      h('div.row', {}, button('Swap…', swap, 'Swap'), back, button('Configure…', configure, 'Configure'), button('Why', why, 'Why this version')), said);
  let slot;

  // Takes as long as the probation: the page is to be seen meanwhile, so the dialogue is closed and the end told here.
  async function act(command, doing, before) {
    said.classList.remove('bad');
    text(said, doing);
    poll();
    try {
      await before?.();
      const result = await order(id, command);
      said.classList.toggle('bad', ['refused', 'returned'].includes(String(result.outcome ?? '').toLowerCase()));
      text(said, result.sentence || result.outcome || 'Done.');
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
    }
    poll();
  }

  async function swap() {
    let algorithms = [];
    try {
      ({algorithms} = await get('api/algorithms'));
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
      return;
    }
    const offered = new Map(algorithms.flatMap(it => it.versions.map(v => [`${it.name} ${v.version}`, {...v, algorithm: it.name}])));
    offered.delete(`${slot.algorithm} ${slot.version}`);
    const which = choice([...offered.keys()].map(it => [it]), [...offered.keys()].at(-1), {required: true, id: 'swap-to'});
    const seconds = number(5, {min: 0, max: 3600, step: 'any', required: true, id: 'swap-probation'});
    ask({
      title: `Swap the slot of ${whose}`, yes: 'Swap',
      hint: 'A version that was uploaded is brought to the node\'s container first. On probation it goes back by itself if it does badly.',
      fields: [['To', which], ['Probation, s', seconds]],
      act: async () => {
        const chosen = offered.get(which.value); // a name may have spaces
        const {algorithm, version} = chosen;
        act({do: 'swap', application, algorithm, versions: `[${version},${version}]`, probation: {seconds: Number(seconds.value)}, id: unique()},
            `${algorithm} ${version} takes over, on probation for ${seconds.value} s…`, () => bring(chosen));
        return null;
      },
    });
  }

  // What is in containers only is where it is.
  async function bring({sha256, uploaded}) {
    const home = store.nodes.get(id)?.container;
    if (uploaded && home) await post(`api/containers/${encodeURIComponent(home)}/bundles`, {sha256});
  }

  function rollback() {
    ask({
      title: `Go back to ${slot.previous}?`, hint: `${slot.algorithm} ${slot.version} gives way to the version before, with the state that can be carried.`,
      yes: 'Roll back', fields: [],
      act: async () => {
        act({do: 'rollback', application, id: unique()}, 'Going back…');
        return null;
      },
    });
  }

  function configure() {
    const settings = json('', {required: true, id: 'configure-settings', placeholder: '{"next": ["127.0.0.1:7001"]}'});
    ask({
      title: `Configure the slot of ${whose}`, yes: 'Configure',
      hint: `${slot.algorithm} is told these settings. Which there are, and what becomes of those not named, is its own.`,
      fields: [['Settings, a JSON object', settings],
        h('details', {}, h('summary', {}, 'What it says of itself'), h('pre.json', {tabIndex: 0}, JSON.stringify(slot.detail ?? {}, null, 2)))],
      act: async () => {
        await order(id, {do: 'configure', application, settings: jsonOf(settings.value, '{"next": ["127.0.0.1:7001"]}')});
        poll();
        return `${slot.algorithm} was told its settings.`;
      },
    });
  }

  async function why() {
    said.classList.remove('bad');
    try {
      const {sentences} = await order(id, {do: 'why', application});
      text(said, `${sentences.join('; ')}.`);
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
    }
  }

  return {element, set(next) {
    slot = next;
    text(serves, `${slot.algorithm} ${slot.version}`);
    const now = slot.probationMillis > 0 ? `on probation, ${duration(slot.probationMillis)} left` : slot.state;
    if (state.textContent !== now) fill(state, slot.probationMillis > 0 ? h('span.chip.info', {}, now) : stateChip(slot.state));
    text(figures, `${count(slot.processed)} calls, ${count(slot.failed)} failed, ${count(slot.swaps)} swap${slot.swaps === 1 ? '' : 's'}${slot.held ? `, ${count(slot.held)} messages held` : ''}`);
    back.hidden = !slot.previous;
    text(back, `Back to ${slot.previous}…`);
  }};
}
