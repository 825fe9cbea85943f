// What a node can be told that belongs to no single link, slot or application (docs/commands.md).
import {ask, choice, json, jsonOf, line, number} from './ask.js';
import {field, h} from './dom.js';
import {order} from './api.js';
import {micros, rate} from './units.js';
import * as store from './store.js';

const MOST_ID = 4_294_967_295;
const INT = {min: -2_147_483_648, max: 2_147_483_647, required: true};
const CUSTOM = 32_773;

/** The number of an application, as a control. */
export const applicationField = value => number(value, {min: 0, max: MOST_ID, required: true});

export function actions(id, poll) {
  const known = () => store.nodes.get(id)?.name ?? id;
  let sessions = [];
  const first = () => sessions[0]?.application ?? 1;
  const tell = async (command, done) => {
    const result = await order(id, command);
    poll();
    return typeof done === 'function' ? done(result) : done;
  };

  function custom() {
    const application = applicationField(first());
    const [one, two] = [number(0, {...INT, id: 'custom-1'}), number(0, {...INT, id: 'custom-2'})];
    const type = number(CUSTOM, {id: 'custom-type', min: CUSTOM, max: 49_151, required: true});
    const said = line('', {id: 'custom-text'});
    ask({
      title: `A custom message to ${known()}`, hint: 'A control message that only the algorithm understands.', yes: 'Send',
      fields: [h('div.pair', {}, field('Application', application), field('Type: 32773, or 33024 to 49151', type)),
        h('div.pair', {}, field('First integer', one), field('Second integer', two)), ['Text', said]],
      act: () => tell({do: 'custom', application: Number(application.value), param1: Number(one.value), param2: Number(two.value),
        ...(Number(type.value) === CUSTOM ? {} : {type: Number(type.value)}), ...(said.value ? {text: said.value} : {})},
      `${known()}'s algorithm was sent the message.`),
    });
  }

  function member(verb) {
    const application = applicationField(first());
    const settings = json('{}', {rows: 2});
    ask({
      title: `Have ${known()} ${verb} a session`, yes: verb === 'join' ? 'Join' : 'Leave',
      hint: `The algorithm is told to ${verb}; what it does is its own.`,
      fields: [['Application', application], ...(verb === 'join' ? [['Settings', settings]] : [])],
      act: () => tell({do: verb, application: Number(application.value), ...(verb === 'join' ? {settings: jsonOf(settings.value, '{"source": "127.0.0.1:7000"}')} : {})},
          `${known()}'s algorithm was told to ${verb}.`),
    });
  }

  function measure() {
    const others = store.sorted().filter(it => it.id !== id);
    const peer = choice(others.map(it => [it.id, it.name]), others[0]?.id, {required: true});
    const bandwidth = h('input', {type: 'checkbox'});
    ask({
      title: `Measure from ${known()}`, yes: 'Measure', fields: [['To', peer], h('label.inline', {}, bandwidth, 'Bandwidth, too')],
      act: async () => {
        const result = await order(id, {do: 'measure', peer: peer.value, bandwidth: bandwidth.checked});
        const to = store.nodes.get(peer.value)?.name ?? peer.value;
        return {stay: result.failure ? `To ${to}: ${result.failure}`
          : `To ${to}: round trip ${micros(result.roundTripMicros)}${bandwidth.checked ? `, ${rate(result.bytesPerSecond)}` : ''}.`};
      },
    });
  }

  function terminate() {
    const name = known();
    ask({
      title: `Terminate ${name}?`, hint: 'It says good-bye to its neighbours and ends, with its applications. Its container goes on.',
      yes: 'Terminate', danger: true, fields: [], act: () => tell({do: 'remove'}, `${name} has ended.`),
    });
  }

  const button = (what, said, does, kind) => h('button', {type: 'button', id: `act-${what}`, class: kind, onclick: does}, said);
  return {
    element: h('div.row', {}, button('custom', 'Custom message…', custom), button('join', 'Join…', () => member('join')),
        button('leave', 'Leave…', () => member('leave')), button('measure', 'Measure…', measure),
        button('terminate', 'Terminate this node…', terminate, 'danger')),
    set(status) {
      sessions = [...status.slots.filter(it => it.application > 0), ...status.sessions];
    },
  };
}
