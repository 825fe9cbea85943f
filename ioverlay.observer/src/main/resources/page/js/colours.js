// The page's colours, for what is drawn and no element: they follow the theme.

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
  if (!colours.has(name)) {
    // The property's own value has both themes in it: an element that takes it says which one holds.
    const probe = document.createElement('i');
    probe.hidden = true;
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    colours.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
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
