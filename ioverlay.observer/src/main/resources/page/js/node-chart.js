// Throughput per link over time: what the observer kept, and then what is seen live.
import {chart} from './chart.js';
import {fill, h, options} from './dom.js';
import {get, nodePath} from './api.js';
import {segments} from './parts.js';
import * as store from './store.js';

const RANGES = [[300, '5 min'], [3600, '1 h'], [86_400, '24 h']];
const LINES_AT_FIRST = 6;
const AGAIN_MS = 60_000;

export function throughput(id, signal) {
  let seconds = 300;
  let what = 'links';
  let samples = []; // {time, in, out, queued}
  let links = new Map(); // 'to 127.0.0.1:1' -> {time, rate, queued}[]
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
      links = new Map();
      for (const it of history.links) point(`${it.way} ${it.peer}`, Date.parse(it.time), it.bytesPerSecond, it.queuedBytes);
      draw();
    } catch {
      // Without history the chart begins now.
    }
  }

  function point(key, time, bytesPerSecond, queued) {
    if (!links.has(key)) links.set(key, []);
    links.get(key).push({time, rate: bytesPerSecond, queued});
  }

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
      drawn.set([{name: 'in', dashed: true, points: samples.map(it => [it.time, it.in])}, {name: 'out', points: samples.map(it => [it.time, it.out])}], from, now);
      return;
    }
    const value = what === 'queue' ? 'queued' : 'rate';
    const all = [...links].map(([key, list]) => ({name: name(key), dashed: key.startsWith('from'), points: list.map(it => [it.time, it[value]])}))
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
    samples.push({time, in: rates.inBytesPerSecond, out: rates.outBytesPerSecond, queued: node.queuedBytes});
    for (const it of upstreams) point(`from ${it.peer}`, time, it.bytesPerSecond, it.queuedBytes);
    for (const it of downstreams) point(`to ${it.peer}`, time, it.bytesPerSecond, it.queuedBytes);
    draw();
  }};
}
