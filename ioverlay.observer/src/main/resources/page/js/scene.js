// Nodes and links on one canvas: what map and graph share. Everything is drawn once into a bitmap that is larger than
// what is seen; panning copies it, so that a frame costs next to nothing however many nodes there are. The bitmap is
// made anew when figures change, the zoom settles, or panning comes to its edge.
import {css} from './colours.js';
import {hands} from './hands.js';
import {circle, label, paint} from './paint.js';

const MARGIN = 0.5; // of the size seen, on each side
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 40;
const SETTLED_MS = 120;
const MARK_MS = 4000;
const WAIT_MS = 2000; // for new figures, while a hand moves what is there
const HIT_PX = 14;
const still = matchMedia('(prefers-reduced-motion: reduce)');

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
  #hands;
  #hover = null;
  named = []; // ids of the nodes whose names found a place

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
    this.#hands = hands(canvas, this, signal);
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

  /** Where a link begins and ends, in pixels; null if one of its nodes is not shown. */
  ends(link) {
    const from = this.#places.get(link.from);
    const to = this.#places.get(link.to);
    return from && to ? [this.seen(from), this.seen(to)] : null;
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
    const moving = this.#hands.held() && this.#made.k === view.k && now - this.#madeAt < WAIT_MS;
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
      circle(c, x, y, this.radius(node) + 4 + grow * 14);
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
      circle(c, x, y, this.radius(node) + 4);
      c.stroke();
      label(c, node.name, x + this.radius(node) + 8, y + 4, css('text'), css('sea'), '600');
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
    const box = {x0: -MARGIN * width, y0: -MARGIN * height, x1: width * (1 + MARGIN), y1: height * (1 + MARGIN)};
    this.hooks.ground?.(c, this.view, {...box, dpr});
    paint(c, this, box);
  }

  /** How large a node is drawn, in pixels. */
  radius(node) {
    return (node.radius ?? 6) * (this.small ? 0.75 : 1);
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

  /** A node is pointed at; null: none. */
  point(node) {
    const id = node?.id ?? null;
    if (id === this.#hover) return;
    this.#hover = id;
    this.canvas.style.cursor = id ? 'pointer' : '';
    this.hooks.hover?.(node ?? this.#places.get(this.selected) ?? null);
    this.#request();
  }

  /** Selects the next node, or the one before. */
  next(step) {
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
