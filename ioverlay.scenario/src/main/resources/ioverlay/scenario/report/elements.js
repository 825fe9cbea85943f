'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const land = JSON.parse(document.getElementById('land').textContent).land ?? [];
const runs = data.runs;
const page = document.getElementById('page');
const colour = i => `var(--c${i % 8})`;
const several = runs.length > 1;
// A page says of each run what no other is called. Those that differ in their seed alone are kin.
runs.forEach(run => { run.file = run.scenario; run.scenario = run.run; });
/** Where runs are so many that colours would come twice, kin share one; else each has its own. */
const nameOf = run => runs.length <= 8 ? run.scenario : run.kin;

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
/** Units that stand with each number. */
const SHOWN = ['s', 'B/s', 'B'];
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
/** Over time, as what is asserted: each value counts for the time since the one before it, as much of it as is in the window; a node that was not there counts for nothing. */
function mean(run, measure, node, from, to) {
  const {begin, times, ends = times} = run.series;
  let sum = 0, seen = 0;
  values(run, measure, node).forEach((value, i) => {
    const time = Math.min(to, ends[i]) - Math.max(from, i ? ends[i - 1] : begin);
    if (time > 0 && value !== null) { sum += value * time; seen += time; }
  });
  return seen > 0 ? sum / seen : null;
}
const isRate = measure => measure.label.split(' ')[0] === 'throughput';
const measuresOf = run => run.series.measures.filter(measure => Object.values(measure.nodes).some(list => typeof list === 'number' || list.some(v => v !== null)));
const labels = [...new Set(runs.flatMap(run => measuresOf(run).map(measure => measure.label)))];
const measureOf = (run, label) => measuresOf(run).find(measure => measure.label === label);
const ends = runs.map(run => run.series.times.at(-1) ?? run.seconds ?? 0);
const end = Math.max(1, ...ends);
