// Elements without markup: what nodes say becomes text, never HTML.

/**
 * Makes an element.
 *
 * @param {string} tag a name, with classes after dots: 'p.hint.small'
 * @param {object} [props] listeners as onclick; `class`, `data`; what is a property of the element is set as one, the
 *     rest as an attribute; null, undefined and false leave it out
 * @param {...any} children nodes, texts, numbers, lists of these; null and false are left out
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.classList.add(...value.split(' ').filter(Boolean));
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (key in element && key !== 'list' && key !== 'form' && !key.startsWith('aria')) element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

const drawnOf = new WeakMap();

/** Makes an element of each item. One whose item is the same stays, and what is drawn anew keeps the focus on its link. */
export function each(parent, items, make) {
  const before = [...parent.children];
  items.forEach((item, i) => {
    const now = JSON.stringify(item);
    const old = before[i];
    if (old && drawnOf.get(old) === now) return;
    const next = make(item);
    drawnOf.set(next, now);
    if (!old) {
      parent.append(next);
      return;
    }
    const focused = old.contains(document.activeElement);
    old.replaceWith(next);
    if (focused) next.querySelector('a')?.focus();
  });
  before.slice(items.length).forEach(it => it.remove());
}

/** An element of SVG. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  add(element, children);
  return element;
}

/** Sets a text only where it differs, so that nothing is laid out anew. */
export function text(element, value) {
  const said = String(value);
  if (element.textContent !== said) element.textContent = said;
}

/** A labelled control: the label is text above it. */
export function field(label, control, props = {}) {
  return h('label.field', props, label, control);
}

/** Options of a select; keeps what is chosen if it is still there. */
export function options(select, entries, chosen = select.value) {
  const wanted = JSON.stringify(entries);
  if (select.dataset.entries !== wanted) {
    select.dataset.entries = wanted;
    fill(select, entries.map(([value, label]) => h('option', {value}, label ?? value)));
  }
  if (entries.some(([value]) => String(value) === String(chosen))) select.value = String(chosen);
  return select;
}

/** Says something to whoever cannot see it. */
export function announce(sentence) {
  text(document.getElementById('announce'), sentence);
}

/** A sentence at the edge of the page, read out, gone after a while unless it is bad. */
export function toast(sentence, kind = 'ok') {
  const box = document.getElementById('toasts');
  const close = () => item.remove();
  const item = h('div.toast', {class: kind, role: kind === 'bad' ? 'alert' : 'status'}, h('p', {}, sentence),
      h('button.quiet', {type: 'button', onclick: close, 'aria-label': 'Dismiss'}, '×'));
  box.append(item);
  while (box.children.length > 4) box.firstChild.remove();
  setTimeout(close, kind === 'bad' ? 20_000 : 6_000);
}

/** What to say where there is nothing yet. */
export const empty = (title, ...what) => h('div.empty', {}, h('strong', {}, title), ...what);
