// The applications of a node: sources and sinks that run here, started and stopped.
import {ask, choice, json, jsonOf} from './ask.js';
import {applicationField} from './node-actions.js';
import {h, text} from './dom.js';
import {order, orderHome} from './api.js';
import {stateChip} from './parts.js';
import {orNothing} from './table.js';
import {bytes} from './units.js';
import * as store from './store.js';

const SETTINGS = {
  'source.cbr': '{"bytesPerSecond": 400000}',
  'source.backtoback': '{}',
  'sink.counting': '{}',
  'file.source': '{"path": "/path/of/a/file"}',
  'file.sink': '{"directory": "/existing/directory"}',
};

export function applicationRows(id, poll) {
  const said = h('p.result', {role: 'status', id: 'stop-result'});
  const rows = orNothing({
    caption: 'Applications',
    sort: 'application',
    key: it => String(it.application),
    columns: [
      {key: 'application', label: 'Id', value: it => it.application},
      {key: 'type', label: 'Type', value: it => it.type, show: it => h('strong', {}, it.type)},
      {key: 'state', label: 'State', value: it => it.state, show: it => stateChip(it.state)},
      {key: 'produced', label: 'Produced', num: true, wide: true, value: it => it.producedBytes, show: it => bytes(it.producedBytes)},
      {key: 'consumed', label: 'Consumed', num: true, wide: true, value: it => it.consumedBytes, show: it => bytes(it.consumedBytes)},
      {key: 'act', label: 'Actions', sort: false, value: () => 0, show: it => h('button.quiet', {type: 'button', 'aria-label': `Stop application ${it.application}`, onclick: () => stop(it.application)}, 'Stop')},
    ],
  }, 'No application runs here.', 'Start a source or a sink.');

  async function stop(application) {
    said.classList.remove('bad');
    text(said, '');
    try {
      await order(id, {do: 'stop', application});
      text(said, `Application ${application} has ended here.`);
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
    }
    poll();
  }

  async function start() {
    const home = store.nodes.get(id)?.container;
    const types = await (home ? orderHome(home, {do: 'types'}).then(it => it.applications, () => []) : []);
    const application = applicationField(1);
    const settings = json(SETTINGS['source.cbr'], {id: 'start-settings'});
    const type = choice((types.length ? types : Object.keys(SETTINGS)).map(it => [it]), 'source.cbr',
        {id: 'start-type', onchange: () => { settings.value = SETTINGS[type.value] ?? '{}'; }});
    settings.value = SETTINGS[type.value] ?? '{}';
    ask({
      title: 'Start an application', yes: 'Start',
      fields: [['Application', application], ['Type', type], ['Settings, a JSON object', settings]],
      act: async () => {
        await order(id, {do: 'start', application: Number(application.value), type: type.value, settings: jsonOf(settings.value)});
        poll();
        return `Application ${application.value} is started.`;
      },
    });
  }

  return {element: h('div', {}, rows.element, said), tools: h('button.quiet', {type: 'button', id: 'start-application', onclick: start}, 'Start…'),
    set: status => rows.set(status.applications)};
}
