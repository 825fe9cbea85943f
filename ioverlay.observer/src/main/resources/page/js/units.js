// Figures for people: thousands, as the shell prints them; always three digits that matter.

function scaled(value) {
  const steps = ['', 'k', 'M', 'G', 'T'];
  let step = 0;
  let x = value;
  while (Math.abs(x) >= 999.5 && step < steps.length - 1) {
    x /= 1000;
    step++;
  }
  const digits = step === 0 || x >= 99.95 ? 0 : x >= 9.995 ? 1 : 2;
  return [x.toFixed(digits), steps[step]];
}

/** ['12.3', 'kB/s'] */
export function rateParts(bytesPerSecond) {
  const [number, step] = scaled(bytesPerSecond ?? 0);
  return [number, `${step}B/s`];
}

/** 12.3 kB/s */
export const rate = bytesPerSecond => rateParts(bytesPerSecond).join(' ');

/** 12.3 kB */
export function bytes(n) {
  const [number, step] = scaled(n ?? 0);
  return `${number} ${step}B`;
}

/** 12 345 */
export const count = n => (n ?? 0).toLocaleString('en-US').replaceAll(',', ' ');

/** 0.31 ms; a dash where nothing was measured. */
export function micros(n) {
  if (n === null || n === undefined || n < 0) return '–';
  if (n < 1000) return `${Math.round(n)} µs`;
  if (n < 1_000_000) return `${(n / 1000).toFixed(n < 10_000 ? 2 : n < 100_000 ? 1 : 0)} ms`;
  return `${(n / 1_000_000).toFixed(2)} s`;
}

/** 3 min 5 s */
export function duration(millis) {
  const s = Math.max(0, Math.round(millis / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor(s / 3600) % 24} h`;
}

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});

/** 14:03:22, local */
export const time = iso => (iso ? clock.format(new Date(iso)) : '–');

/** 2026-11-23 14:03:22, local */
export function dateTime(iso) {
  if (!iso) return '–';
  const d = new Date(iso);
  const two = n => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${clock.format(d)}`;
}

/** A rate as the shell takes it: 250000, 400K, 1.5M, 2G; NaN if it is none. */
export function parseRate(typed) {
  const found = /^\s*([\d.]+)\s*([kmgKMG]?)(?:B(?:\/s)?)?\s*$/.exec(typed);
  if (!found) return NaN;
  return Math.round(Number(found[1]) * {'': 1, k: 1e3, m: 1e6, g: 1e9}[found[2].toLowerCase()]);
}

/** n2 before n10. One collator for all: localeCompare would make one for each comparison. */
export const compareTexts = new Intl.Collator('en', {numeric: true}).compare;
