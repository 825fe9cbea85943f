// A new node, in one of the containers that are there.
import {ask, choice, json, jsonOf, line, number, numberOf, Wrong} from './ask.js';
import {applicationField} from './node-actions.js';
import {field, h} from './dom.js';
import {get, orderHome} from './api.js';

/** Asks what it should be, and has it made. */
export async function create() {
  const {containers} = await get('api/containers').catch(() => ({containers: []}));
  const named = it => `${it.host}, process ${it.pid}, ${it.nodes.length} node${it.nodes.length === 1 ? '' : 's'}`;
  const home = choice(containers.map(it => [it.id, named(it)]), containers[0]?.id, {required: true, id: 'create-container', onchange: offer});
  const name = line('', {required: true, maxLength: 64, id: 'create-name', placeholder: 'letters, digits, dots, dashes'});
  const algorithm = choice([['', 'none']], '', {id: 'create-algorithm'});
  const application = applicationField(1);
  const settings = json('{}', {rows: 2, id: 'create-settings'});
  const [north, east, label] = [line('', {placeholder: '45.5'}), line('', {placeholder: '-73.6'}), line('', {placeholder: 'Montreal', maxLength: 64})];
  const port = number(0, {min: 0, max: 65_535, required: true});
  const buffer = line('', {placeholder: '1048576'});

  async function offer() {
    const there = await orderHome(home.value, {do: 'algorithms'}).then(it => it.algorithms, () => []);
    const names = [...new Set(there.map(it => it.name))].sort();
    algorithm.replaceChildren(h('option', {value: ''}, 'none'), ...names.map(it => h('option', {value: it}, it)));
    algorithm.value = names[0] ?? '';
  }
  if (containers.length) offer();

  function place() {
    const [latitude, longitude] = [numberOf(north.value, 'The latitude'), numberOf(east.value, 'The longitude')];
    if ((latitude === null) !== (longitude === null)) throw new Wrong('A place has a latitude and a longitude, or neither.');
    if (latitude === null) return {};
    return {location: [latitude, longitude, label.value.trim()].filter(it => it !== '').join()};
  }

  ask({
    title: 'A new node', yes: 'Create',
    fields: [h('div.pair', {}, field('Name', name), field('Container', home)),
      h('div.pair', {}, field('Algorithm', algorithm), field('of application', application)),
      ['Settings of the algorithm, a JSON object', settings],
      h('details', {}, h('summary', {}, 'Place, port and buffers'), h('div.form', {},
          h('div.pair', {}, field('Latitude, north', north), field('Longitude, east', east)),
          field('Called', label),
          h('div.pair', {}, field('Port (0: any)', port), field('Buffer, bytes', buffer))))],
    act: async () => {
      if (!home.value) throw new Wrong('No container is connected: start one with run/overlay node --observer.');
      const bytes = numberOf(buffer.value, 'The buffer');
      const made = await orderHome(home.value, {
        do: 'create', name: name.value.trim(), ...place(), port: Number(port.value), ...(bytes === null ? {} : {bufferBytes: bytes}),
        ...(algorithm.value ? {slots: [{application: Number(application.value), algorithm: algorithm.value, settings: jsonOf(settings.value, '{"next": ["127.0.0.1:7001"]}')}]} : {}),
      });
      return `${made.name} listens at ${made.id}.`;
    },
  });
}
