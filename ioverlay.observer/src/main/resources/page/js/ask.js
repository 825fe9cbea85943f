// A dialogue: a form that stays until what it asks for was done, and says beside its button why it was not.
import {field, h, options, text, toast} from './dom.js';
import {parseRate} from './units.js';

/** What is wrong with what was typed, as a sentence. */
export class Wrong extends Error {}

/** A JSON object out of a text; {} of an empty one. */
export function jsonOf(typed, example = '{"bytesPerSecond": 400000}') {
  if (!typed.trim()) return {};
  try {
    const value = JSON.parse(typed);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Wrong(`Settings are a JSON object, for example ${example}, not ${typed}`);
}

/** A rate out of a text as 400K; null of an empty one. */
export function rateOf(typed) {
  if (!typed.trim()) return null;
  const value = parseRate(typed);
  if (Number.isNaN(value)) throw new Wrong(`A rate is written as 250000, 400K or 1.5M bytes per second, not ${typed}`);
  return value;
}

/** A number out of a text; null of an empty one. */
export function numberOf(typed, what) {
  if (!typed.trim()) return null;
  const value = Number(typed);
  if (!Number.isFinite(value)) throw new Wrong(`${what} is a number, not ${typed}`);
  return value;
}

export const number = (value, props = {}) => h('input', {type: 'number', value, ...props});
export const line = (value = '', props = {}) => h('input', {type: 'text', value, spellcheck: false, autocomplete: 'off', ...props});
export const json = (value = '{}', props = {}) => h('textarea', {rows: 3, spellcheck: false, value, ...props});
export const choice = (entries, chosen, props = {}) => options(h('select', props), entries, chosen);

/**
 * Opens a dialogue. It closes on Escape, on Cancel, and when it was done; the focus then goes back to where it was.
 *
 * @param {object} what
 * @param {string} what.title
 * @param {string} [what.hint] below the title
 * @param {[string, HTMLElement][]|HTMLElement[]} what.fields labels and controls, or whole elements
 * @param {string} what.yes the button that does it
 * @param {boolean} [what.danger]
 * @param {() => Promise<string|null|{stay: string}>} what.act does it; a sentence, or null, closes it, `stay` is a sentence
 *     to show here; what it throws is shown beside the button
 */
export function ask({title, hint, fields, yes, danger = false, act}) {
  const opener = document.activeElement;
  const said = h('p.result', {role: 'status'});
  const button = h('button', {type: 'submit', class: danger ? 'danger' : 'primary'}, yes);
  const cancel = h('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel');
  const form = h('form.form', {novalidate: true, onsubmit: submit}, h('h2', {}, title), hint ? h('p.hint', {}, hint) : null,
      fields.map(it => (Array.isArray(it) ? field(...it) : it)), said,
      h('div.row', {}, cancel, button));
  const dialog = h('dialog', {'aria-label': title, onclose: () => {
    removeEventListener('hashchange', left);
    dialog.remove();
    // What opened it may have been drawn anew meanwhile.
    const again = opener?.isConnected ? opener : document.querySelector(`button[aria-label="${CSS.escape(opener?.ariaLabel ?? '')}"]`);
    again?.focus();
  }}, form);

  function show(sentence, bad) {
    said.classList.toggle('bad', bad);
    text(said, sentence);
  }

  // Who closed the dialogue while it was done is told at the edge of the page.
  const end = (sentence, bad) => (dialog.open ? show(sentence, bad) : toast(sentence, bad ? 'bad' : 'ok'));
  const left = () => dialog.close(); // another view: what was asked here is not there

  async function submit(e) {
    e.preventDefault();
    const wrong = [...form.elements].find(it => it.validity && !it.validity.valid);
    if (wrong) {
      show(`${wrong.labels?.[0]?.firstChild?.textContent ?? 'A value'}: ${wrong.validationMessage}`, true);
      wrong.focus();
      return;
    }
    button.disabled = true;
    show('Asking…', false);
    try {
      const done = await act();
      if (done?.stay) end(done.stay, false);
      else {
        dialog.close();
        if (done) toast(done);
      }
    } catch (problem) {
      end(problem.message, true);
    }
    button.disabled = false;
  }

  addEventListener('hashchange', left);
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector('input, select, textarea') ?? (danger ? cancel : button)).focus();
}
