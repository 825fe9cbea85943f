// How links, nodes and their names are drawn.
import {css} from './colours.js';
import {rate} from './units.js';

const LABELS_BELOW = 60; // nodes in sight; with more, those of crowded places go without
const LINK_LABELS_BELOW = 120;
const NEAR_PX = 20; // beside the box, still drawn
const FONT = '12px Inter, system-ui, sans-serif';

/**
 * Draws all that is in a box of pixels.
 *
 * @param {CanvasRenderingContext2D} c
 * @param {Scene} scene whose nodes and links they are
 * @param {{x0, y0, x1, y1}} box
 */
export function paint(c, scene, box) {
  const inBox = ([x, y]) => x > box.x0 - NEAR_PX && x < box.x1 + NEAR_PX && y > box.y0 - NEAR_PX && y < box.y1 + NEAR_PX;
  const inSight = scene.nodes.filter(node => inBox(scene.seen(node)));
  links(c, scene, inBox);
  nodes(c, scene, inSight);
  const taken = names(c, scene, inSight);
  if (scene.hooks.labelLinks && scene.links.length <= LINK_LABELS_BELOW) rates(c, scene, taken);
}

function links(c, scene, inBox) {
  const most = Math.max(1, ...scene.links.map(link => link.bytesPerSecond ?? 0));
  const widest = (scene.small ? 2 : 3.5) * Math.min(1, Math.sqrt(40 / Math.max(1, scene.links.length)));
  const [busy, idle] = [css('accent'), css('line-strong')];
  // Bent a little, so that the two directions of a pair are told apart.
  const bend = scene.hooks.bend ?? 0.08;
  for (const link of scene.links) {
    const ends = scene.ends(link);
    if (!ends) continue;
    const [a, b] = ends;
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (long < 1 || !inBox(a) && !inBox(b)) continue;
    const moves = (link.bytesPerSecond ?? 0) > 0;
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

function nodes(c, scene, inSight) {
  const [surface, bad] = [css('sea'), css('bad')];
  for (const node of inSight) {
    const [x, y] = scene.seen(node);
    const r = scene.radius(node);
    circle(c, x, y, r);
    c.fillStyle = node.lost ? surface : node.colour;
    c.fill();
    c.lineWidth = node.lost ? 2 : 1.5;
    c.setLineDash(node.lost ? [3, 2.5] : []);
    c.strokeStyle = node.lost ? bad : surface;
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

const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Beside the node where nothing else is; not at all where there is no such place: the list and a pointer name it.
function names(c, scene, inSight) {
  const below = scene.hooks.below?.();
  const all = inSight.length <= LABELS_BELOW;
  const [colour, halo] = [css('text'), css('sea')];
  const taken = inSight.map(node => {
    const [x, y] = scene.seen(node);
    const r = scene.radius(node) + 1;
    return [x - r, y - r, x + r, y + r];
  });
  c.font = `500 ${FONT}`;
  scene.named = [];
  for (const node of inSight) {
    if (node.quiet && !all) continue;
    const wide = c.measureText(node.name).width;
    const found = sides(scene.seen(node), scene.radius(node), wide, below).find(([box]) => !taken.some(it => meets(box, it)));
    if (!found) continue;
    const [box, x, y, align] = found;
    taken.push(box);
    scene.named.push(node.id);
    label(c, node.name, x, y, colour, halo, '500', align);
  }
  return taken;
}

// [box, x, y, align], the one that is liked best first.
function sides([x, y], r, wide, below) {
  const row = (left, dy, at, align) => [[left - 1, y + dy - 11, left + wide + 1, y + dy + 3], at, y + dy, align];
  const right = dy => row(x + r + 6, dy, x + r + 6, 'left');
  const left = dy => row(x - r - 6 - wide, dy, x - r - 6, 'right');
  const middle = dy => row(x - wide / 2, dy, x, 'center');
  const [under, over] = [middle(r + 14), middle(-r - 5)];
  return below ? [under, over, right(4), left(4)] : [right(4), left(4), under, over, right(-8), right(16), left(-8), left(16)];
}

function rates(c, scene, taken) {
  const [muted, halo] = [css('muted'), css('sea')];
  for (const link of scene.links) {
    const ends = link.bytesPerSecond > 0 && scene.ends(link);
    if (!ends) continue;
    const [a, b] = ends;
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 56) continue;
    const said = rate(link.bytesPerSecond);
    const [x, y] = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * 0.02, (a[1] + b[1]) / 2 - (b[0] - a[0]) * 0.02 - 8];
    const half = said.length * 3.4;
    const box = [x - half, y - 11, x + half, y + 3];
    if (taken.some(it => meets(box, it))) continue;
    taken.push(box);
    label(c, said, x, y, muted, halo, '450', 'center');
  }
}

export function circle(c, x, y, r) {
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
}

export function arrow(c, [x, y], angle, size, colour) {
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

export function label(c, said, x, y, colour, halo, weight = '500', align = 'left') {
  c.font = `${weight} ${FONT}`;
  c.textAlign = align;
  c.lineJoin = 'round';
  c.lineWidth = 3.5;
  c.strokeStyle = halo;
  c.strokeText(said, x, y);
  c.fillStyle = colour;
  c.fillText(said, x, y);
}
