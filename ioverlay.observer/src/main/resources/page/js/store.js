// What the page knows: kept current by the stream of events, told or fetched from the start when that was gone.
import {get} from './api.js';
import {compareTexts} from './units.js';

const LOG_KEPT = 500;
const POINTS_KEPT = 150;
const SLOWEST_RETRY_MS = 5000;
const REST_AFTER_MS = 10_000; // longer than a look at another tab

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

function took({nodes: list, all = false}) {
  if (all) {
    nodes.clear();
    loaded = true;
  }
  for (const node of list) nodes.set(node.id, node);
  note();
  tell('nodes');
}

function happened(happening) {
  heard?.log.unshift(happening);
  if (log.length && log[0].number >= happening.number) return; // told again after a break
  log.unshift(happening);
  if (log.length > LOG_KEPT) log.length = LOG_KEPT;
  tell('log', happening);
}

let heard = null; // what the stream told while log and rollouts were asked for: newer than any answer, whenever that comes

/**
 * Log and rollouts from the start: what the stream did not tell while it was gone is not guessed. Nodes are the
 * stream's alone, which begins with all of them: an answer may be older than what it has told already.
 */
async function refresh() {
  const mine = {rollouts: new Map(), log: []};
  heard = mine;
  const without = nothing => e => {
    if (e.status === 0) throw e; // the connection is gone, not this one thing
    return nothing;
  };
  const [said, plans] = await Promise.all([get('api/log?limit=200').catch(without({log: []})),
    get('api/rollouts').catch(without({rollouts: []}))]);
  if (heard !== mine) return; // asked for again meanwhile: that answer is newer
  heard = null;
  rollouts.clear();
  for (const rollout of [...plans.rollouts, ...mine.rollouts.values()]) rollouts.set(rollout.id, rollout);
  const known = said.log[0]?.number ?? 0;
  log = [...mine.log.filter(it => it.number > known), ...said.log].slice(0, LOG_KEPT);
  tell('log');
  tell('rollouts');
}

/** A rollout as the stream or an answer tells it; an answer that comes late does not begin an ended one again. */
export function tookRollout(rollout) {
  if (rollouts.get(rollout.id)?.ended && !rollout.ended) return;
  rollouts.set(rollout.id, rollout);
  heard?.rollouts.set(rollout.id, rollout);
  tell('rollouts');
}

function turned(state) {
  if (connection.state === state) return;
  connection = {state, since: Date.now()};
  tell('connection');
}

let retryMillis = 500;
let source = null;
let retry = 0;

/**
 * Opens the stream, and keeps it. The browser dials again by itself, with Last-Event-ID; where it gives up (an answer
 * that is no stream, as while the observer starts), a new one is made here, slower each time.
 */
export function connect() {
  source = new EventSource('api/events');
  const mine = source;
  source.onopen = async () => {
    try {
      await refresh();
      retryMillis = 500;
      if (mine === source) turned('live');
    } catch {
      if (mine !== source) return; // it rests, or another one is open
      mine.close();
      turned('lost');
      again();
    }
  };
  source.onerror = () => {
    turned('lost');
    if (mine.readyState === EventSource.CLOSED) again();
  };
  const hear = (kind, take) => source.addEventListener(kind, e => take(JSON.parse(e.data)));
  hear('nodes', took);
  hear('log', happened);
  hear('rollout', tookRollout);
  hear('gone', data => {
    nodes.delete(data.node);
    note();
    tell('nodes');
  });
}

function again() {
  clearTimeout(retry);
  retry = setTimeout(connect, retryMillis);
  retryMillis = Math.min(SLOWEST_RETRY_MS, retryMillis * 2);
}

/**
 * A browser has six connections to one server, and a stream takes one of them for as long as it is open: a page that nobody
 * sees lets go of its own, or the seventh would show nothing. It begins with all nodes again when it is seen.
 */
function rest() {
  clearTimeout(retry);
  source?.close();
  source = null;
  turned('resting');
}

function wake() {
  clearTimeout(unseen);
  if (!source) connect();
}

let unseen = 0;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) unseen = setTimeout(rest, REST_AFTER_MS);
  else wake();
});
addEventListener('pagehide', rest); // it may be kept by the browser, to come back to
addEventListener('pageshow', e => {
  if (e.persisted) wake();
});
