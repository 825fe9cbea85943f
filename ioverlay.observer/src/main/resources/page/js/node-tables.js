// The tables of a node: links, slots, applications.
import {empty, field, fill, h, options, text, toast} from './dom.js';
import {get, order} from './api.js';
import {nodeLink, stateChip} from './parts.js';
import {table} from './table.js';
import {bytes, count, duration, micros, rate} from './units.js';
import * as store from './store.js';

const WINDOW = 1_048_576; // bytes a link's buffer usually takes

/** A table, or a sentence where it has no rows. */
function orNothing(spec, ...nothing) {
  const rows = table(spec);
  const none = h('div', {hidden: true}, empty(...nothing));
  return {element: h('div', {}, rows.element, none), set(list) {
    rows.set(list);
    rows.element.hidden = list.length === 0;
    none.hidden = list.length > 0;
  }};
}

export function linkRows() {
  const rows = orNothing({
    caption: 'Links',
    sort: 'peer',
    key: it => `${it.way} ${it.peer}`,
    columns: [
      {key: 'peer', label: 'Neighbour', value: it => name(it.peer), show: it => [h('span.muted', {}, `${it.way} `), nodeLink(it.peer, name(it.peer))]},
      {key: 'rate', label: 'Rate', num: true, value: it => it.bytesPerSecond, show: it => rate(it.bytesPerSecond)},
      {key: 'queue', label: 'Buffer', num: true, value: it => it.queuedBytes, show: buffer},
      {key: 'moved', label: 'Moved', num: true, wide: true, value: it => it.bytes, show: it => bytes(it.bytes)},
      {key: 'trip', label: 'Round trip', num: true, wide: true, value: it => it.roundTripMicros, show: it => micros(it.roundTripMicros)},
      {key: 'lost', label: 'Lost', num: true, wide: true, value: it => it.lostMessages, show: it => count(it.lostMessages)},
      {key: 'state', label: 'State', value: it => it.state, show: it => stateChip(it.state)},
    ],
  }, 'No link.', 'A link opens when the algorithm sends to another node.');
  return {element: rows.element, set: status => rows.set([
    ...status.upstreams.map(it => ({...it, way: 'from'})), ...status.downstreams.map(it => ({...it, way: 'to'}))])};
}

const name = peer => store.nodes.get(peer)?.name ?? peer;

function buffer(it) {
  const part = Math.min(1, it.queuedBytes / WINDOW);
  const inner = h('span');
  inner.style.width = `${Math.round(part * 100)}%`;
  return [`${bytes(it.queuedBytes)} `, h('span', {class: `fill${part > 0.8 ? ' high' : ''}`, title: `of the usual ${bytes(WINDOW)}`}, inner)];
}

export function slotRows(id, poll) {
  const said = h('p.result', {role: 'status', id: 'swap-result'});
  const place = h('div.body', {hidden: true});
  const rows = orNothing({
    caption: 'Slots',
    sort: 'application',
    key: it => String(it.application),
    columns: [
      {key: 'application', label: 'Application', value: it => it.application, show: it => (it.application === 0 ? '0 (all others)' : String(it.application))},
      {key: 'algorithm', label: 'Algorithm', value: it => it.algorithm, show: it => h('strong', {}, it.algorithm)},
      {key: 'version', label: 'Version', value: it => it.version},
      {key: 'state', label: 'State', value: it => it.state, show: it => (it.probationMillis > 0
        ? h('span.chip.info', {}, `on probation, ${duration(it.probationMillis)} left`) : stateChip(it.state))},
      {key: 'processed', label: 'Calls', num: true, wide: true, value: it => it.processed, show: it => count(it.processed)},
      {key: 'failed', label: 'Failed', num: true, value: it => it.failed, show: it => count(it.failed)},
      {key: 'swaps', label: 'Swaps', num: true, value: it => it.swaps, show: it => count(it.swaps)},
      {key: 'act', label: 'Actions', sort: false, value: () => 0, show: it => [h('button.quiet', {type: 'button', 'aria-label': `Swap the slot of application ${it.application}`, onclick: () => swap(it.application)}, 'Swap…'),
        it.previous ? h('button.quiet', {type: 'button', 'aria-label': `Roll application ${it.application} back to ${it.previous}`, onclick: () => back(it.application)}, `Back to ${it.previous}`) : null]},
    ],
  }, 'No slot.', 'Without an algorithm the node passes nothing on.');

  async function act(command, doing) {
    said.classList.remove('bad');
    text(said, doing);
    poll();
    try {
      const result = await order(id, command);
      const end = result.sentence || result.outcome || 'done';
      said.classList.toggle('bad', ['refused', 'returned'].includes(String(result.outcome ?? '').toLowerCase()));
      text(said, end);
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
    }
    place.hidden = false;
    poll();
  }

  const back = application => {
    fill(place, said);
    place.hidden = false;
    act({do: 'rollback', application, id: unique()}, `Application ${application} goes back…`);
  };

  async function swap(application) {
    place.hidden = false;
    text(said, '');
    const algorithms = await get('api/algorithms').then(it => it.algorithms, e => {
      toast(e.message, 'bad');
      return [];
    });
    const pairs = algorithms.flatMap(it => it.versions.map(v => [`${it.name} ${v.version}`, `${it.name} ${v.version}`]));
    const which = options(h('select'), pairs);
    const seconds = h('input', {type: 'number', min: 0, max: 3600, value: 5, step: 'any'});
    fill(place, h('form.fields', {onsubmit: e => {
      e.preventDefault();
      const [algorithm, version] = which.value.split(' ');
      act({do: 'swap', application, algorithm, versions: `[${version},${version}]`, probation: {seconds: Number(seconds.value)}, id: unique()},
          `${algorithm} ${version} takes over, on probation for ${seconds.value} s…`);
    }}, field(`Application ${application} to`, which), field('Probation, s', seconds),
    h('button.primary', {type: 'submit', disabled: pairs.length === 0}, 'Swap'),
    h('button.quiet', {type: 'button', onclick: () => { place.hidden = true; }}, 'Close')), said);
    which.focus();
  }

  return {element: h('div', {}, rows.element, place), set: status => rows.set(status.slots)};
}

const unique = () => (crypto.randomUUID?.() ?? `page-${Date.now()}-${Math.random().toString(36).slice(2)}`);

export function applicationRows(id, poll) {
  const rows = orNothing({
    caption: 'Applications',
    sort: 'application',
    key: it => String(it.application),
    columns: [
      {key: 'application', label: 'Id', value: it => it.application},
      {key: 'type', label: 'Type', value: it => it.type, show: it => h('strong', {}, it.type)},
      {key: 'state', label: 'State', value: it => it.state, show: it => stateChip(it.state)},
      {key: 'produced', label: 'Produced', num: true, wide: true, value: it => it.producedBytes, show: it => bytes(it.producedBytes)},
      {key: 'consumed', label: 'Consumed', num: true, wide: true, value: it => it.consumedBytes, show: it => bytes(it.consumedBytes)},
      {key: 'act', label: 'Actions', sort: false, value: () => 0, show: it => h('button.quiet', {type: 'button', 'aria-label': `Stop application ${it.application}`, onclick: async () => {
        try {
          await order(id, {do: 'stop', application: it.application});
          toast(`Application ${it.application} has ended here.`);
        } catch (e) {
          toast(e.message, 'bad');
        }
        poll();
      }}, 'Stop')},
    ],
  }, 'No application runs here.', 'Start one under Actions.');
  return {element: rows.element, set: status => rows.set(status.applications)};
}
