// --- Topology
const edgesAt = (run, application, at) => run.topology.edges.filter(edge =>
  (application === 'all' || String(edge.application) === application) && edge.since <= at && (edge.until >= at || (edge.last && at >= edge.since)));
const isThere = (run, node, at) => {
  const measure = run.series.measures[1];
  const list = measure ? values(run, measure, node) : [];
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
  const paint = paints(run);
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
const some = (list, count = list.length) => count > 12 ? `${list.slice(0, 12).join(', ')} and ${count - 12} more` : list.join(', ');
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
  const paint = paints(run);
  for (const node of located) {
    const [x, y] = spots.get(node.name), gone = !isThere(run, node.name, at);
    svg.append(sv('circle', {cx: x, cy: y, r: located.length > 40 ? 3.5 : 5.5, fill: gone ? 'var(--card)' : paint.of(node.name), stroke: gone ? 'var(--bad)' : 'var(--card)', 'stroke-width': 1.4, onpointermove: event => say(event, about(run, node.name, edges)), onpointerleave: hush}));
    if (located.length <= 16) {
      const name = node.location.label ? `${node.name}, ${node.location.label}` : node.name, left = x + name.length * (NARROW ? 9 : 6.5) > w - 9;
      svg.append(sv('text', {class: 'name', x: x + (left ? -9 : 9), y: y + 4, 'text-anchor': left ? 'end' : 'start'}, name));
    }
  }
  card.append(svg);
  return card;
}
