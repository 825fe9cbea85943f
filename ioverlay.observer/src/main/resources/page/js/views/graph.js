// One application's topology: layered where data flows one way, by forces where it goes round.
import {empty, h} from '../dom.js';
import {legendOf, look, stage, topologies} from '../stage.js';
import {forced, layered, stretched} from '../layout.js';
import {rate} from '../units.js';
import {script} from '../script.js';
import * as store from '../store.js';

export async function show({root, query, signal}) {
  const summary = h('p.hint', {role: 'status', id: 'graph-summary'});
  const tools = h('div.tools');
  const box = h('div');
  root.append(h('div.title', {}, h('h1', {}, 'Graph'), summary, tools), box);
  const d3 = await script('lib/d3.min.js', 'd3').catch(() => null);
  if (signal.aborted) return;
  if (!d3) {
    box.append(empty('The graph could not be loaded.', 'Reload the page.'));
    return;
  }
  let laid = {shape: '', places: new Map(), below: false};
  let topology = {nodes: [], links: []};
  const bounds = () => {
    const at = [...laid.places.values()];
    if (!at.length) return {x0: -50, y0: -50, x1: 50, y1: 50};
    const xs = at.map(p => p[0]);
    const ys = at.map(p => p[1]);
    return {x0: Math.min(...xs) - 20, y0: Math.min(...ys) - 20, x1: Math.max(...xs) + 40, y1: Math.max(...ys) + 20};
  };
  const around = stage('Graph of the nodes and links', {bounds, bend: 0.04, labelLinks: true, below: () => laid.below}, signal);
  const chosen = topologies(query, signal, next => {
    topology = next;
    draw();
  });
  tools.append(chosen.select);
  box.append(around.element, around.list);

  function draw() {
    const nodes = [...topology.nodes].sort(store.byName); // so that neighbours stand in the order of their names
    const ids = nodes.map(node => node.id);
    const known = new Set(ids);
    const rank = new Map(ids.map((id, i) => [id, i]));
    const links = topology.links.filter(link => known.has(link.from) && known.has(link.to)).sort((a, b) => rank.get(a.to) - rank.get(b.to));
    const {clientWidth: width, clientHeight: height} = around.element; // the scene learns its size a frame later
    const wide = width > height;
    const shape = JSON.stringify([wide, ids, links.map(link => [link.from, link.to])]);
    if (shape !== laid.shape) {
      const places = layered(ids, links, wide);
      laid = {shape, places: stretched(places ?? forced(d3, ids, links, laid.places), width, height), below: places !== null};
      if (!around.scene.touched) around.scene.fit();
    }
    const drawn = topology.nodes.map(it => {
      const node = store.nodes.get(it.id) ?? {...it, state: 'lost', slots: it.algorithm ? [{application: 0, algorithm: it.algorithm, version: it.version}] : []};
      const [x, y] = laid.places.get(it.id);
      return {...look(node, chosen.application(), around.palette), x, y, radius: 7, ring: it.source};
    });
    around.scene.set(drawn, links);
    around.legend(legendOf(drawn));
    around.nodes(drawn);
    const flows = links.reduce((sum, link) => sum + (link.bytesPerSecond ?? 0), 0);
    summary.textContent = drawn.length ? `${drawn.length} nodes, ${links.length} links, ${rate(flows)} over all links` : '';
    if (drawn.length) around.empty();
    else around.empty(h('strong', {}, chosen.application() ? `Application ${chosen.application()} is idle.` : 'No application moves data.'),
        'Start one at a node, and its way through the nodes is drawn here.');
  }
  store.on('nodes', draw, signal);
  document.addEventListener('theme', draw, {signal});
}
