// What the page knows: fetched once, kept current by the stream of events, fetched anew when the stream was gone.
import {get} from './api.js';
import {compareTexts} from './units.js';

const LOG_KEPT = 500;
const POINTS_KEPT = 150;
const SLOWEST_RETRY_MS = 5000;

export const nodes = new Map();
export const rollouts = new Map();
export const points = [];
export let log = [];
export let connection = {state: 'connecting', since: Date.now()};
export let loaded = false;

const listeners = {nodes: new Set(), log: new Set(), rollouts: new Set(), connection: new Set()};

/** Calls when a topic (nodes, log, rollouts, connection) has changed, until the signal is aborted. */
export function on(topic, listener, signal) {
  listeners[topic].add(listener);
  signal?.addEventListener('abort', () => listeners[topic].delete(listener));
}

function tell(topic, what) {
  for (const listener of [...listeners[topic]]) {
    try {
      listener(what);
    } catch (e) {
      console.error(e);
    }
  }
}

/** Sums over all live nodes. */
export function totals() {
  const sum = {live: 0, lost: 0, applications: new Set(), inward: 0, outward: 0, swaps: 0, running: 0, queued: 0};
  for (const node of nodes.values()) {
    if (node.state !== 'live') {
      sum.lost++;
      continue;
    }
    sum.live++;
    sum.inward += node.inBytesPerSecond ?? 0;
    sum.outward += node.outBytesPerSecond ?? 0;
    sum.queued += node.queuedBytes ?? 0;
    for (const application of node.applications ?? []) sum.applications.add(application.application);
    for (const slot of node.slots ?? []) sum.swaps += slot.swaps ?? 0;
  }
  for (const rollout of rollouts.values()) {
    if (['running', 'paused', 'returning'].includes(rollout.state)) sum.running++;
  }
  return sum;
}

/** Ids of all applications that some node has, or has a slot of its own for; lowest first. */
export function applications() {
  const ids = new Set();
  for (const node of nodes.values()) {
    for (const it of [...(node.applications ?? []), ...(node.slots ?? [])]) if (it.application > 0) ids.add(it.application);
  }
  return [...ids].sort((a, b) => a - b);
}

export const sorted = () => [...nodes.values()].sort(byName);
export const byName = (a, b) => compareTexts(a.name, b.name) || (a.id < b.id ? -1 : 1);

function note() {
  const {inward, outward} = totals();
  points.push({time: Date.now(), inward, outward});
  if (points.length > POINTS_KEPT) points.shift();
}

function took(list) {
  for (const node of list) nodes.set(node.id, node);
  note();
  tell('nodes');
}

function happened(happening) {
  if (log.length && log[0].number >= happening.number) return; // told again after a break
  log.unshift(happening);
  if (log.length > LOG_KEPT) log.length = LOG_KEPT;
  tell('log', happening);
}

/** Everything from the start: what the stream did not tell while it was gone is not guessed. */
export async function refresh() {
  const without = nothing => e => {
    if (e.status === 0) throw e; // the connection is gone, not this one thing
    return nothing;
  };
  const [all, said, plans] = await Promise.all([get('api/nodes'), get('api/log?limit=200').catch(without({log: []})),
    get('api/rollouts').catch(without({rollouts: []}))]);
  nodes.clear();
  rollouts.clear();
  log = said.log;
  for (const rollout of plans.rollouts) rollouts.set(rollout.id, rollout);
  loaded = true;
  took(all.nodes);
  tell('log');
  tell('rollouts');
}

/** Asks for the rollouts, after one was started here. */
export function tookRollout(rollout) {
  rollouts.set(rollout.id, rollout);
  tell('rollouts');
}

function turned(state) {
  if (connection.state === state) return;
  connection = {state, since: Date.now()};
  tell('connection');
}

let retryMillis = 500;

/**
 * Opens the stream, and keeps it. The browser dials again by itself, with Last-Event-ID; where it gives up (an answer
 * that is no stream, as while the observer starts), a new one is made here, slower each time.
 */
export function connect() {
  const source = new EventSource('api/events');
  source.onopen = async () => {
    try {
      await refresh();
      retryMillis = 500;
      turned('live');
    } catch {
      source.close();
      turned('lost');
      again();
    }
  };
  source.onerror = () => {
    turned('lost');
    if (source.readyState === EventSource.CLOSED) again();
  };
  const hear = (kind, take) => source.addEventListener(kind, e => take(JSON.parse(e.data)));
  hear('nodes', data => took(data.nodes));
  hear('log', happened);
  hear('rollout', tookRollout);
  hear('gone', data => {
    nodes.delete(data.node);
    note();
    tell('nodes');
  });
}

function again() {
  setTimeout(connect, retryMillis);
  retryMillis = Math.min(SLOWEST_RETRY_MS, retryMillis * 2);
}
