'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const land = JSON.parse(document.getElementById('land').textContent).land ?? [];
const runs = data.runs;
const page = document.getElementById('page');
const colour = i => `var(--c${i % 8})`;
const several = runs.length > 1;
// Runs of the same name are told apart by the variables in which they differ, by their seed, or else by their number.
// Those that differ in their seed alone are kin: they share a colour.
for (const name of new Set(runs.map(run => run.scenario))) {
  const alike = runs.filter(run => run.scenario === name);
  const differ = Object.keys(alike[0].variables).filter(key => new Set(alike.map(run => run.variables[key])).size > 1);
  alike.forEach(run => { run.kin = [name, ...differ.map(key => run.variables[key])].join(' '); });
  for (const kin of new Set(alike.map(run => run.kin))) {
    const same = alike.filter(run => run.kin === kin), seeds = new Set(same.map(run => run.seed)).size === same.length;
    same.forEach((run, i) => { run.scenario = same.length < 2 ? kin : `${kin} (${seeds ? `seed ${run.seed}` : i + 1})`; });
  }
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
/** What is drawn of a measure for a node: numbers, null where there is none. */
const values = (run, measure, node) => {
  const list = measure.nodes[node] ?? [];
  return typeof list === 'number' ? run.series.times.map(() => list) : list; // a number: it was that all the time
};
function mean(run, measure, node, from, to) {
  const times = run.series.times;
  const inside = values(run, measure, node).filter((value, i) => value !== null && times[i] >= from && times[i] <= to);
  return inside.length ? inside.reduce((a, b) => a + b, 0) / inside.length : null;
}
const measuresOf = run => run.series.measures.filter(measure => Object.values(measure.nodes).some(list => typeof list === 'number' || list.some(v => v !== null)));
const labels = [...new Set(runs.flatMap(run => measuresOf(run).map(measure => measure.label)))];
const measureOf = (run, label) => measuresOf(run).find(measure => measure.label === label);
const ends = runs.map(run => run.series.times.at(-1) ?? run.seconds ?? 0);
const end = Math.max(1, ...ends);
