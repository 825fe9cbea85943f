// Nodes and links on one canvas: what map and graph share. Everything is drawn once into a bitmap that is larger than
// what is seen; panning copies it, so that a frame costs next to nothing however many nodes there are. The bitmap is
// made anew when figures change, the zoom settles, or panning comes to its edge.
import {rate} from './units.js';

const MARGIN = 0.5; // of the size seen, on each side
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 40;
const SETTLED_MS = 120;
const MARK_MS = 4000;
const WAIT_MS = 2000; // for new figures, while a hand moves what is there
const HIT_PX = 14;
const LABELS_BELOW = 60; // nodes in sight; with more, labels are drawn where there is room
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Colours of versions, told apart with any colour vision; on light and on dark. */
const VERSIONS = {
  light: ['#2b6cb0', '#b7550f', '#1f7a4d', '#7b4bb3', '#a33a6b', '#5b6b12', '#0f7f8b', '#6b4f3a'],
  dark: ['#6cb0f5', '#f0a35e', '#62c993', '#b794f0', '#f08fb8', '#b5c452', '#5cc9d4', '#c9a688'],
};

export function dark() {
  return (theme ??= chosenDark());
}

function chosenDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

const colours = new Map(); // asking for a style makes the browser compute all that is due: once per theme
let theme; // asked for once, too
document.addEventListener('theme', () => {
  colours.clear();
  theme = undefined;
});

/** A colour of the page's theme, by the name of its property. */
export function css(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return colours.get(name);
}

/** Gives each version that is asked for a colour, the same one as long as the scene lives. */
export class Palette {
  #names = [];

  index(name) {
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name);
  }

  colour(name) {
    const list = VERSIONS[dark() ? 'dark' : 'light'];
    return list[this.index(name) % list.length];
  }
}

export class Scene {
  nodes = []; // {id, name, x, y, dx, dy, radius, colour, lost, ring}: x, y in the world, dx, dy in pixels beside it
  links = []; // {from, to, bytesPerSecond}
  view = {x: 0, y: 0, k: 1}; // seen = world * k + (x, y)
  selected = null;
  #places = new Map();
  #marks = new Map();
  #frame = 0;
  #settle = 0;
  #stale = true;
  #bitmap = document.createElement('canvas');
  #made = {x: 0, y: 0, k: 0};
  #madeAt = 0;
  #pointers = new Map();
  #moved = 0;
  #hover = null;
  #box;

  /**
   * @param {HTMLCanvasElement} canvas fills its parent
   * @param {object} hooks
   * @param {(context, view, size) => void} [hooks.ground] draws what lies below, in pixels
   * @param {(id: string) => void} hooks.open a node was chosen
   * @param {(node: object|null) => void} [hooks.hover] a node is pointed at, or selected by keys
   * @param {() => {x0, y0, x1, y1}} hooks.bounds what `fit` brings into sight, in the world
   * @param {AbortSignal} signal its end
   */
  constructor(canvas, hooks, signal) {
    this.canvas = canvas;
    this.hooks = hooks;
    this.context = canvas.getContext('2d', {alpha: false});
    canvas.scene = this; // for whoever looks at the page from outside, as the tests do
    const listen = (type, listener, options) => canvas.addEventListener(type, listener, {signal, ...options});
    listen('pointerdown', e => this.#down(e));
    listen('pointermove', e => this.#move(e));
    listen('pointerup', e => this.#up(e));
    listen('pointercancel', e => this.#pointers.delete(e.pointerId));
    listen('pointerleave', () => this.#point(null));
    listen('wheel', e => this.#wheel(e), {passive: false});
    listen('keydown', e => this.#key(e));
    document.addEventListener('theme', () => this.redraw(), {signal});
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(canvas);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#settle);
    });
    this.#resize();
  }

  /** What is shown; drawn at the next frame. */
  set(nodes, links) {
    this.nodes = nodes;
    this.links = links;
    this.#places = new Map(nodes.map(node => [node.id, node]));
    this.redraw();
  }

  /** Other links, or other figures of theirs, between the same nodes. */
  setLinks(links) {
    this.links = links;
    this.redraw();
  }

  /** Draws everything anew at the next frame. */
  redraw() {
    this.#stale = true;
    this.#request();
  }

  /** Rings a node for a few seconds. */
  mark(id, kind) {
    this.#marks.set(id, {kind, since: performance.now()});
    this.#request();
  }

  /** All in sight. */
  fit() {
    const {x0, y0, x1, y1} = this.hooks.bounds();
    const {width, height} = this.size;
    if (!width || !height) return;
    const pad = Math.min(46, width * 0.045);
    const k = Math.min((width - 2 * pad) / Math.max(1, x1 - x0), (height - 2 * pad) / Math.max(1, y1 - y0));
    this.base = k;
    this.view = {k, x: width / 2 - k * (x0 + x1) / 2, y: height / 2 - k * (y0 + y1) / 2};
    this.touched = false;
    this.redraw();
  }

  /** Where a node is, in pixels of the canvas. */
  seen(node) {
    const {x, y, k} = this.view;
    return [node.x * k + x + (node.dx ?? 0), node.y * k + y + (node.dy ?? 0)];
  }

  pan(dx, dy) {
    this.view.x += dx;
    this.view.y += dy;
    this.touched = true;
    this.#request();
  }

  zoom(factor, px = this.size.width / 2, py = this.size.height / 2) {
    const k = Math.min(this.base * MOST_ZOOM, Math.max(this.base * LEAST_ZOOM, this.view.k * factor));
    const by = k / this.view.k;
    this.view = {k, x: px - (px - this.view.x) * by, y: py - (py - this.view.y) * by};
    this.touched = true;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.redraw(), SETTLED_MS);
    this.#request();
  }

  select(id) {
    this.selected = id;
    this.hooks.hover?.(this.#places.get(id) ?? null);
    this.#request();
  }

  #resize() {
    const {clientWidth: width, clientHeight: height} = this.canvas;
    const dpr = Math.min(2, devicePixelRatio || 1);
    this.size = {width, height, dpr};
    this.small = width < 600; // nodes and labels make room for the rest
    this.canvas.width = Math.max(1, Math.round(width * dpr));
    this.canvas.height = Math.max(1, Math.round(height * dpr));
    this.#bitmap.width = Math.round(this.canvas.width * (1 + 2 * MARGIN));
    this.#bitmap.height = Math.round(this.canvas.height * (1 + 2 * MARGIN));
    this.#box = null;
    if (!this.touched) this.fit();
    else this.redraw();
  }

  #request() {
    if (!this.#frame) this.#frame = requestAnimationFrame(now => this.#draw(now));
  }

  #draw(now) {
    this.#frame = 0;
    const {width, height, dpr} = this.size;
    if (!width || !height || !this.base) return;
    const {view} = this;
    const offX = view.x - this.#made.x;
    const offY = view.y - this.#made.y;
    const beyond = view.k === this.#made.k && (Math.abs(offX) > width * MARGIN || Math.abs(offY) > height * MARGIN);
    const moving = this.#pointers.size > 0 && this.#made.k === view.k && now - this.#madeAt < WAIT_MS;
    if (beyond || this.#stale && !moving) {
      this.#make();
      this.#madeAt = now;
    } else if (this.#stale) this.#request();
    const c = this.context;
    const by = view.k / this.#made.k;
    c.setTransform(1, 0, 0, 1, 0, 0);
    if (by !== 1) {
      c.fillStyle = css('sea');
      c.fillRect(0, 0, this.canvas.width, this.canvas.height);
    }
    const left = view.x - (this.#made.x + MARGIN * width) * by;
    const top = view.y - (this.#made.y + MARGIN * height) * by;
    if (by === 1) c.drawImage(this.#bitmap, Math.round(left * dpr), Math.round(top * dpr));
    else c.drawImage(this.#bitmap, left * dpr, top * dpr, this.#bitmap.width * by, this.#bitmap.height * by);
    c.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#overlay(c, now);
  }

  // What moves or changes with the pointer is few, and drawn over the copy.
  #overlay(c, now) {
    for (const [id, mark] of this.#marks) {
      const age = now - mark.since;
      const node = this.#places.get(id);
      if (age > MARK_MS || !node) {
        this.#marks.delete(id);
        continue;
      }
      const [x, y] = this.seen(node);
      const grow = still.matches ? 0.5 : (age % 1300) / 1300;
      c.globalAlpha = still.matches ? 0.9 : 1 - grow;
      c.strokeStyle = mark.colour ??= css(mark.kind === 'bad' ? 'bad' : mark.kind === 'ok' ? 'ok' : 'warn');
      c.lineWidth = 2.5;
      circle(c, x, y, this.#radius(node) + 4 + grow * 14);
      c.stroke();
      c.globalAlpha = 1;
    }
    if (this.#marks.size) this.#request();
    for (const id of new Set([this.selected, this.#hover])) {
      const node = id && this.#places.get(id);
      if (!node) continue;
      const [x, y] = this.seen(node);
      c.strokeStyle = css('text');
      c.lineWidth = 2;
      circle(c, x, y, this.#radius(node) + 4);
      c.stroke();
      label(c, node.name, x + this.#radius(node) + 8, y + 4, css('text'), css('sea'), '600');
    }
  }

  #make() {
    this.#stale = false;
    const {width, height, dpr} = this.size;
    const c = this.#bitmap.getContext('2d', {alpha: false});
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.fillStyle = css('sea');
    c.fillRect(0, 0, this.#bitmap.width, this.#bitmap.height);
    // Pixels of the bitmap are pixels of the canvas, moved by the margin.
    this.#made = {...this.view};
    c.setTransform(dpr, 0, 0, dpr, Math.round(MARGIN * width * dpr), Math.round(MARGIN * height * dpr));
    this.hooks.ground?.(c, this.view, {
      x0: -MARGIN * width, y0: -MARGIN * height, x1: width * (1 + MARGIN), y1: height * (1 + MARGIN), dpr,
    });
    this.#box = {x0: -MARGIN * width, y0: -MARGIN * height, x1: width * (1 + MARGIN), y1: height * (1 + MARGIN)};
    this.#drawLinks(c);
    this.#drawNodes(c);
    this.#drawLabels(c);
  }

  #radius(node) {
    return (node.radius ?? 6) * (this.small ? 0.75 : 1);
  }

  #inBox([x, y]) {
    return x > this.#box.x0 - 20 && x < this.#box.x1 + 20 && y > this.#box.y0 - 20 && y < this.#box.y1 + 20;
  }

  #drawLinks(c) {
    const most = Math.max(1, ...this.links.map(link => link.bytesPerSecond ?? 0));
    const busy = css('accent');
    const widest = (this.small ? 2 : 3.5) * Math.min(1, Math.sqrt(40 / Math.max(1, this.links.length)));
    const idle = css('line-strong');
    for (const link of this.links) {
      const from = this.#places.get(link.from);
      const to = this.#places.get(link.to);
      if (!from || !to) continue;
      const a = this.seen(from);
      const b = this.seen(to);
      if (!this.#inBox(a) && !this.#inBox(b)) continue;
      const moves = (link.bytesPerSecond ?? 0) > 0;
      const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (long < 1) continue;
      // Bent a little, so that the two directions of a pair are told apart.
      const bend = this.hooks.bend ?? 0.08;
      const mid = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bend];
      c.strokeStyle = moves ? busy : idle;
      c.globalAlpha = moves ? 0.7 : 0.5;
      c.lineWidth = moves ? 1 + widest * Math.sqrt(link.bytesPerSecond / most) : 1;
      c.beginPath();
      c.moveTo(a[0], a[1]);
      c.quadraticCurveTo(mid[0], mid[1], b[0], b[1]);
      c.stroke();
      const at = [(a[0] + 2 * mid[0] + b[0]) / 4, (a[1] + 2 * mid[1] + b[1]) / 4];
      if (long > 46) arrow(c, at, Math.atan2(b[1] - a[1], b[0] - a[0]), 4 + c.lineWidth * 0.7, moves ? busy : idle);
      c.globalAlpha = 1;
    }
  }

  #drawNodes(c) {
    const inSight = this.nodes.filter(node => this.#inBox(this.seen(node)));
    const surface = css('sea');
    for (const node of inSight) {
      const [x, y] = this.seen(node);
      const r = this.#radius(node);
      circle(c, x, y, r);
      c.fillStyle = node.lost ? surface : node.colour;
      c.fill();
      c.lineWidth = node.lost ? 2 : 1.5;
      c.setLineDash(node.lost ? [3, 2.5] : []);
      c.strokeStyle = node.lost ? css('bad') : surface;
      c.stroke();
      c.setLineDash([]);
      if (node.ring) { // a source of the application
        circle(c, x, y, r + 3);
        c.strokeStyle = node.colour;
        c.lineWidth = 1.5;
        c.stroke();
      }
    }
  }

  // Names first, then rates, each where nothing else is.
  #drawLabels(c) {
    const inSight = this.nodes.filter(node => this.#inBox(this.seen(node)));
    const below = this.hooks.below?.();
    const taken = inSight.map(node => {
      const [x, y] = this.seen(node);
      const r = this.#radius(node) + 1;
      return [x - r, y - r, x + r, y + r];
    });
    const free = box => !taken.some(it => box[0] < it[2] && it[0] < box[2] && box[1] < it[3] && it[1] < box[3]);
    const all = inSight.length <= LABELS_BELOW;
    const text = css('text');
    const sea = css('sea');
    for (const node of inSight) {
      if (node.quiet && !all) continue;
      const [x, y] = this.seen(node);
      const r = this.#radius(node);
      const wide = 4 + node.name.length * 7;
      const box = below ? [x - wide / 2, y + r + 2, x + wide / 2, y + r + 16] : [x + r + 3, y - 8, x + r + 5 + wide, y + 8];
      if (!free(box)) continue;
      taken.push(box);
      if (below) label(c, node.name, x, y + r + 14, text, sea, '500', 'center');
      else label(c, node.name, x + r + 6, y + 4, text, sea);
    }
    if (!this.hooks.labelLinks || this.links.length > 120) return;
    const muted = css('muted');
    for (const link of this.links) {
      const ends = [this.#places.get(link.from), this.#places.get(link.to)];
      if (!ends[0] || !ends[1] || !(link.bytesPerSecond > 0)) continue;
      const [a, b] = ends.map(node => this.seen(node));
      if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 56) continue;
      const said = rate(link.bytesPerSecond);
      const [x, y] = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * 0.02, (a[1] + b[1]) / 2 - (b[0] - a[0]) * 0.02 - 8];
      const half = said.length * 3.4;
      const box = [x - half, y - 11, x + half, y + 3];
      if (!free(box)) continue;
      taken.push(box);
      label(c, said, x, y, muted, sea, '450', 'center');
    }
  }

  /** The node below a point, the nearest of several. */
  at(px, py) {
    let best = null;
    let near = HIT_PX;
    for (const node of this.nodes) {
      const [x, y] = this.seen(node);
      const d = Math.hypot(x - px, y - py);
      if (d < near) [best, near] = [node, d];
    }
    return best;
  }

  #point(node) {
    const id = node?.id ?? null;
    if (id === this.#hover) return;
    this.#hover = id;
    this.canvas.style.cursor = id ? 'pointer' : '';
    this.hooks.hover?.(node ?? this.#places.get(this.selected) ?? null);
    this.#request();
  }

  #down(e) {
    this.canvas.setPointerCapture(e.pointerId);
    this.#pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
    this.#moved = 0;
  }

  #move(e) {
    const before = this.#pointers.get(e.pointerId);
    if (!before) {
      this.#point(this.at(e.offsetX, e.offsetY));
      return;
    }
    const now = [e.offsetX, e.offsetY];
    if (this.#pointers.size === 1) {
      this.#moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (this.#moved > 3) this.pan(now[0] - before[0], now[1] - before[1]);
    } else if (this.#pointers.size === 2) {
      const other = [...this.#pointers].find(([id]) => id !== e.pointerId)[1];
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(now[0] - other[0], now[1] - other[1]);
      this.#moved = Infinity;
      if (was > 0) this.zoom(is / was, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    }
    this.#pointers.set(e.pointerId, now);
  }

  #up(e) {
    const had = this.#pointers.delete(e.pointerId);
    if (!had || this.#moved > 3) return;
    const node = this.at(e.offsetX, e.offsetY);
    if (node) this.hooks.open(node.id);
  }

  #wheel(e) {
    e.preventDefault();
    this.zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)), e.offsetX, e.offsetY);
  }

  #key(e) {
    const step = e.shiftKey ? 160 : 60;
    const does = {
      ArrowLeft: () => this.pan(step, 0),
      ArrowRight: () => this.pan(-step, 0),
      ArrowUp: () => this.pan(0, step),
      ArrowDown: () => this.pan(0, -step),
      '+': () => this.zoom(1.4),
      '=': () => this.zoom(1.4),
      '-': () => this.zoom(1 / 1.4),
      0: () => this.fit(),
      n: () => this.#next(1),
      p: () => this.#next(-1),
      Enter: () => this.selected && this.hooks.open(this.selected),
      Escape: () => this.select(null),
    }[e.key];
    if (!does || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    does();
  }

  #next(step) {
    if (!this.nodes.length) return;
    const ids = this.nodes.map(node => node.id);
    const at = ids.indexOf(this.selected);
    const id = ids[(at + step + ids.length + (at < 0 && step < 0 ? 1 : 0)) % ids.length];
    const [x, y] = this.seen(this.#places.get(id));
    const {width, height} = this.size;
    if (x < 0 || y < 0 || x > width || y > height) this.pan(width / 2 - x, height / 2 - y);
    this.select(id);
  }
}

function circle(c, x, y, r) {
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
}

function arrow(c, [x, y], angle, size, colour) {
  c.save();
  c.translate(x, y);
  c.rotate(angle);
  c.fillStyle = colour;
  c.beginPath();
  c.moveTo(size, 0);
  c.lineTo(-size * 0.8, size * 0.75);
  c.lineTo(-size * 0.8, -size * 0.75);
  c.fill();
  c.restore();
}

function label(c, said, x, y, colour, halo, weight = '500', align = 'left') {
  c.font = `${weight} 12px Inter, system-ui, sans-serif`;
  c.textAlign = align;
  c.lineJoin = 'round';
  c.lineWidth = 3.5;
  c.strokeStyle = halo;
  c.strokeText(said, x, y);
  c.fillStyle = colour;
  c.fillText(said, x, y);
}
