// Where the nodes of a graph are drawn.
const LAYER = 150;
const STEP = 46;
const SWEEPS = 8;
const TICKS = 240;

/**
 * Layers from the sources on, each node one further than the farthest of those it gets data from; within a layer in
 * the order of their neighbours, which keeps crossings few (Sugiyama, Tagawa and Toda, 1981).
 *
 * @param {string[]} ids
 * @param {{from: string, to: string}[]} links
 * @param {boolean} wide layers from left to right, else from top to bottom
 * @returns {Map<string, [number, number]>|null} null if data can go round
 */
export function layered(ids, links, wide) {
  const next = new Map(ids.map(id => [id, []]));
  const before = new Map(ids.map(id => [id, []]));
  for (const {from, to} of links) {
    next.get(from).push(to);
    before.get(to).push(from);
  }
  const depth = depths(ids, next, before);
  if (!depth) return null;
  const rows = [];
  for (const id of walk(ids, next, before)) (rows[depth.get(id)] ??= []).push(id);
  const tree = ids.every(id => before.get(id).length <= 1);
  for (let i = 0; !tree && i < SWEEPS; i++) {
    for (const row of rows) order(row, rows, i % 2 ? next : before, depth);
  }
  const across = tree ? branches(ids, next, before) : settle(rows, before, next);
  return new Map(ids.map(id => {
    const [along, off] = [depth.get(id) * LAYER, across.get(id)];
    return [id, wide ? [along, off] : [off * 1.6, along * 0.62]];
  }));
}

function depths(ids, next, before) {
  const depth = new Map();
  const missing = new Map(ids.map(id => [id, before.get(id).length]));
  const ready = ids.filter(id => missing.get(id) === 0);
  for (let i = 0; i < ready.length; i++) {
    const id = ready[i];
    depth.set(id, Math.max(0, ...before.get(id).map(it => depth.get(it) + 1)));
    for (const to of next.get(id)) {
      missing.set(to, missing.get(to) - 1);
      if (missing.get(to) === 0) ready.push(to);
    }
  }
  return depth.size === ids.length ? depth : null;
}

// Depth first: children of one node stand together from the start, so that a tree has no crossing.
function walk(ids, next, before) {
  const seen = new Set();
  const visit = id => {
    if (seen.has(id)) return;
    seen.add(id);
    next.get(id).forEach(visit);
  };
  ids.filter(id => before.get(id).length === 0).forEach(visit);
  return seen;
}

// Leaves side by side, everyone else in the middle of its children: no two branches meet.
function branches(ids, next, before) {
  const at = new Map();
  let leaves = 0;
  const visit = id => {
    const children = next.get(id);
    children.forEach(visit);
    at.set(id, children.length ? (at.get(children[0]) + at.get(children.at(-1))) / 2 : leaves++ * STEP);
  };
  ids.filter(id => before.get(id).length === 0).forEach(visit);
  return at;
}

function order(row, rows, sides, depth) {
  const at = new Map();
  for (const other of rows) other.forEach((id, i) => at.set(id, i / Math.max(1, other.length)));
  const middle = id => {
    const list = sides.get(id).filter(it => Math.abs(depth.get(it) - depth.get(id)) >= 1).map(it => at.get(it));
    return list.length ? list.reduce((a, b) => a + b) / list.length : at.get(id);
  };
  const weight = new Map(row.map(id => [id, middle(id)]));
  row.sort((a, b) => weight.get(a) - weight.get(b));
}

// Each node towards the middle of its neighbours, none nearer than a step to the next of its layer.
function settle(rows, before, next) {
  const at = new Map();
  for (const row of rows) row.forEach((id, i) => at.set(id, (i - (row.length - 1) / 2) * STEP));
  for (let sweep = 0; sweep < 24; sweep++) {
    const list = sweep % 2 ? rows : [...rows].reverse();
    for (const row of list) {
      const want = row.map(id => {
        const near = [...(sweep % 2 ? before : next).get(id)];
        return near.length ? near.reduce((sum, it) => sum + at.get(it), 0) / near.length : at.get(id);
      });
      for (let i = 1; i < row.length; i++) want[i] = Math.max(want[i], want[i - 1] + STEP);
      const shift = row.reduce((sum, id, i) => sum + at.get(id) - want[i], 0) / row.length;
      row.forEach((id, i) => at.set(id, want[i] + shift * 0.5));
    }
  }
  return at;
}

/** Layers, drawn out to fill what is there, as far as that is no more than thrice as much one way as the other. */
export function stretched(places, width, height) {
  const span = i => {
    const list = [...places.values()].map(p => p[i]);
    return Math.max(1, Math.max(...list) - Math.min(...list));
  };
  const [w, h] = [span(0), span(1)];
  const by = Math.min(3, Math.max(1 / 3, (height - 120) / (width - 90) * w / h));
  return new Map([...places].map(([id, [x, y]]) => [id, [x, y * by]]));
}

/** By forces: links pull, nodes push; nodes that were there start where they were. */
export function forced(d3, ids, links, before) {
  const nodes = ids.map(id => {
    const at = before.get(id);
    return at ? {id, x: at[0], y: at[1]} : {id};
  });
  const simulation = d3.forceSimulation(nodes)
      .force('link', d3.forceLink(links.map(({from, to}) => ({source: from, target: to}))).id(it => it.id).distance(90))
      .force('charge', d3.forceManyBody().strength(-320).distanceMax(600))
      .force('x', d3.forceX().strength(0.06))
      .force('y', d3.forceY().strength(0.09))
      .force('apart', d3.forceCollide(20))
      .stop();
  simulation.tick(TICKS);
  return new Map(nodes.map(it => [it.id, [it.x, it.y]]));
}
