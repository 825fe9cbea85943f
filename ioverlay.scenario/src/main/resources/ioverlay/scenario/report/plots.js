// --- Plots that the scenarios ask for
/** Those of one title are one picture, whichever run they are of. */
function pictures() {
  const byTitle = new Map();
  for (const run of runs) {
    for (const plot of run.plots ?? []) {
      const key = `${plot.kind} ${plot.title}`;
      if (!byTitle.has(key)) byTitle.set(key, []);
      byTitle.get(key).push([run, plot]);
    }
  }
  return [...byTitle.values()].map(all => {
    const first = all[0][1];
    // A curve that several runs have says which run it is of.
    const common = name => all.filter(([, plot]) => plot.series.some(one => one.name === name)).length > 1;
    const alone = new Set(all.flatMap(([, plot]) => plot.series.map(one => one.name))).size === 1;
    const names = kind => new Set(all.flatMap(([run, plot]) => plot.series.map(one => `${kind(run)} ${one.name}`))).size;
    const called = names(nameOf) <= 8 ? nameOf : run => run.kin;
    const curves = all.flatMap(([run, plot]) => plot.series.map(one => ({
      name: !common(one.name) ? one.name : alone ? called(run) : `${called(run)}: ${one.name}`,
      list: one.values.filter(([, value]) => typeof value === 'number').map(([name, value]) => [value, name]),
    })));
    const lines = new Map(all.flatMap(([, plot]) => plot.lines).filter(line => typeof line.value === 'number').map(line => [`${line.name} ${line.value.toPrecision(3)}`, line]));
    return picture(first, curves.filter(one => one.list.length), [...lines.values()]);
  });
}
function picture(plot, curves, marks) {
  const title = plot.title;
  if (plot.kind === 'sorted') return sorted(title, curves, plot.unit, marks);
  if (plot.kind === 'cdf') return distribution(title, curves, plot.unit, marks, plot.axis || (plot.unit ? `value of a node, ${plot.unit}` : 'value of a node'));
  return points(plot, curves, marks);
}
/** Each name of the axis has a place of its own, in the order in which they come: numbers joined by a line, names as bars. */
function points(plot, curves, marks) {
  const card = el('div', {class: 'card'}, el('h3', {}, plot.title));
  if (!curves.length) return empty(card);
  const places = [...new Set(curves.flatMap(one => one.list.map(([, name]) => name)))], paint = colours(curves);
  const values = [...curves.flatMap(one => one.list.map(([value]) => value)), ...marks.map(line => line.value)];
  const positive = values.filter(value => value > 0);
  const least = plot.logarithmic && positive.length ? 10 ** Math.floor(Math.log10(Math.min(...positive))) : 0;
  const most = least ? 10 ** Math.ceil(Math.log10(Math.max(...values))) : Math.max(...values);
  const {svg, x, y, W} = frame(plot.title, {xLeast: -.5, xMost: places.length - .5, xSteps: places.map((_, i) => i), yMost: most, yLeast: least, xName: plot.axis, xShown: i => places[i], yShown: v => shown(v, plot.unit), yName: plot.unit});
  const isOfNames = places.every(name => !/^\s*[-+.\d]/.test(name));
  for (const one of curves) {
    const list = one.list.filter(([value]) => !least || value > 0).map(([value, name]) => [places.indexOf(name), value, name]).sort((a, b) => a[0] - b[0]);
    const text = (_, value, name) => `${one.name}, ${name}: ${shown(value, plot.unit)}`;
    if (isOfNames) {
      bars(svg, list, curves.indexOf(one), curves.length, x, y, paint.of(one.name), text, plot.unit);
      continue;
    }
    svg.append(sv('path', {d: path(list, x, y), fill: 'none', stroke: paint.of(one.name), 'stroke-width': 1.6}));
    dots(svg, list, x, y, paint.of(one.name), text);
    if (curves.length <= 2 && list.length <= 12) {
      const up = curves.indexOf(one) === 0;
      for (const [a, b] of list) svg.append(sv('text', {class: 'name', x: x(a), y: y(b) + (up ? -9 : 18), 'text-anchor': 'middle'}, shown(b, plot.unit)));
    }
  }
  for (const line of marks) across(svg, line, y, W, plot.unit);
  card.append(svg, paint.legend());
  return card;
}
/** One bar at each place, beside those of the other curves. Where there is room each says its value, every second one higher. */
function bars(svg, list, k, count, x, y, paint, text, unit) {
  const wide = (x(1) - x(0)) * .8 / count, foot = H - BOTTOM;
  for (const [a, b, name] of list) {
    const left = x(a) + wide * (k - count / 2);
    svg.append(sv('rect', {class: 'column', x: left + .5, y: y(b), width: Math.max(1, wide - 1), height: Math.max(0, foot - y(b)), fill: paint, onpointermove: event => say(event, document.createTextNode(text(a, b, name))), onpointerleave: hush}));
    if (count <= 2 && wide >= 28) svg.append(sv('text', {class: 'name', x: left + wide / 2, y: y(b) - (k ? 16 : 5), 'text-anchor': 'middle'}, shown(b, unit)));
  }
}
