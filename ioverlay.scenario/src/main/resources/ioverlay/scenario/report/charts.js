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
/** On a small screen a chart is drawn smaller, not its letters. */
const NARROW = innerWidth < 700;
const decades = (least, most) => Array.from({length: 1 + Math.round(Math.log10(most / least))}, (_, i) => least * 10 ** i).filter(at => at <= most * 1.001);
/** Axes, and the functions that place a value on them; with yLeast, each step up is ten times the one below. */
function frame(title, {xMost, yMost, xName, xShown, yShown, xLeast = 0, W = NARROW ? 380 : 600, xSteps = steps(xLeast, xMost, NARROW ? 4 : 7), yLeast = 0, yName = ''}) {
  const top = steps(0, yMost || 1, 5).at(-1) >= (yMost || 1) ? yMost || 1 : (yMost || 1) * 1.05;
  const part = yLeast ? value => Math.log(value / yLeast) / Math.log(top / yLeast) : value => value / top;
  const x = value => LEFT + (value - xLeast) / (xMost - xLeast || 1) * (W - LEFT - RIGHT);
  const y = value => H - BOTTOM - part(value) * (H - TOP - BOTTOM);
  const svg = sv('svg', {viewBox: `0 0 ${W} ${H}`, class: 'chart', role: 'img', 'aria-label': title});
  for (const at of yLeast ? decades(yLeast, top) : steps(0, top, 5)) {
    svg.append(sv('line', {x1: LEFT, x2: W - RIGHT, y1: y(at), y2: y(at), stroke: 'var(--grid)'}),
      sv('text', {x: LEFT - 7, y: y(at) + 4, 'text-anchor': 'end'}, yShown(at)));
  }
  for (const at of xSteps) {
    svg.append(sv('line', {x1: x(at), x2: x(at), y1: H - BOTTOM, y2: H - BOTTOM + 4, stroke: 'var(--line)'}),
      sv('text', {x: x(at), y: H - BOTTOM + 16, 'text-anchor': 'middle'}, xShown(at)));
  }
  svg.append(sv('line', {x1: LEFT, x2: W - RIGHT, y1: H - BOTTOM, y2: H - BOTTOM, stroke: 'var(--line)'}),
    sv('text', {x: W - RIGHT, y: H - 2, 'text-anchor': 'end'}, xName));
  if (yName && !SHOWN.includes(yName)) svg.append(sv('text', {x: 0, y: 11}, yName));
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

/**
 * Colours: a node has the same in all charts, and in all runs of a file. One each where nodes are few; where they are many but
 * those few that anything arrives at, one for each of these; else one for each group.
 */
const painted = new Map();
function paints(run) {
  if (!painted.has(run.file)) painted.set(run.file, paint(runs.filter(one => one.file === run.file)));
  return painted.get(run.file);
}
function paint(same) {
  const group = Object.fromEntries(same.flatMap(run => run.topology.nodes.map(node => [node.name, node.group])));
  const nodes = Object.keys(group), groups = [...new Set(Object.values(group))];
  const gets = node => same.some(run => run.series.measures.some(measure => isRate(measure) && values(run, measure, node).some(value => value > 0)));
  const own = nodes.length <= 8 ? nodes : nodes.filter(gets);
  const place = new Map((own.length <= 8 ? own : []).map((node, i) => [node, i]));
  if (!place.size) groups.forEach((name, i) => nodes.filter(node => group[node] === name).forEach(node => place.set(node, i)));
  const of = node => place.has(node) ? colour(place.get(node)) : 'var(--soft)';
  const word = node => !place.has(node) ? 'others' : own.length <= 8 ? node : group[node];
  return {of, items: some => [...new Map(some.map(node => [word(node), of(node)]))]};
}
const NOTED = {swap: '◆', rollback: '◇', fail: '✕', remove: '✕', create: '+', join: '+', leave: '−', emulate: '≈'};
function peak(run, label) {
  const measure = measureOf(run, label);
  return measure ? Object.keys(measure.nodes).reduce((most, node) => values(run, measure, node).reduce((a, b) => b > a ? b : a, most), 0) : 0;
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
  const {svg, x, y, W} = frame(title, {W: NARROW ? 380 : several ? 600 : 1200, xMost: end, yMost: most, xName: 'seconds', xShown: String, yShown: v => shown(v, measure.unit)});
  let lastLabel = -Infinity, row = 0;
  for (const one of run.moments) {
    const sign = NOTED[one.do];
    if (!sign) continue;
    const at = x(one.at), paint = one.do === 'fail' || one.failed ? 'var(--bad)' : 'var(--soft)';
    svg.append(sv('line', {x1: at, x2: at, y1: TOP - 4, y2: H - BOTTOM, stroke: paint, 'stroke-dasharray': '2 3', opacity: .8}));
    row = at - lastLabel < 62 ? (row + 1) % 2 : 0;
    lastLabel = at;
    svg.append(sv('text', {x: at, y: row ? 19 : 8, 'text-anchor': at > W - 50 ? 'end' : at < LEFT + 30 ? 'start' : 'middle', style: `fill:${paint}`}, `${sign} ${one.do}`));
  }
  const paint = paints(run);
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
  if (run.series.each > 1) card.append(el('p', {class: 'soft'}, `Each point is the mean of about ${run.series.each} samples; samples.csv has all of them.`));
  card.append(svg, drawn.length ? legend(paint.items(drawn.map(([node]) => node))) : el('p', {class: 'soft'}, 'nothing moved'));
  return card;
}
/** One line for each run, or each group of a single one; each over its own window where none is chosen. */
function lines(label, chosen) {
  const all = [];
  for (const run of runs) {
    const measure = measureOf(run, label);
    if (!measure) continue;
    const {from, to} = chosen ?? run.window;
    const grouped = run.topology.nodes.some(node => node.group !== node.name);
    const parts = new Map();
    for (const node of run.topology.nodes) {
      const value = node.name in measure.nodes ? mean(run, measure, node.name, from, to) : null;
      if (value === null || (label === 'throughput' && value === 0)) continue;
      const key = several ? nameOf(run) : node.group !== node.name ? node.group : grouped ? 'nodes of no group' : run.scenario;
      if (!parts.has(key)) parts.set(key, []);
      parts.get(key).push([value, node.name]);
    }
    for (const [name, list] of parts) all.push({name, list});
  }
  return all.filter(one => one.list.length);
}
const few = (card, curves, unit) => {
  card.append(el('p', {class: 'soft'}, `only of ${curves[0].list[0][1]}: ${shown(curves[0].list[0][0], unit)}`));
  return card;
};
const single = curves => curves.length === 1 && curves[0].list.length === 1;
const empty = card => { card.append(el('p', {class: 'soft'}, 'nothing in this window')); return card; };
/** Curves of one name have one colour, and one place in the legend. */
function colours(curves) {
  const names = [...new Set(curves.map(one => one.name))];
  return {of: name => colour(names.indexOf(name)), legend: () => legend(names.map((name, i) => [name, colour(i)]))};
}
function dots(svg, points, x, y, paint, text) {
  for (const [a, b, name] of points) {
    svg.append(sv('circle', {cx: x(a), cy: y(b), r: points.length > 60 ? 1.8 : 3, fill: paint, onpointermove: event => say(event, document.createTextNode(text(a, b, name))), onpointerleave: hush}));
  }
}
const heading = (title, over) => el('h3', {}, title, over ? el('span', {class: 'soft', style: 'font-weight:400'}, `, ${over}`) : null);
/** Curves are {name, list: [[value, node], …]}, lines {name, value}. */
function sorted(title, curves, unit, marks = [], over = '') {
  const card = el('div', {class: 'card'}, heading(title, over));
  if (!curves.length) return empty(card);
  if (single(curves)) return few(card, curves, unit);
  const ranked = curves.map(one => ({name: one.name, list: [...one.list].sort((a, b) => b[0] - a[0])}));
  const most = Math.max(...ranked.map(one => one.list[0][0]), ...marks.map(line => line.value)), paint = colours(ranked);
  const {svg, x, y, W} = frame(title, {xLeast: 1, xMost: Math.max(2, ...ranked.map(one => one.list.length)), yMost: most, xName: 'rank of the node', xShown: v => Number.isInteger(v) ? String(v) : '', yShown: v => shown(v, unit), yName: unit});
  for (const one of ranked) {
    const points = one.list.map(([value, name], k) => [k + 1, value, name]);
    svg.append(sv('path', {d: path(points, x, y), fill: 'none', stroke: paint.of(one.name), 'stroke-width': 1.6}));
    if (ranked.length <= 6) dots(svg, points, x, y, paint.of(one.name), (rank, value, name) => `${name}: ${shown(value, unit)}, rank ${rank}`);
  }
  for (const line of marks) across(svg, line, y, W, unit);
  card.append(svg, paint.legend());
  return card;
}
function distribution(title, curves, unit, marks = [], xName = 'value of a node', over = '') {
  const card = el('div', {class: 'card'}, heading(title, over));
  if (!curves.length) return empty(card);
  if (single(curves)) return few(card, curves, unit);
  const values = [...curves.flatMap(one => one.list.map(([value]) => value)), ...marks.map(line => line.value)];
  const most = Math.max(...values) * 1.02 || 1, paint = colours(curves);
  const {svg, x, y, W} = frame(title, {xLeast: Math.min(0, ...values), xMost: most, yMost: 1, xName, xShown: v => shown(v, unit), yShown: v => `${Math.round(v * 100)} %`});
  for (const one of curves) {
    const up = [...one.list].sort((a, b) => a[0] - b[0]);
    const points = [[up[0][0], 0]];
    up.forEach(([value], k) => points.push([value, k / up.length], [value, (k + 1) / up.length]));
    points.push([most, 1]);
    svg.append(sv('path', {d: path(points, x, y), fill: 'none', stroke: paint.of(one.name), 'stroke-width': 1.6}));
  }
  for (const line of marks) upright(svg, line, x, W, unit);
  card.append(svg, paint.legend());
  return card;
}
/** A value with a name, drawn through all of a chart. */
function upright(svg, line, x, W, unit) {
  const at = x(line.value), end = at > W * .7;
  svg.append(sv('line', {x1: at, x2: at, y1: TOP - 6, y2: H - BOTTOM, stroke: 'var(--ink)', 'stroke-width': 1.4, 'stroke-dasharray': '6 4'}),
    sv('text', {class: 'name', x: at + (end ? -6 : 6), y: TOP - 10 + 4, 'text-anchor': end ? 'end' : 'start'}, `${line.name} ${shown(line.value, unit)}`));
}
function across(svg, line, y, W, unit) {
  svg.append(sv('line', {x1: LEFT, x2: W - RIGHT, y1: y(line.value), y2: y(line.value), stroke: 'var(--ink)', 'stroke-width': 1.4, 'stroke-dasharray': '6 4'}),
    sv('text', {class: 'name', x: W - RIGHT, y: y(line.value) - 5, 'text-anchor': 'end'}, `${line.name} ${shown(line.value, unit)}`));
}
