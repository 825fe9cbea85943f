// A table that is sorted and filtered, and whose rows stay where they are when only figures change.
import {empty, fill, h, text} from './dom.js';
import {compareTexts} from './units.js';

/**
 * @param {object} spec
 * @param {string} spec.caption read out, not shown
 * @param {{key: string, label: string, num?: boolean, wide?: boolean|'wider', wrap?: boolean, value: (row) => any,
 *     show?: (row) => string|Node|(string|Node)[], sort?: false}[]} spec.columns `value` sorts; `show` is what stands there
 * @param {(row) => string} spec.key which row of the table is which
 * @param {(row) => string} [spec.rowClass]
 * @param {string} [spec.sort] the column that sorts at first
 */
export function table(spec) {
  let order = spec.sort ?? spec.columns[0].key;
  let down = spec.down ?? false;
  let rows = [];
  const body = h('tbody');
  const lines = new Map();
  const heads = spec.columns.map(column => h('th', {scope: 'col', class: classes(column)},
      column.sort === false ? h('span.unseen', {}, column.label) : h('button', {type: 'button', onclick: () => {
        down = order === column.key ? !down : Boolean(column.num);
        order = column.key;
        draw();
      }}, column.label)));
  const element = h('div.scroll', {tabindex: '0', role: 'group', 'aria-label': spec.caption},
      h('table', {}, h('caption.unseen', {}, spec.caption), h('thead', {}, h('tr', {}, heads)), body));

  function draw() {
    const column = spec.columns.find(it => it.key === order);
    spec.columns.forEach((it, i) => {
      if (it.sort === false) return;
      heads[i].setAttribute('aria-sort', it.key === order ? (down ? 'descending' : 'ascending') : 'none');
    });
    const sign = down ? -1 : 1;
    rows.sort((a, b) => sign * compare(column.value(a), column.value(b)) || compare(spec.key(a), spec.key(b)));
    const seen = new Set();
    let before = null;
    for (const row of rows) {
      const key = spec.key(row);
      seen.add(key);
      let line = lines.get(key);
      if (!line) {
        line = h('tr', {}, spec.columns.map(it => h('td', {class: classes(it)})));
        lines.set(key, line);
      }
      line.className = spec.rowClass?.(row) ?? '';
      spec.columns.forEach((it, i) => put(line.cells[i], (it.show ?? it.value)(row)));
      const place = before ? before.nextSibling : body.firstChild;
      if (place !== line) body.insertBefore(line, place);
      before = line;
    }
    for (const [key, line] of lines) {
      if (!seen.has(key)) {
        line.remove();
        lines.delete(key);
      }
    }
  }

  return {element, set(next) {
    rows = [...next];
    draw();
  }};
}

/** A table, or a sentence where it has no rows. */
export function orNothing(spec, ...nothing) {
  const rows = table(spec);
  const none = h('div', {hidden: true}, empty(...nothing));
  return {element: h('div', {}, rows.element, none), set(list) {
    rows.set(list);
    rows.element.hidden = list.length === 0;
    none.hidden = list.length > 0;
  }};
}

const shown = new WeakMap();

// What looks the same stays, so that a link keeps its focus. Listeners in cells must not depend on more than the row's key.
function put(cell, what) {
  if (typeof what === 'string' || typeof what === 'number') {
    text(cell, what);
    return;
  }
  const list = [what].flat().filter(it => it !== null && it !== undefined && it !== false);
  const next = list.map(it => (it instanceof Node ? it.outerHTML : it)).join('\n');
  if (shown.get(cell) === next) return;
  shown.set(cell, next);
  fill(cell, list);
}

function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareTexts(String(a ?? ''), String(b ?? ''));
}

const classes = column => `${column.num ? 'num ' : ''}${column.wide ? `${column.wide === true ? 'wide' : column.wide} ` : ''}${column.wrap ? 'wrap' : ''}`;
