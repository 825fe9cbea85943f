// What a node can be told, besides its caps and swaps (docs/commands.md).
import {confirm, field, h, options, text} from './dom.js';
import {order, orderHome} from './api.js';
import {micros, rate} from './units.js';
import * as store from './store.js';

const SETTINGS = {
  'source.cbr': '{"bytesPerSecond": 400000}',
  'source.backtoback': '{}',
  'sink.counting': '{}',
  'file.source': '{"path": "/path/of/a/file"}',
  'file.sink': '{"directory": "/existing/directory"}',
};

export function actions(id, poll, signal) {
  const said = h('p.result', {role: 'status', id: 'action-result'});
  let home = null;
  let offered = false;

  async function act(command, done) {
    said.classList.remove('bad');
    text(said, 'Asking the node…');
    try {
      const result = await order(id, command);
      text(said, typeof done === 'function' ? done(result) : done);
    } catch (e) {
      said.classList.add('bad');
      text(said, e.message);
    }
    poll();
  }

  const number = (value, props) => h('input', {type: 'number', value, required: true, ...props});
  const application = () => number(1, {min: 0, max: 4294967295, 'aria-label': 'Application'});
  const group = (name, ...children) => h('form.group', {'aria-label': name, onsubmit: e => e.preventDefault()}, h('h3', {}, name), children);
  const json = (typed, then) => {
    let settings;
    try {
      settings = typed.trim() ? JSON.parse(typed) : {};
    } catch {
      said.classList.add('bad');
      text(said, `Settings are a JSON object, for example {"bytesPerSecond": 400000}, not ${typed}.`);
      return;
    }
    then(settings);
  };

  const startId = application();
  const type = h('select', {onchange: () => { settings.value = SETTINGS[type.value] ?? '{}'; }});
  const settings = h('textarea', {rows: 2, spellcheck: false, value: SETTINGS['source.cbr']});
  options(type, Object.keys(SETTINGS).map(it => [it]), 'source.cbr');

  const memberId = application();
  const memberSettings = h('input', {type: 'text', placeholder: '{}', spellcheck: false});
  const customId = application();
  const [one, two] = [number(0, {id: 'custom-1'}), number(0, {id: 'custom-2'})];
  const peer = h('select');
  const bandwidth = h('input', {type: 'checkbox'});

  const element = h('div', {},
      group('Application', h('div.fields', {}, field('Id', startId), field('Type', type)), field('Settings', settings),
          h('div.row', {}, h('button', {type: 'submit', id: 'start-application', onclick: () => json(settings.value, it =>
            act({do: 'start', application: Number(startId.value), type: type.value, settings: it}, `Application ${startId.value} is started.`))}, 'Start'))),
      group('Session', h('div.fields', {}, field('Application', memberId), field('Settings of a join', memberSettings)),
          h('div.row', {},
              h('button', {type: 'button', onclick: () => json(memberSettings.value, it =>
                act({do: 'join', application: Number(memberId.value), settings: it}, 'The algorithm was told to join.'))}, 'Join'),
              h('button', {type: 'button', onclick: () => act({do: 'leave', application: Number(memberId.value)}, 'The algorithm was told to leave.')}, 'Leave'))),
      group('Custom message', h('div.fields', {}, field('Application', customId), field('First integer', one), field('Second integer', two)),
          h('div.row', {}, h('button', {type: 'submit', onclick: () =>
            act({do: 'custom', application: Number(customId.value), param1: Number(one.value), param2: Number(two.value)}, 'The algorithm was sent the message.')}, 'Send'))),
      group('Measure', h('div.fields', {}, field('To', peer), h('label.inline', {}, bandwidth, 'Bandwidth, too')),
          h('div.row', {}, h('button', {type: 'submit', onclick: () => act({do: 'measure', peer: peer.value, bandwidth: bandwidth.checked}, it =>
            `To ${store.nodes.get(peer.value)?.name ?? peer.value}: round trip ${micros(it.roundTripMicros)}${bandwidth.checked ? `, ${rate(it.bytesPerSecond)}` : ''}.`)}, 'Measure'))),
      said,
      group('End', h('div.row', {}, h('button.danger', {type: 'button', id: 'terminate', onclick: async () => {
        const known = store.nodes.get(id)?.name ?? id;
        if (await confirm(`Terminate ${known}?`, 'It says good-bye to its neighbours and ends. Its container goes on.', 'Terminate')) {
          act({do: 'remove'}, `${known} has ended.`);
        }
      }}, 'Terminate this node…'))));

  function peers() {
    options(peer, store.sorted().filter(it => it.id !== id).map(it => [it.id, it.name]));
  }
  store.on('nodes', peers, signal);
  peers();

  return {element, set(status, node) {
    if (offered || !node.container || home === node.container) return;
    home = node.container;
    orderHome(home, {do: 'types'}).then(it => {
      offered = true;
      options(type, it.applications.map(name => [name]), type.value);
    }, () => {
      // The usual ones are offered.
    });
  }};
}
