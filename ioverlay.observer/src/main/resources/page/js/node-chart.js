// Throughput per link over time: what the observer kept, and then what is seen live.
import {chart} from './chart.js';
import {fill, h, options} from './dom.js';
import {get, nodePath} from './api.js';
import {segments} from './parts.js';
import * as store from './store.js';

const RANGES = [[300, '5 min'], [3600, '1 h'], [86_400, '24 h']];
const LINES_AT_FIRST = 6;
const AGAIN_MS = 60_000;
const LIVE_MS = 1500; // between what is seen live
const GAP = 3; // as long without a sample as this many usually take is a time of which nothing is known

export function throughput(id, signal) {
  let seconds = 300;
  let what = 'links';
  let usual = LIVE_MS; // between samples that were kept
  let samples = []; // {time, in, out, queued, live}
  let links = new Map(); // 'to 127.0.0.1:1' -> {time, rate, queued, live}[]
  let drawn = null;
  const box = h('div.chart');
  const csv = h('a.small', {}, 'CSV');
  const json = h('a.small', {}, 'JSON');
  const shows = options(h('select', {'aria-label': 'What is shown', onchange: () => {
    what = shows.value;
    draw();
  }}), [['links', 'Each link'], ['node', 'In and out'], ['queue', 'Waiting in buffers']], 'links');
  const foot = h('p.hint.small', {}, 'Bytes per second with headers; solid is sent, dashed received. Export this time: ', csv, ' ', json);
  const tools = [shows, segments('Time shown', RANGES, seconds, value => {
    seconds = value;
    load();
  })];

  chart(box, {unit: 'rate', label: 'Throughput of this node over time'}, signal).then(it => {
    drawn = it;
    draw();
  }, () => fill(box, h('p.trouble', {}, 'The chart could not be loaded.')));

  async function load() {
    for (const [link, format] of [[csv, 'csv'], [json, 'json']]) {
      link.href = `${nodePath(id)}/history?from=-${seconds}&format=${format}`;
      link.download = `${id.replace(':', '-')}.${format}`;
    }
    try {
      const history = await get(`${nodePath(id)}/history?from=-${seconds}`, signal);
      samples = history.samples.map(it => ({time: Date.parse(it.time), in: it.inBytesPerSecond, out: it.outBytesPerSecond, queued: it.queuedBytes}));
      usual = Math.max(LIVE_MS, history.step * 1000, between(samples));
      links = new Map();
      for (const it of history.links) point(`${it.way} ${it.peer}`, Date.parse(it.time), it.bytesPerSecond, it.queuedBytes);
      draw();
    } catch {
      // Without history the chart begins now.
    }
  }

  function point(key, time, bytesPerSecond, queued, live = false) {
    if (!links.has(key)) links.set(key, []);
    links.get(key).push({time, rate: bytesPerSecond, queued, live});
  }

  const curve = (list, value) => broken(list, value, usual);

  const name = key => {
    const [way, peer] = key.split(' ');
    return `${way} ${store.nodes.get(peer)?.name ?? peer}`;
  };

  function draw() {
    if (!drawn) return;
    const now = Date.now();
    const from = now - seconds * 1000;
    samples = samples.filter(it => it.time >= from);
    for (const [key, list] of links) {
      const rest = list.filter(it => it.time >= from);
      if (rest.length) links.set(key, rest);
      else links.delete(key);
    }
    if (what === 'node') {
      drawn.set([{name: 'in', dashed: true, points: curve(samples, 'in')}, {name: 'out', points: curve(samples, 'out')}], from, now);
      return;
    }
    const value = what === 'queue' ? 'queued' : 'rate';
    const all = [...links].map(([key, list]) => ({name: name(key), dashed: key.startsWith('from'), points: curve(list, value)}))
        .sort((a, b) => a.name.localeCompare(b.name, 'en', {numeric: true}));
    drawn.set(all.slice(0, Math.max(LINES_AT_FIRST, 40)), from, now);
  }

  const timer = setInterval(() => seconds > 300 && load(), AGAIN_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  load();
  return {tools, element: h('div.stack', {}, box, foot), live(node) {
    const time = Date.parse(node.seen) || Date.now();
    if (!node.status || samples.at(-1)?.time >= time) return;
    const {rates, upstreams, downstreams} = node.status;
    samples.push({time, in: rates.inBytesPerSecond, out: rates.outBytesPerSecond, queued: node.queuedBytes, live: true});
    for (const it of upstreams) point(`from ${it.peer}`, time, it.bytesPerSecond, it.queuedBytes, true);
    for (const it of downstreams) point(`to ${it.peer}`, time, it.bytesPerSecond, it.queuedBytes, true);
    draw();
  }};
}

/** The median time between samples, in milliseconds; 0 of less than three. */
export function between(samples) {
  const steps = samples.slice(1).map((it, i) => it.time - samples[i].time).sort((a, b) => a - b);
  return steps.length < 2 ? 0 : steps[Math.floor(steps.length / 2)];
}

/**
 * A curve with gaps where nothing was sampled: no line says what nobody saw.
 *
 * @param {{time: number, live: boolean}[]} list oldest first
 * @param {string} value which of their members
 * @param {number} usual ms between samples that are not live
 * @returns {[number, number|null][]}
 */
export function broken(list, value, usual) {
  const points = [];
  list.forEach((it, i) => {
    const before = list[i - 1];
    const gap = before && it.time - before.time > GAP * (it.live && before.live ? LIVE_MS : usual);
    if (gap) points.push([before.time + 1, null]);
    points.push([it.time, it[value]]);
    const after = list[i + 1];
    const alone = (!before || gap) && (!after || after.time - it.time > GAP * usual);
    if (alone) points.push([it.time + LIVE_MS / 2, it[value]]); // else a line of one point is not to be seen
  });
  return points;
}
