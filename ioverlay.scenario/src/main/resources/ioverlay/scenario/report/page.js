'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const land = JSON.parse(document.getElementById('land').textContent).land ?? [];
const runs = data.runs;
const page = document.getElementById('page');
const colour = i => `var(--c${i % 8})`;
const several = runs.length > 1;
// Runs of the same name are told apart by their seed, or else by their number.
for (const name of new Set(runs.map(run => run.scenario))) {
  const alike = runs.filter(run => run.scenario === name);
  const seeds = new Set(alike.map(run => run.seed)).size === alike.length;
  if (alike.length > 1) alike.forEach((run, i) => { run.scenario = `${name} (${seeds ? `seed ${run.seed}` : i + 1})`; });
}

// --- Making elements
function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  return filled(e, attributes, children);
}
function sv(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}
function filled(e, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) e.setAttribute(key, value);
  }
  e.append(...children.filter(child => child !== null && child !== undefined));
  return e;
}

// --- Numbers for a person
const PREFIXES = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, '']];
function short(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(+value.toFixed(digits));
}
function shown(value, unit = '') {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
  if (typeof value !== 'number') return String(value);
  if (unit === 's') return value < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
  if (unit === 'B/s' || unit === 'B') {
    const [size, prefix] = PREFIXES.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
    return `${short(value / size)} ${prefix}${unit}`;
  }
  return Number.isInteger(value) ? String(value) : short(value);
}

// --- Series
/** What is drawn of a measure for a node: numbers, null where there is none. What only grows is drawn as its rate. */
function values(run, measure, node) {
  const raw = measure.nodes[node] ?? [];
  if (!measure.cumulative) return raw.map(value => typeof value === 'number' ? value : null);
  const times = run.series.times;
  return raw.map((value, i) => {
    const before = raw[i - 1];
    if (typeof value !== 'number' || typeof before !== 'number' || times[i] <= times[i - 1]) return null;
    return (value >= before ? value - before : value) / (times[i] - times[i - 1]);
  });
}
function mean(run, measure, node, from, to) {
  const times = run.series.times;
  const inside = values(run, measure, node).filter((value, i) => value !== null && times[i] >= from && times[i] <= to);
  return inside.length ? inside.reduce((a, b) => a + b, 0) / inside.length : null;
}
const measuresOf = run => run.series.measures.filter(measure => Object.values(measure.nodes).some(list => list.some(v => typeof v === 'number')));
const labels = [...new Set(runs.flatMap(run => measuresOf(run).map(measure => measure.label)))];
const measureOf = (run, label) => measuresOf(run).find(measure => measure.label === label);
const ends = runs.map(run => run.series.times.at(-1) ?? run.seconds ?? 0);
const end = Math.max(1, ...ends);

// --- Charts
const H = 270, LEFT = 58, RIGHT = 12, TOP = 24, BOTTOM = 32;
function steps(least, most, count) {
  const rough = (most - least || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(one => one >= rough);
  const all = [];
  for (let at = Math.ceil(least / step) * step; at <= most + step * 1e-6; at += step) all.push(+at.toFixed(10));
  return all;
}
/** Axes, and the functions that place a value on them. */
function frame(title, {xMost, yMost, xName, xShown, yShown, xLeast = 0, W = 600}) {
  const top = steps(0, yMost || 1, 5).at(-1) >= (yMost || 1) ? yMost || 1 : (yMost || 1) * 1.05;
  const x = value => LEFT + (value - xLeast) / (xMost - xLeast || 1) * (W - LEFT - RIGHT);
  const y = value => H - BOTTOM - value / top * (H - TOP - BOTTOM);
  const svg = sv('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': title});
  for (const at of steps(0, top, 5)) {
    svg.append(sv('line', {x1: LEFT, x2: W - RIGHT, y1: y(at), y2: y(at), stroke: 'var(--grid)'}),
      sv('text', {x: LEFT - 7, y: y(at) + 4, 'text-anchor': 'end'}, yShown(at)));
  }
  for (const at of steps(xLeast, xMost, 7)) {
    svg.append(sv('line', {x1: x(at), x2: x(at), y1: H - BOTTOM, y2: H - BOTTOM + 4, stroke: 'var(--line)'}),
      sv('text', {x: x(at), y: H - BOTTOM + 16, 'text-anchor': 'middle'}, xShown(at)));
  }
  svg.append(sv('line', {x1: LEFT, x2: W - RIGHT, y1: H - BOTTOM, y2: H - BOTTOM, stroke: 'var(--line)'}),
    sv('text', {x: W - RIGHT, y: H - 2, 'text-anchor': 'end'}, xName));
  return {svg, x, y, W};
}
function path(points, x, y) {
  let text = '', pen = false;
  for (const [a, b] of points) {
    if (b === null) { pen = false; continue; }
    text += `${pen ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`;
    pen = true;
  }
  return text;
}
const tip = el('div', {class: 'tip', hidden: ''});
function say(event, content) {
  tip.replaceChildren(content);
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.min(event.clientX + 14, innerWidth - box.width - 6)}px`;
  tip.style.top = `${Math.min(event.clientY + 14, innerHeight - box.height - 6)}px`;
}
const hush = () => { tip.hidden = true; };
const legend = items => el('div', {class: 'legend'}, ...items.map(([name, paint]) => el('span', {}, el('i', {style: `background:${paint}`}), name)));

/** Colours: one each where nodes are few, one for each group where they are many. */
function paints(run, nodes) {
  const groups = [...new Set(run.topology.nodes.map(node => node.group))];
  const group = Object.fromEntries(run.topology.nodes.map(node => [node.name, node.group]));
  return nodes.length <= 8
    ? {of: node => colour(nodes.indexOf(node)), items: nodes.map((node, i) => [node, colour(i)])}
    : {of: node => colour(groups.indexOf(group[node])), items: groups.filter(g => nodes.some(n => group[n] === g)).map(g => [g, colour(groups.indexOf(g))])};
}
const NOTED = {swap: '◆', rollback: '◇', fail: '✕', remove: '✕', create: '+', join: '+', leave: '−', emulate: '≈'};
function moments(run) {
  const seen = new Map();
  for (const deed of run.timeline) {
    if (deed.do === 'wait' || deed.do === 'mark') continue;
    const at = seen.get(deed.entry) ?? {at: deed.at, until: deed.at, do: deed.do, nodes: [], failed: false, sentence: deed.sentence};
    at.at = Math.min(at.at, deed.at);
    at.until = Math.max(at.until, deed.at);
    at.nodes.push(deed.node);
    at.failed ||= !deed.succeeded;
    seen.set(deed.entry, at);
  }
  return [...seen.values()].sort((a, b) => a.at - b.at);
}
function peak(run, label) {
  const measure = measureOf(run, label);
  return measure ? Math.max(0, ...Object.keys(measure.nodes).flatMap(node => values(run, measure, node).filter(v => v !== null))) : 0;
}
function overTime(run, label) {
  const measure = measureOf(run, label);
  const card = el('div', {class: 'card'}, several ? el('h3', {}, run.scenario) : null);
  if (!measure) return card.append(el('p', {class: 'soft'}, 'not recorded')), card;
  const times = run.series.times;
  const drawn = Object.keys(measure.nodes).map(node => [node, values(run, measure, node)])
    .filter(([, list]) => list.some(value => value !== null && (value !== 0 || label !== 'throughput')));
  // The same scale for all, so that they can be compared, unless one would be flat then.
  const own = peak(run, label), all = Math.max(...runs.map(one => peak(one, label)));
  const most = all > 8 * own ? own : all;
  const title = `${label} over time, ${run.scenario}`;
  const {svg, x, y, W} = frame(title, {W: several || innerWidth < 700 ? 600 : 1200, xMost: end, yMost: most, xName: 'seconds', xShown: String, yShown: v => shown(v, measure.unit)});
  let lastLabel = -Infinity, row = 0;
  for (const one of moments(run)) {
    const sign = NOTED[one.do];
    if (!sign) continue;
    const at = x(one.at), paint = one.do === 'fail' || one.failed ? 'var(--bad)' : 'var(--soft)';
    svg.append(sv('line', {x1: at, x2: at, y1: TOP - 4, y2: H - BOTTOM, stroke: paint, 'stroke-dasharray': '2 3', opacity: .8}));
    row = at - lastLabel < 62 ? (row + 1) % 2 : 0;
    lastLabel = at;
    svg.append(sv('text', {x: at, y: row ? 19 : 8, 'text-anchor': at > W - 50 ? 'end' : at < LEFT + 30 ? 'start' : 'middle', style: `fill:${paint}`}, `${sign} ${one.do}`));
  }
  const paint = paints(run, drawn.map(([node]) => node));
  for (const [node, list] of drawn) {
    svg.append(sv('path', {d: path(list.map((value, i) => [times[i], value]), x, y), fill: 'none', stroke: paint.of(node), 'stroke-width': drawn.length > 12 ? 1.1 : 1.9, 'stroke-linejoin': 'round', opacity: drawn.length > 12 ? .75 : 1}));
  }
  const hair = sv('line', {y1: TOP, y2: H - BOTTOM, stroke: 'var(--soft)', visibility: 'hidden'});
  svg.append(hair);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width * W - LEFT) / (W - LEFT - RIGHT) * end;
    let i = 0;
    for (let k = 0; k < times.length; k++) if (Math.abs(times[k] - at) < Math.abs(times[i] - at)) i = k;
    hair.setAttribute('x1', x(times[i] ?? 0)); hair.setAttribute('x2', x(times[i] ?? 0)); hair.setAttribute('visibility', 'visible');
    const rows = drawn.map(([node, list]) => [node, list[i]]).filter(([, value]) => value !== null).sort((a, b) => b[1] - a[1]);
    say(event, el('div', {}, `${(times[i] ?? 0).toFixed(2)} s`, el('table', {}, ...rows.slice(0, 10).map(([node, value]) =>
      el('tr', {}, el('td', {}, node), el('td', {class: 'n'}, shown(value, measure.unit))))), rows.length > 10 ? `and ${rows.length - 10} more` : null));
  });
  svg.addEventListener('pointerleave', () => { hush(); hair.setAttribute('visibility', 'hidden'); });
  card.append(svg, drawn.length ? legend(paint.items) : el('p', {class: 'soft'}, 'nothing moved'));
  return card;
}
/** One line for each run, or each group of a single one. */
function lines(label, from, to) {
  const all = [];
  for (const run of runs) {
    const measure = measureOf(run, label);
    if (!measure) continue;
    const parts = new Map();
    for (const node of run.topology.nodes) {
      const value = node.name in measure.nodes ? mean(run, measure, node.name, from, to) : null;
      if (value === null || (label === 'throughput' && value === 0)) continue;
      const key = several ? run.scenario : node.group === node.name ? 'others' : node.group;
      if (!parts.has(key)) parts.set(key, []);
      parts.get(key).push([value, node.name]);
    }
    for (const [name, list] of parts) all.push({name, unit: measure.unit, list: list.sort((a, b) => b[0] - a[0])});
  }
  return all.filter(one => one.list.length);
}
function dots(svg, points, x, y, paint, text) {
  for (const [a, b, name] of points) {
    svg.append(sv('circle', {cx: x(a), cy: y(b), r: points.length > 60 ? 1.8 : 3, fill: paint, onpointermove: event => say(event, document.createTextNode(text(a, b, name))), onpointerleave: hush}));
  }
}
function sorted(label, from, to) {
  const all = lines(label, from, to);
  const card = el('div', {class: 'card'}, el('h3', {}, `Sorted ${label}`));
  if (!all.length) return card.append(el('p', {class: 'soft'}, 'nothing in this window')), card;
  const {svg, x, y} = frame(`sorted ${label}`, {xLeast: 1, xMost: Math.max(2, ...all.map(one => one.list.length)), yMost: Math.max(...all.map(one => one.list[0][0])), xName: 'rank of the node', xShown: v => Number.isInteger(v) ? String(v) : '', yShown: v => shown(v, all[0].unit)});
  all.forEach((one, i) => {
    const points = one.list.map(([value, name], k) => [k + 1, value, name]);
    svg.append(sv('path', {d: path(points, x, y), fill: 'none', stroke: colour(i), 'stroke-width': 1.8}));
    dots(svg, points, x, y, colour(i), (rank, value, name) => `${name}: ${shown(value, one.unit)}, rank ${rank}`);
  });
  card.append(svg, legend(all.map((one, i) => [one.name, colour(i)])));
  return card;
}
function distribution(label, from, to) {
  const all = lines(label, from, to);
  const card = el('div', {class: 'card'}, el('h3', {}, `Distribution of ${label} (CDF)`));
  if (!all.length) return card.append(el('p', {class: 'soft'}, 'nothing in this window')), card;
  const most = Math.max(...all.map(one => one.list[0][0]));
  const {svg, x, y} = frame(`CDF of ${label}`, {xMost: most * 1.02 || 1, yMost: 1, xName: `${label} of a node`, xShown: v => shown(v, all[0].unit), yShown: v => `${Math.round(v * 100)} %`});
  all.forEach((one, i) => {
    const up = [...one.list].reverse();
    const points = [[up[0][0], 0]];
    up.forEach(([value], k) => points.push([value, k / up.length], [value, (k + 1) / up.length]));
    points.push([most * 1.02, 1]);
    svg.append(sv('path', {d: path(points, x, y), fill: 'none', stroke: colour(i), 'stroke-width': 1.9}));
  });
  card.append(svg, legend(all.map((one, i) => [one.name, colour(i)])));
  return card;
}

// --- Topology
const edgesAt = (run, application, at) => run.topology.edges.filter(edge =>
  (application === 'all' || String(edge.application) === application) && edge.since <= at && (edge.until >= at || (edge.last && at >= edge.since)));
const isThere = (run, node, at) => {
  const measure = run.series.measures[1];
  const list = measure?.nodes[node] ?? [];
  let last = null;
  run.series.times.forEach((time, i) => { if (time <= at + 1e-6) last = list[i] ?? null; });
  return list.length === 0 || last !== null;
};
/** Layers by distance from nodes that nobody sends to; those without edges at the bottom. */
function placed(nodes, edges) {
  const parents = new Map(nodes.map(node => [node, []]));
  const children = new Map(nodes.map(node => [node, []]));
  for (const edge of edges) { parents.get(edge.to)?.push(edge.from); children.get(edge.from)?.push(edge.to); }
  const used = nodes.filter(node => parents.get(node).length + children.get(node).length);
  const depth = new Map();
  let layer = used.filter(node => !parents.get(node).length);
  if (!layer.length && used.length) layer = [used[0]];
  for (let d = 0; layer.length && d < 200; d++) {
    layer.forEach(node => depth.has(node) || depth.set(node, d));
    layer = [...new Set(layer.flatMap(node => children.get(node)))].filter(node => !depth.has(node));
  }
  used.forEach(node => depth.has(node) || depth.set(node, 0));
  const rows = [];
  used.forEach(node => (rows[depth.get(node)] ??= []).push(node));
  const order = new Map();
  rows.forEach((row, d) => {
    if (d) row.sort((a, b) => centre(parents.get(a)) - centre(parents.get(b)));
    row.forEach((node, i) => order.set(node, (i + .5) / row.length));
  });
  function centre(list) { const at = list.map(node => order.get(node) ?? .5); return at.length ? at.reduce((a, b) => a + b, 0) / at.length : .5; }
  return {rows, order, depth, lone: nodes.filter(node => !depth.has(node))};
}
function graph(run, application, at) {
  const card = el('div', {class: 'card'}, el('h3', {}, several ? `${run.scenario}: graph` : 'As a graph'));
  const names = run.topology.nodes.map(node => node.name);
  const edges = edgesAt(run, application, at);
  const {rows, order, depth, lone} = placed(names, edges);
  // A long chain goes in lines, as text does.
  const chain = rows.length > 10 && rows.every(row => row.length <= 4);
  const wrap = chain ? 10 : rows.length;
  const high = chain ? Math.ceil(rows.length / wrap) * 84 + 40 : Math.max(200, rows.length * 66 + 30);
  const w = 600, spots = new Map();
  for (const [node, d] of depth) {
    spots.set(node, chain
      ? [40 + (d % wrap) / (wrap - 1) * (w - 80), 36 + Math.floor(d / wrap) * 84 + (order.get(node) - .5) * 70]
      : [order.get(node) * (w - 40) + 20, 30 + (rows.length < 2 ? .5 : d / (rows.length - 1)) * (high - 76)]);
  }
  const svg = sv('svg', {viewBox: `0 0 ${w} ${high}`, role: 'img', 'aria-label': `topology of ${run.scenario}`});
  const dense = depth.size > 40;
  for (const edge of edges) {
    const a = spots.get(edge.from), b = spots.get(edge.to);
    if (a && b) svg.append(sv('line', {x1: a[0], y1: a[1], x2: b[0], y2: b[1], stroke: 'var(--soft)', 'stroke-width': 1.3, opacity: .75}), arrow(a, b));
  }
  const paint = paints(run, names);
  for (const [node, [x, y]] of spots) {
    const gone = !isThere(run, node, at);
    svg.append(sv('circle', {cx: x, cy: y, r: dense ? 4 : 7, fill: gone ? 'var(--card)' : paint.of(node), stroke: gone ? 'var(--bad)' : 'var(--card)', 'stroke-width': 1.5, onpointermove: event => say(event, about(run, node, edges)), onpointerleave: hush}));
    if (!dense) svg.append(sv('text', {class: 'name', x, y: y + 20, 'text-anchor': 'middle'}, node));
  }
  card.append(svg);
  const gone = lone.filter(node => !isThere(run, node, at)), idle = lone.filter(node => isThere(run, node, at));
  if (gone.length) card.append(el('p', {class: 'soft'}, `not there: ${some(gone)}`));
  if (idle.length) card.append(el('p', {class: 'soft'}, `without traffic: ${some(idle)}`));
  return card;
}
const some = list => list.length > 12 ? `${list.slice(0, 12).join(', ')} and ${list.length - 12} more` : list.join(', ');
function arrow(a, b) {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1, part = Math.max(.5, 1 - 11 / length);
  const x = a[0] + (b[0] - a[0]) * part, y = a[1] + (b[1] - a[1]) * part, turn = Math.atan2(b[1] - a[1], b[0] - a[0]) * 180 / Math.PI;
  return sv('path', {d: 'M-6 -3.5L0 0L-6 3.5Z', transform: `translate(${x} ${y}) rotate(${turn})`, fill: 'var(--soft)'});
}
function about(run, name, edges) {
  const node = run.topology.nodes.find(one => one.name === name);
  const up = edges.filter(edge => edge.to === name).map(edge => edge.from), down = edges.filter(edge => edge.from === name).map(edge => edge.to);
  const caps = ['total', 'in', 'out'].filter(key => node[key]).map(key => `${key} ${shown(node[key], 'B/s')}`).join(', ');
  return el('div', {}, el('b', {}, name), node.location?.label ? `, ${node.location.label}` : '',
    el('div', {}, `from ${up.join(', ') || 'nobody'}`), el('div', {}, `to ${some(down) || 'nobody'}`), caps ? el('div', {}, caps) : null,
    ...node.slots.map(slot => el('div', {class: 'soft'}, `${slot.algorithm} ${slot.version}`)));
}
const rings = land.flatMap(polygon => polygon).map(ring => {
  const points = [];
  let x = 0, y = 0;
  for (let i = 0; i < ring.length; i += 2) { x += ring[i]; y += ring[i + 1]; points.push([x / 100, y / 100]); }
  return points;
});
function map(run, application, at) {
  const located = run.topology.nodes.filter(node => node.location);
  if (!located.length) return null;
  const card = el('div', {class: 'card'}, el('h3', {}, several ? `${run.scenario}: map` : 'On the map'));
  const w = 600, h = 330;
  const lons = located.map(node => node.location.longitude), lats = located.map(node => node.location.latitude);
  const middle = (Math.min(...lats) + Math.max(...lats)) / 2, squeeze = Math.cos(middle * Math.PI / 180) || 1;
  const wide = Math.max(12, (Math.max(...lons) - Math.min(...lons)) * 1.25), tall = Math.max(8, (Math.max(...lats) - Math.min(...lats)) * 1.4);
  const k = Math.min(w / (wide * squeeze), h / tall);
  const cx = (Math.min(...lons) + Math.max(...lons)) / 2;
  const spot = (lon, lat) => [w / 2 + (lon - cx) * squeeze * k, h / 2 - (lat - middle) * k];
  const id = `clip${runs.indexOf(run)}`;
  const svg = sv('svg', {viewBox: `0 0 ${w} ${h}`, role: 'img', 'aria-label': `map of ${run.scenario}`, style: 'overflow:hidden;border-radius:6px'},
    sv('clipPath', {id}, sv('rect', {width: w, height: h})));
  const coast = rings.map(ring => 'M' + ring.map(([lon, lat]) => spot(lon, lat).map(v => v.toFixed(1)).join(' ')).join('L') + 'Z').join('');
  const world = sv('g', {'clip-path': `url(#${id})`}, sv('path', {d: coast, fill: 'var(--land)', stroke: 'var(--shore)', 'stroke-width': .7}));
  svg.append(world);
  const spots = new Map(), taken = new Map();
  for (const node of located) {
    let [x, y] = spot(node.location.longitude, node.location.latitude);
    const key = `${x.toFixed(0)} ${y.toFixed(0)}`, n = taken.get(key) ?? 0; // several at one place stand around it
    taken.set(key, n + 1);
    if (n) { x += Math.cos(n * 2.4) * (4 + n); y += Math.sin(n * 2.4) * (4 + n); }
    spots.set(node.name, [x, y]);
  }
  const edges = edgesAt(run, application, at);
  for (const edge of edges) {
    const a = spots.get(edge.from), b = spots.get(edge.to);
    if (!a || !b) continue;
    const bend = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * .12, (a[1] + b[1]) / 2 + (b[0] - a[0]) * .12];
    world.append(sv('path', {d: `M${a}Q${bend} ${b}`, fill: 'none', stroke: 'var(--accent)', 'stroke-width': 1.5, opacity: .8}), arrow(bend, b));
  }
  const paint = paints(run, run.topology.nodes.map(node => node.name));
  for (const node of located) {
    const [x, y] = spots.get(node.name), gone = !isThere(run, node.name, at);
    svg.append(sv('circle', {cx: x, cy: y, r: located.length > 40 ? 3.5 : 5.5, fill: gone ? 'var(--card)' : paint.of(node.name), stroke: gone ? 'var(--bad)' : 'var(--card)', 'stroke-width': 1.4, onpointermove: event => say(event, about(run, node.name, edges)), onpointerleave: hush}));
    if (located.length <= 16) svg.append(sv('text', {class: 'name', x: x + (x > w - 90 ? -9 : 9), y: y + 4, 'text-anchor': x > w - 90 ? 'end' : 'start'}, node.location.label ? `${node.name}, ${node.location.label}` : node.name));
  }
  card.append(svg);
  return card;
}

// --- Time line
const LANES = ['time line', 'swaps', 'failures'];
function timeLine(run) {
  const card = el('div', {class: 'card'}, several ? el('h3', {}, run.scenario) : null);
  const rows = LANES.map(() => []);
  for (const one of moments(run)) rows[one.do === 'swap' || one.do === 'rollback' || one.do === 'shadow' ? 1 : one.do === 'fail' ? 2 : 0].push(one);
  for (const event of run.events) {
    if (/failed|broken|parked|condemned|returned/.test(event.kind)) rows[2].push({at: event.seconds, until: event.seconds, do: event.kind, nodes: [event.node], sentence: event.sentence, small: true});
  }
  const h = 138, x = at => 78 + at / end * (1180 - 78 - 14);
  const svg = sv('svg', {viewBox: `0 0 1180 ${h}`, role: 'img', 'aria-label': `time line of ${run.scenario}`, style: 'min-width:620px'});
  for (const at of steps(0, end, 12)) svg.append(sv('line', {x1: x(at), x2: x(at), y1: 8, y2: h - 22, stroke: 'var(--grid)'}), sv('text', {x: x(at), y: h - 6, 'text-anchor': 'middle'}, `${at} s`));
  LANES.forEach((lane, i) => {
    const y = 26 + i * 36;
    svg.append(sv('text', {x: 0, y: y + 4}, lane), sv('line', {x1: 78, x2: 1166, y1: y, y2: y, stroke: 'var(--line)'}));
    for (const one of rows[i]) {
      const bad = one.failed || (i === 2 && !one.small), paint = bad ? 'var(--bad)' : i === 1 ? 'var(--c3)' : i === 2 ? 'var(--c1)' : 'var(--accent)';
      const hear = {onpointermove: event => say(event, el('div', {}, el('b', {}, `${one.at.toFixed(2)} s ${one.do}`), el('div', {}, some(one.nodes.filter(Boolean))), el('div', {class: 'soft'}, one.sentence ?? ''))), onpointerleave: hush};
      if (one.until > one.at) svg.append(sv('line', {x1: x(one.at), x2: x(one.until), y1: y, y2: y, stroke: paint, 'stroke-width': 4, opacity: .4}));
      svg.append(i === 1 ? sv('path', {d: `M${x(one.at)} ${y - 7}l6 7l-6 7l-6 -7Z`, fill: paint, ...hear})
        : i === 2 && !one.small ? sv('path', {d: `M${x(one.at) - 6} ${y - 6}l12 12m0 -12l-12 12`, stroke: paint, 'stroke-width': 2.6, ...hear})
        : sv('circle', {cx: x(one.at), cy: y, r: one.small ? 3.5 : 5, fill: paint, ...hear}));
    }
  });
  card.append(el('div', {class: 'scroll'}, svg));
  const deeds = [...run.timeline].sort((a, b) => a.at - b.at);
  card.append(el('details', {}, el('summary', {}, `${deeds.length} entries, as they were done`), el('div', {class: 'scroll'}, el('table', {},
    el('tr', {}, el('th', {class: 'n'}, 'at, s'), el('th', {class: 'n'}, 'late, ms'), el('th', {}, 'do'), el('th', {}, 'node'), el('th', {class: 'n'}, 'pause, ms'), el('th', {}, 'what came of it')),
    ...deeds.slice(0, 500).map(deed => el('tr', {}, el('td', {class: 'n'}, deed.at.toFixed(2)), el('td', {class: 'n'}, short(deed.late * 1000)), el('td', {}, deed.do), el('td', {}, deed.node),
      el('td', {class: 'n'}, deed.pauseMicros === undefined ? '' : short(deed.pauseMicros / 1000)), el('td', {class: deed.succeeded ? '' : 'bad'}, deed.sentence)))))));
  return card;
}

// --- Tables
function expected(one) {
  const word = {'≤': 'at most ', '≥': 'at least '}[one.relation] ?? '';
  const margin = !one.tolerance ? '' : ` ± ${typeof one.tolerance === 'string' ? one.tolerance : shown(one.tolerance, one.unit)}`;
  return word + shown(one.expected, one.unit) + margin;
}
function assertions(run) {
  const card = el('div', {class: 'card'}, several ? el('h3', {}, run.scenario) : null);
  const all = [...run.assertions].sort((a, b) => a.passed - b.passed);
  const table = list => el('div', {class: 'scroll'}, el('table', {}, el('tr', {}, el('th', {}, ''), el('th', {}, 'assertion'), el('th', {}, 'expected'), el('th', {class: 'n'}, 'measured')),
    ...list.map(one => el('tr', {}, el('td', {class: one.passed ? 'good' : 'bad', title: one.passed ? 'passed' : 'failed', 'aria-label': one.passed ? 'passed' : 'failed'}, one.passed ? '✓' : '✗'),
      el('td', {}, one.name, one.note ? el('span', {class: 'soft'}, ` (${one.note})`) : null), el('td', {}, expected(one)), el('td', {class: `n ${one.passed ? '' : 'bad'}`, style: 'white-space:normal'}, shown(one.measured, one.unit))))));
  const open = all.filter((one, i) => !one.passed || i < 24);
  card.append(all.length ? table(open) : el('p', {class: 'soft'}, 'none'));
  if (open.length < all.length) card.append(el('details', {}, el('summary', {}, `${all.length - open.length} more that hold`), table(all.filter(one => !open.includes(one)))));
  if (run.figures.length) card.append(el('h3', {style: 'margin-top:16px'}, 'Figures'), el('div', {class: 'scroll'}, el('table', {}, ...run.figures.map(one => el('tr', {}, el('td', {}, one.name), el('td', {class: 'n'}, shown(one.measured, one.unit)), el('td', {class: 'soft'}, one.note))))));
  return card;
}
function summary(run) {
  const held = run.assertions.filter(one => one.passed).length;
  const fact = (name, value) => el('span', {}, `${name} `, el('b', {}, value));
  const late = Math.max(0, ...run.timeline.map(deed => deed.late));
  return el('div', {class: 'card'},
    el('p', {class: `verdict ${run.passed ? 'good' : 'bad'}`}, run.passed ? '✓ passed' : '✗ failed', el('span', {class: 'soft', style: 'font-weight:400'}, `  ${held} of ${run.assertions.length} assertions hold`)),
    el('p', {}, run.title), ...run.notes.map(note => el('p', {class: 'soft'}, note)),
    el('div', {class: 'facts'}, several ? fact('scenario', run.scenario) : null, fact('nodes', String(run.topology.nodes.length)), fact('time', shown(run.seconds, 's')), fact('seed', String(run.seed)),
      ...Object.entries(run.variables).map(([name, value]) => fact(name, String(value))), fact('latest entry', shown(late, 's')), fact('started', run.started.slice(0, 19).replace('T', ' ') + ' UTC')));
}

// --- The page
const put = (holder, ...cards) => holder.replaceChildren(...cards.filter(Boolean));
const cards = () => el('div', {class: 'cards'});
document.title = several ? `${runs.length} scenarios` : runs[0].scenario;
page.append(el('h1', {}, several ? `${runs.length} scenarios side by side` : runs[0].scenario), tip);
const head = cards(), time = cards(), spread = cards(), shape = cards(), what = cards(), line = el('div', {class: 'cards', style: 'grid-template-columns:minmax(0,1fr)'});
put(head, ...runs.map(summary));
const choose = el('select', {'aria-label': 'measure'}, ...labels.map(label => el('option', {}, label)));
const from = el('input', {type: 'number', min: 0, max: end, step: .5, value: 0}), to = el('input', {type: 'number', min: 0, max: end, step: .5, value: end.toFixed(1)});
const applications = [...new Set(runs.flatMap(run => run.topology.edges.map(edge => String(edge.application))))].sort((a, b) => a - b);
const application = el('select', {'aria-label': 'application'}, ...(applications.length > 1 ? ['all', ...applications] : applications.length ? applications : ['all']).map(one => el('option', {}, one)));
const latest = Math.max(0, ...runs.flatMap(run => run.topology.edges.map(edge => edge.until)));
const at = el('input', {type: 'range', min: 0, max: end, step: Math.max(.01, end / 400), value: latest || end, 'aria-label': 'moment'}), moment = el('span', {});
page.append(head, el('h2', {}, 'What was expected'), what,
  el('h2', {}, 'Over time'), el('div', {class: 'bar'}, el('label', {}, 'measure ', choose)), time,
  el('h2', {}, 'Among nodes'), el('div', {class: 'bar'}, el('label', {}, 'mean from ', from, ' s'), el('label', {}, 'to ', to, ' s')), spread,
  el('h2', {}, 'Topology'), el('div', {class: 'bar'}, el('label', {}, 'application ', application), el('label', {}, 'at ', at, moment)), shape,
  el('h2', {}, 'What happened'), line);
put(what, ...runs.map(assertions));
put(line, ...runs.map(timeLine));
function drawTime() { put(time, ...runs.map(run => overTime(run, choose.value))); if (!several) time.style.gridTemplateColumns = 'minmax(0,1fr)'; }
function drawSpread() { put(spread, sorted(choose.value, +from.value, +to.value), distribution(choose.value, +from.value, +to.value)); }
function drawShape() { moment.textContent = `${(+at.value).toFixed(1)} s`; put(shape, ...runs.flatMap(run => [graph(run, application.value, +at.value), map(run, application.value, +at.value)])); }
choose.addEventListener('change', () => { drawTime(); drawSpread(); });
from.addEventListener('change', drawSpread);
to.addEventListener('change', drawSpread);
application.addEventListener('change', drawShape);
at.addEventListener('input', drawShape);
drawTime(); drawSpread(); drawShape();
