// What hands do to a scene: mouse, fingers, wheel, keys.
const CLICK_PX = 3; // who moves further has dragged

/**
 * Lets a canvas be moved, zoomed and clicked, until the signal is aborted.
 *
 * @param {Scene} scene that it shows
 * @returns {{held: () => boolean}} whether a hand is on it now
 */
export function hands(canvas, scene, signal) {
  const pointers = new Map();
  let moved = 0;
  const listen = (type, listener, options) => canvas.addEventListener(type, listener, {signal, ...options});

  listen('pointerdown', e => {
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
    moved = 0;
  });
  listen('pointermove', e => {
    const before = pointers.get(e.pointerId);
    if (!before) {
      scene.point(scene.at(e.offsetX, e.offsetY));
      return;
    }
    const now = [e.offsetX, e.offsetY];
    if (pointers.size === 1) {
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (moved > CLICK_PX) scene.pan(now[0] - before[0], now[1] - before[1]);
    } else if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== e.pointerId)[1];
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(now[0] - other[0], now[1] - other[1]);
      moved = Infinity;
      if (was > 0) scene.zoom(is / was, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    }
    pointers.set(e.pointerId, now);
  });
  listen('pointerup', e => {
    const had = pointers.delete(e.pointerId);
    if (!had || moved > CLICK_PX) return;
    const node = scene.at(e.offsetX, e.offsetY);
    if (node) scene.hooks.open(node.id);
  });
  listen('pointercancel', e => pointers.delete(e.pointerId));
  listen('pointerleave', () => scene.point(null));
  listen('wheel', e => {
    e.preventDefault();
    scene.zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)), e.offsetX, e.offsetY);
  }, {passive: false});
  listen('keydown', e => key(e, scene));
  return {held: () => pointers.size > 0};
}

function key(e, scene) {
  const step = e.shiftKey ? 160 : 60;
  const does = {
    ArrowLeft: () => scene.pan(step, 0),
    ArrowRight: () => scene.pan(-step, 0),
    ArrowUp: () => scene.pan(0, step),
    ArrowDown: () => scene.pan(0, -step),
    '+': () => scene.zoom(1.4),
    '=': () => scene.zoom(1.4),
    '-': () => scene.zoom(1 / 1.4),
    0: () => scene.fit(),
    n: () => scene.next(1),
    p: () => scene.next(-1),
    Enter: () => scene.selected && scene.hooks.open(scene.selected),
    Escape: () => scene.select(null),
  }[e.key];
  if (!does || e.ctrlKey || e.metaKey || e.altKey) return;
  e.preventDefault();
  does();
}
