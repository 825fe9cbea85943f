// The world, or North America, and the nodes at their places.
import {empty, h} from '../dom.js';
import {segments, served} from '../parts.js';
import {css} from '../colours.js';
import {legendOf, look, stage, topologies} from '../stage.js';
import * as store from '../store.js';
import {script} from '../script.js';

const WIDTH = 1000; // of the world, in its own units
const SPREAD_PX = 9.5;
const AMERICA = {type: 'MultiPoint', coordinates: [[-138, 58], [-60, 60], [-126, 22], [-58, 46], [-112, 14], [-78, 13], [-95, 62]]};
const TRAY_COLUMNS = 12;

let shapes = null; // decoded once

async function land() {
  if (!shapes) {
    const packed = await (await fetch('data/world.json')).json();
    const line = numbers => {
      const points = [];
      let [x, y] = [0, 0];
      for (let i = 0; i < numbers.length; i += 2) {
        x += numbers[i];
        y += numbers[i + 1];
        points.push([x / 100, y / 100]);
      }
      return points;
    };
    const part = it => ({
      land: {type: 'MultiPolygon', coordinates: it.land.map(polygon => polygon.map(line))},
      borders: {type: 'MultiLineString', coordinates: it.borders.map(line)},
    });
    shapes = {world: part(packed.world), america: part(packed.america)};
  }
  return shapes;
}

function projections(d3, area) {
  if (area === 'america') {
    const projection = d3.geoConicEqualArea().parallels([20, 58]).rotate([97, 0]);
    return projection.fitWidth(WIDTH, AMERICA);
  }
  return d3.geoNaturalEarth1().fitWidth(WIDTH, {type: 'Sphere'});
}

export async function show({root, query, signal}) {
  const stand = {area: query.get('area') === 'america' ? 'america' : 'world', topology: {nodes: [], links: []}};
  const summary = h('p.hint', {role: 'status', id: 'map-summary'}, 'Loading the map…');
  const box = h('div');
  const tools = h('div.tools');
  root.append(h('div.title', {}, h('h1', {}, 'Map'), summary, tools), box);

  const [d3, world] = await Promise.all([script('lib/d3.min.js', 'd3'), land()]).catch(() => {
    box.append(empty('The map could not be loaded.', 'Reload the page; the nodes are in the overview, too.'));
    return [];
  });
  if (!d3 || signal.aborted) return;

  let paths;
  function project() {
    const projection = projections(d3, stand.area);
    const draw = shape => {
      const path = new Path2D();
      d3.geoPath(projection, path)(shape);
      return path;
    };
    const shape = world[stand.area];
    const sphere = stand.area === 'world' ? {type: 'Sphere'} : null;
    const frame = d3.geoPath(projection).bounds(sphere ?? AMERICA);
    paths = {projection, land: draw(shape.land), borders: draw(shape.borders), sphere: sphere && draw(sphere), frame};
  }
  project();

  const around = stage('Map of the nodes', {
    ground: (c, view, size) => ground(c, view, size, paths, stand.tray),
    bounds: () => {
      const [[x0, y0], [x1, y1]] = paths.frame;
      return stand.tray ? {x0, y0, x1, y1: stand.tray.y1} : {x0, y0, x1, y1};
    },
  }, signal);
  const chosen = topologies(query, signal, topology => {
    stand.topology = topology;
    around.scene.setLinks(topology.links);
    if (stand.application !== chosen.application()) place();
  });
  tools.append(chosen.select, segments('Part of the world', [['world', 'World'], ['america', 'North America']], stand.area, area => {
    stand.area = area;
    project();
    place();
    around.scene.fit();
  }));
  around.element.classList.add('map');
  box.append(around.element, around.list);

  let trays = -1;
  let drawn = '';
  function place() {
    const all = store.sorted();
    const now = JSON.stringify([stand.area, chosen.application(), store.loaded, all.map(it =>
      [it.id, it.name, it.state, it.location, (it.slots ?? []).map(served), (it.applications ?? []).map(at => at.type)])]);
    if (now === drawn) return; // figures that the map does not show
    [drawn, stand.application] = [now, chosen.application()];
    const {placed, tray} = places(all, paths, chosen.application(), around.palette);
    stand.tray = tray;
    around.scene.set(placed, stand.topology.links);
    around.legend(legendOf(placed));
    around.nodes(all);
    const homeless = tray?.count ?? 0;
    if (homeless !== trays && !around.scene.touched) around.scene.fit();
    trays = homeless;
    const n = all.length;
    summary.textContent = n === 0 ? '' : `${n} node${n === 1 ? '' : 's'}, ${n - homeless} at ${n - homeless === 1 ? 'its place' : 'their places'}`
        + (homeless ? `, ${homeless} without a location` : '');
    if (n === 0 && store.loaded) around.empty(h('strong', {}, 'No node has registered yet.'), 'Start some: ', h('code', {}, 'run/overlay up --nodes 12'));
    else around.empty();
  }
  store.on('nodes', place, signal);
  document.addEventListener('theme', () => {
    drawn = '';
    place();
  }, {signal});
  place();
  around.scene.fit();
}

/** Each node in units of the world; those at one place around it, like seeds of a sunflower; the rest in the tray. */
function places(all, paths, application, palette) {
  const here = new Map();
  const homeless = [];
  for (const node of all) {
    const at = node.location && paths.projection([node.location.longitude, node.location.latitude]);
    if (!at) {
      homeless.push(node);
      continue;
    }
    const key = at.map(v => v.toFixed(1)).join();
    if (!here.has(key)) here.set(key, {at, nodes: []});
    here.get(key).nodes.push(node);
  }
  const placed = [];
  for (const {at, nodes} of here.values()) {
    nodes.forEach((node, i) => {
      const alone = nodes.length === 1;
      const far = alone ? 0 : SPREAD_PX * Math.sqrt(i + 0.6);
      placed.push({...look(node, application, palette), x: at[0], y: at[1],
        dx: far * Math.cos(i * 2.399963), dy: far * Math.sin(i * 2.399963),
        radius: alone ? 6 : 5, quiet: nodes.length > 6});
    });
  }
  const tray = homeless.length ? trayBelow(paths.frame, homeless.length) : null;
  homeless.forEach((node, i) => {
    const row = Math.floor(i / tray.columns);
    placed.push({...look(node, application, palette), quiet: homeless.length > 60,
      x: tray.x0 + tray.stepX * (i % tray.columns + 0.5), y: tray.y0 + tray.stepY * (row + 0.85), radius: homeless.length > 100 ? 4.5 : 6});
  });
  return {placed, tray};
}

function trayBelow([[x0], [x1, y1]], count) {
  const columns = Math.min(Math.max(count, 4), count > 60 ? 36 : TRAY_COLUMNS);
  const stepX = Math.min(120, (x1 - x0) * 0.94 / columns);
  const stepY = count > 60 ? 24 : 34;
  const rows = Math.ceil(count / columns);
  const wide = stepX * columns;
  const left = (x0 + x1) / 2 - wide / 2;
  return {count, columns, stepX, stepY, x0: left, x1: left + wide, y0: y1 + 28, y1: y1 + 28 + stepY * (rows + 0.6)};
}

function ground(c, view, size, paths, tray) {
  c.save();
  c.translate(view.x, view.y);
  c.scale(view.k, view.k);
  if (paths.sphere) {
    c.lineWidth = 1 / view.k;
    c.strokeStyle = css('line');
    c.stroke(paths.sphere);
  }
  c.fillStyle = css('land');
  c.fill(paths.land);
  c.lineWidth = 0.8 / view.k;
  c.strokeStyle = css('border');
  c.stroke(paths.borders);
  c.restore();
  if (tray) {
    const x = tray.x0 * view.k + view.x;
    const y = tray.y0 * view.k + view.y;
    c.fillStyle = css('sea'); // a shelf, over the land that goes on below
    c.fillRect(size.x0, y - 26, size.x1 - size.x0, Math.max(0, size.y1 - y + 26));
    if (!paths.sphere) {
      c.fillStyle = css('line');
      c.fillRect(size.x0, y - 26, size.x1 - size.x0, 1);
    }
    c.fillStyle = css('muted');
    c.font = '500 12px Inter, system-ui, sans-serif';
    c.textAlign = 'left';
    c.fillText(`Without a location: ${tray.count}`, x, y - 7);
  }
}
