// What happened, as a sentence: where the log has a command or a change as JSON, in words.
import {rate} from './units.js';

const at = peer => peer ?? '?';
const version = ({algorithm, versions}) => {
  const one = /^\[([^,]+),\1\]$/.exec(versions ?? '');
  return `${algorithm ?? '?'}${one ? ` ${one[1]}` : versions ? ` ${versions}` : ''}`;
};
const settings = it => (it && Object.keys(it).length ? ` with ${JSON.stringify(it)}` : '');
const cap = value => (value === null ? 'no cap' : rate(value));

/** A change of the emulated network in words: out 400 kB/s; to 127.0.0.1:7001 20 ms. */
export function network(change) {
  const said = [];
  for (const key of ['total', 'in', 'out']) if (key in change) said.push(`${key} ${cap(change[key])}`);
  if (change.links === null) said.push('no link of its own');
  for (const link of change.links ?? []) said.push(`${link.to ? 'to' : 'from'} ${link.to ?? link.from} ${shape(link) || 'nothing'}`);
  for (const key of ['meteringMillis', 'seed']) if (key in change) said.push(`${key} ${change[key]}`);
  return said.join(', ');
}

/** What a link is made to be: 200 kB/s, 20 ± 5 ms, 1 % lost; empty for an untouched one. */
export function shape(link) {
  const said = [];
  if (link.bytesPerSecond !== undefined) said.push(cap(link.bytesPerSecond));
  if (link.latencyMillis !== undefined && (link.latencyMillis || link.jitterMillis)) {
    said.push(`${link.latencyMillis}${link.jitterMillis ? ` ± ${link.jitterMillis}` : ''} ms`);
  } else if (link.latencyMillis === 0) said.push('no latency');
  if (link.loss) said.push(`${Number((link.loss * 100).toPrecision(3))} % lost`);
  else if (link.loss === 0) said.push('no loss');
  return said.join(', ');
}

const COMMANDS = {
  emulate: it => `network: ${network(it.change ?? {})}`,
  weigh: it => `weight ${it.weight} for what comes from ${at(it.upstream)}${it.application ? ` in application ${it.application}` : ''}`,
  measure: it => `measure to ${at(it.peer)}${it.bandwidth ? ', bandwidth too' : ''}`,
  start: it => `start ${it.type} as application ${it.application}${settings(it.settings)}`,
  stop: it => `stop application ${it.application}`,
  join: it => `join application ${it.application}${settings(it.settings)}`,
  leave: it => `leave application ${it.application}`,
  configure: it => `configure the slot of application ${it.application}${settings(it.settings)}`,
  custom: it => `custom message ${it.type ?? ''}${it.type ? ' ' : ''}(${it.param1 ?? 0}, ${it.param2 ?? 0}${it.text ? `, “${it.text}”` : ''}) to application ${it.application}`,
  swap: it => `swap application ${it.application} to ${version(it)}`,
  rollback: it => `roll application ${it.application} back`,
  shadow: it => `${version(it)} in the shadow of application ${it.application}`,
  remove: () => 'terminate the node',
  create: it => `create node ${it.name}`,
};

/** The sentence of a happening, for people. */
export function sentenceOf({kind, sentence, detail}) {
  try {
    if (kind === 'network.changed' && detail?.change) return `its emulated network changed: ${network(detail.change)}`;
    const command = kind === 'command' && detail?.command;
    if (!command || !Object.hasOwn(COMMANDS, command.do)) return sentence ?? '';
    const said = COMMANDS[command.do](command);
    if (detail.refused) return `${said}: refused, ${detail.refused}`;
    const result = detail.result;
    if (result?.outcome) return `${said}: ${result.outcome.toLowerCase()}, ${result.sentence}`;
    // What became of it stands behind the command's own JSON.
    const end = /}: (?!.*}: )(.+)$/s.exec(sentence ?? '')?.[1];
    return end && end !== 'done' ? `${said}: ${end}` : said;
  } catch {
    return sentence ?? ''; // a detail of another shape: as the log has it
  }
}
