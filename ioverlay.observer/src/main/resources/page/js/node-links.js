// The links of a node: what moves over them, and what they are made to be.
import {ask, line, number, numberOf, rateOf, Wrong} from './ask.js';
import {field, h} from './dom.js';
import {order} from './api.js';
import {nodeLink, stateChip} from './parts.js';
import {shape} from './saying.js';
import {orNothing} from './table.js';
import {bytes, count, micros, rate} from './units.js';
import * as store from './store.js';

const WINDOW = 1_048_576; // bytes a link's buffer usually takes
const name = peer => store.nodes.get(peer)?.name ?? peer;

export function linkRows(id, poll) {
  let status = null;
  const emulated = it => status?.emulation?.links?.find(link => link[it.way] === it.peer) ?? {};
  const weights = it => (it.way === 'from' ? status?.weights?.filter(at => at.upstream === it.peer) ?? [] : []);
  const network = it => [shape(withoutNulls(emulated(it))), ...weights(it).map(at => `weight ${at.weight}`)].filter(Boolean).join(', ');
  const rows = orNothing({
    caption: 'Links',
    sort: 'peer',
    key: it => `${it.way} ${it.peer}`,
    columns: [
      {key: 'peer', label: 'Neighbour', value: it => name(it.peer), show: it => [h('span.muted', {}, `${it.way} `), nodeLink(it.peer, name(it.peer))]},
      {key: 'rate', label: 'Rate', num: true, value: it => it.bytesPerSecond, show: it => rate(it.bytesPerSecond)},
      {key: 'queue', label: 'Buffer', num: true, value: it => it.queuedBytes, show: buffer},
      {key: 'moved', label: 'Moved', num: true, wide: 'wider', value: it => it.bytes, show: it => bytes(it.bytes)},
      {key: 'trip', label: 'Round trip', num: true, wide: true, value: it => it.roundTripMicros, show: it => micros(it.roundTripMicros)},
      {key: 'lost', label: 'Lost', num: true, wide: true, value: it => it.lostMessages, show: it => count(it.lostMessages)},
      {key: 'state', label: 'State', wide: true, value: it => it.state, show: it => stateChip(it.state)},
      {key: 'network', label: 'Network', value: network, show: it => h('button.quiet', {type: 'button',
        'aria-label': `Adjust the link ${it.way} ${name(it.peer)}: ${network(it) || 'as it is'}`, onclick: () => adjust(it.way, it.peer)}, network(it) || 'Adjust…')},
    ],
  }, 'No link.', 'A link opens when the algorithm sends to another node.');
  const weigh = h('button.quiet', {type: 'button', id: 'weights', onclick: share}, 'Weights…');

  function adjust(way, peer) {
    const now = emulated({way, peer});
    const held = (key, by = 1) => (now[key] ? String(Number((now[key] * by).toPrecision(6))) : '');
    const cap = line(held('bytesPerSecond'), {placeholder: 'no cap; 400K, 1.5M', id: 'link-cap'});
    const latency = line(held('latencyMillis'), {placeholder: '0', id: 'link-latency'});
    const jitter = line(held('jitterMillis'), {placeholder: '0', id: 'link-jitter'});
    const loss = line(held('loss', 100), {placeholder: '0', id: 'link-loss'});
    ask({
      title: `The link ${way} ${name(peer)}`, yes: 'Apply',
      hint: way === 'to' ? 'What this node sends there. Empty takes a setting away.'
        : 'What this node takes from there. Latency, jitter and loss are set where it sends.',
      fields: [['Cap, bytes per second', cap], ...(way === 'to' ? [h('div.pair', {}, field('Latency, ms', latency), field('Jitter, ms', jitter)),
        ['Loss, % of data messages', loss]] : [])],
      act: async () => {
        const part = numberOf(loss.value, 'The loss');
        const change = {[way]: peer, bytesPerSecond: rateOf(cap.value), ...(way === 'to' ? {latencyMillis: numberOf(latency.value, 'The latency'),
          jitterMillis: numberOf(jitter.value, 'The jitter'), loss: part === null ? null : part / 100} : {})};
        await order(id, {do: 'emulate', change: {links: [change]}});
        poll();
        return `The link ${way} ${name(peer)} is ${shape(withoutNulls(change)) || 'as it is by itself'}.`;
      },
    });
  }

  function share() {
    const upstreams = [...status.upstreams.map(it => [it.peer, `From ${name(it.peer)}`]), [id, 'Its own source']];
    const inputs = status.slots.flatMap(slot => upstreams.map(([upstream, said]) => {
      const now = status.weights.find(it => it.application === slot.application && it.upstream === upstream)?.weight ?? 1;
      return {now, upstream, application: slot.application, said: status.slots.length > 1 ? `${said}, ${applicationName(slot.application)}` : said,
        input: number(now, {min: 1, max: 1000, required: true})};
    }));
    ask({
      title: 'Weights in the switch', yes: 'Apply',
      hint: 'Who has weight 3 gets three turns where one with weight 1 gets one, when several wait.',
      fields: inputs.map(it => [it.said, it.input]),
      act: async () => {
        const changed = inputs.filter(it => Number(it.input.value) !== it.now);
        if (!changed.length) throw new Wrong('No weight was changed.');
        for (const it of changed) {
          await order(id, {do: 'weigh', application: it.application, upstream: it.upstream, weight: Number(it.input.value)});
          it.now = Number(it.input.value); // done, should a later one be refused
        }
        poll();
        return `${changed.length} weight${changed.length === 1 ? ' holds' : 's hold'}.`;
      },
    });
  }

  return {element: rows.element, tools: weigh, set(next) {
    status = next;
    weigh.disabled = status.slots.length === 0;
    rows.set([...status.upstreams.map(it => ({...it, way: 'from'})), ...status.downstreams.map(it => ({...it, way: 'to'}))]);
  }};
}

/** How a slot's application is called. */
export const applicationName = application => (application === 0 ? 'all others' : `application ${application}`);

const withoutNulls = it => Object.fromEntries(Object.entries(it).filter(([, value]) => value !== null && value !== 0));

function buffer(it) {
  const part = Math.min(1, it.queuedBytes / WINDOW);
  const inner = h('span');
  inner.style.width = `${Math.round(part * 100)}%`;
  return [`${bytes(it.queuedBytes)} `, h('span', {class: `fill${part > 0.8 ? ' high' : ''}`, title: `of the usual ${bytes(WINDOW)}`}, inner)];
}
