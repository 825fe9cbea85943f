// A plan: which version, to which nodes, how carefully.
import {announce, field, fill, h, options, text} from './dom.js';
import {post} from './api.js';
import {segments} from './parts.js';
import * as store from './store.js';

export function rolloutForm(query, algorithms, signal) {
  let strategy = 'canary';
  let busy = false; // a plan is on its way
  const number = (value, props) => h('input', {type: 'number', value, ...props});
  const algorithm = h('select', {id: 'plan-algorithm', onchange: versions});
  const version = h('select', {id: 'plan-version', onchange: who});
  const application = h('select', {id: 'plan-application'});
  const canary = number(1, {id: 'plan-canary', min: 1, max: 1000});
  const wave = number(5, {id: 'plan-wave', min: 1, max: 1000});
  const watch = number(10, {id: 'plan-watch', min: 0, max: 3600, step: 'any'});
  const failures = number(3, {min: 1, max: 1_000_000});
  const least = number(0.5, {min: 0, max: 1, step: 'any'});
  const pause = number(1000, {min: 1, max: 60_000, step: 'any'});
  const shadow = number(0, {min: 0, max: 3600, step: 'any'});
  const chosen = h('input', {type: 'checkbox', onchange: who});
  const pick = h('div.pick', {role: 'group', 'aria-label': 'Nodes', hidden: true});
  const said = h('p.result.bad', {role: 'alert'});
  const note = h('p.hint', {id: 'plan-note'});
  const start = h('button.primary', {type: 'submit', id: 'plan-start'}, 'Start rollout');
  const canaryField = field('Canary nodes first', canary);
  const waveField = field('Nodes per wave', wave);
  const element = h('form.form', {onsubmit: submit},
      h('div.pair', {}, field('Algorithm', algorithm), field('Version', version)),
      h('div.pair', {}, field('Application', application), h('div.field', {}, 'How', segments('How', [['canary', 'Canary'], ['all', 'All at once']], strategy, value => {
        strategy = value;
        canaryField.hidden = waveField.hidden = value === 'all';
      }))),
      h('div.pair', {}, canaryField, waveField),
      h('div.pair', {}, field('Watch each wave, s', watch), field('Shadow first, s (0: none)', shadow)),
      h('details', {}, h('summary', {}, 'Goes back when'), h('div.form', {},
          field('Calls that fail at a node, at least', failures),
          field('Throughput falls below this part of before', least),
          field('A node pauses longer than, ms', pause))),
      h('label.inline', {}, chosen, 'Only to some nodes'), pick, note, said, h('div.row', {}, start));

  function offer() {
    const list = algorithms();
    options(algorithm, list.map(it => [it.name, it.name]), algorithm.value || query.get('algorithm') || list[0]?.name);
    options(application, [['0', 'All that run it'], ...store.applications().map(id => [id, `Application ${id}`])], application.value || '0');
    versions();
  }

  function versions() {
    const found = algorithms().find(it => it.name === algorithm.value)?.versions ?? [];
    const newest = [...found].sort((a, b) => b.version.localeCompare(a.version, 'en', {numeric: true}));
    const before = version.dataset.entries;
    options(version, newest.map(it => [it.version, it.version]), version.value || newest[0]?.version);
    if (version.dataset.entries !== before && newest[0]) version.value = newest[0].version;
    ready();
    who();
  }

  function ready() {
    start.disabled = busy || version.options.length === 0;
  }

  function who() {
    const there = store.sorted().filter(node => (node.slots ?? []).some(it => it.algorithm === algorithm.value));
    const due = there.filter(node => node.slots.some(it => it.algorithm === algorithm.value && it.version !== version.value));
    pick.hidden = !chosen.checked;
    const ids = there.map(it => it.id + it.name).join();
    if (pick.dataset.ids !== ids) {
      pick.dataset.ids = ids;
      const marked = new Set([...pick.querySelectorAll(':checked')].map(it => it.value));
      fill(pick, there.map(it => h('label.inline', {}, h('input', {type: 'checkbox', value: it.id, checked: marked.has(it.id)}), it.name)));
    }
    text(note, algorithm.value ? `${due.length} node${due.length === 1 ? '' : 's'} run${due.length === 1 ? 's' : ''} another version of ${algorithm.value}.` : 'Upload a bundle first.');
  }

  async function submit(e) {
    e.preventDefault();
    text(said, '');
    busy = true;
    ready();
    const plan = {
      algorithm: algorithm.value, version: version.value, application: Number(application.value),
      nodes: chosen.checked ? [...pick.querySelectorAll(':checked')].map(it => it.value) : 'all',
      strategy, watchSeconds: Number(watch.value),
      health: {failures: Number(failures.value), leastThroughput: Number(least.value), pauseMillis: Number(pause.value)},
      shadowSeconds: Number(shadow.value),
      ...(strategy === 'canary' ? {canary: Number(canary.value), wave: Number(wave.value)} : {}),
    };
    try {
      const rollout = await post('api/rollouts', plan);
      store.tookRollout(rollout);
      announce(`Rollout ${rollout.id} of ${plan.algorithm} ${plan.version} has started.`);
    } catch (problem) {
      text(said, problem.message);
    }
    busy = false;
    ready();
  }

  store.on('nodes', who, signal);
  return {element, offer};
}
