// --- Time line
const LANES = ['time line', 'swaps', 'failures'];
/** Marks that would lie on each other are one, with their number. */
function gathered(row, x) {
  const marks = [];
  for (const one of [...row].sort((a, b) => a.at - b.at)) {
    const last = marks.findLast(mark => mark.small === one.small);
    if (last && x(one.at) - x(last.at) < 22) {
      last.all.push(one);
      last.failed ||= one.failed;
      last.until = Math.max(last.until, one.until);
    } else marks.push({...one, all: [one]});
  }
  return marks;
}
function timeLine(run) {
  const card = el('div', {class: 'card'}, several ? el('h3', {}, run.scenario) : null);
  const rows = LANES.map(() => []);
  for (const one of run.moments) rows[one.do === 'swap' || one.do === 'rollback' || one.do === 'shadow' ? 1 : one.do === 'fail' ? 2 : 0].push(one);
  for (const event of run.events) {
    rows[2].push({...event, small: true});
  }
  const h = 138, wide = NARROW ? 640 : 1180, x = at => 78 + at / end * (wide - 78 - 14);
  const svg = sv('svg', {viewBox: `0 0 ${wide} ${h}`, class: 'line', role: 'img', 'aria-label': `time line of ${run.scenario}`, style: 'min-width:620px'});
  for (const at of steps(0, end, NARROW ? 7 : 12)) svg.append(sv('line', {x1: x(at), x2: x(at), y1: 8, y2: h - 22, stroke: 'var(--grid)'}), sv('text', {x: x(at), y: h - 6, 'text-anchor': 'middle'}, `${at} s`));
  LANES.forEach((name, i) => {
    const middle = 26 + i * 36;
    svg.append(sv('text', {x: 0, y: middle + 4}, name), sv('line', {x1: 78, x2: wide - 14, y1: middle, y2: middle, stroke: 'var(--line)'}));
    for (const one of gathered(rows[i], x)) {
      const y = one.small ? middle + 12 : middle; // what comes of a failure stands below it
      const bad = one.failed || (i === 2 && !one.small), paint = bad ? 'var(--bad)' : i === 1 ? 'var(--c3)' : i === 2 ? 'var(--c1)' : 'var(--accent)';
      const hear = {onpointermove: event => say(event, el('div', {}, ...one.all.slice(0, 5).flatMap(each => [el('div', {}, el('b', {}, `${each.at.toFixed(2)} s ${each.do}`)), el('div', {}, some(each.nodes.filter(Boolean), each.count)), el('div', {class: 'soft'}, each.sentence ?? '')]), one.all.length > 5 ? `and ${one.all.length - 5} more` : null)), onpointerleave: hush};
      if (one.until > one.at && !one.small) svg.append(sv('line', {x1: x(one.at), x2: x(one.until), y1: y, y2: y, stroke: paint, 'stroke-width': 4, opacity: .4}));
      svg.append(i === 1 ? sv('path', {d: `M${x(one.at)} ${y - 7}l6 7l-6 7l-6 -7Z`, fill: paint, ...hear})
        : i === 2 && !one.small ? sv('path', {d: `M${x(one.at) - 6} ${y - 6}l12 12m0 -12l-12 12`, stroke: paint, 'stroke-width': 2.6, ...hear})
        : sv('circle', {cx: x(one.at), cy: y, r: one.small ? 3.5 : 5, fill: paint, ...hear}));
      if (one.all.length > 1) svg.append(sv('text', {x: x(one.at) + (one.small ? 6 : 0), y: one.small ? y + 4 : y - 9, 'text-anchor': one.small ? 'start' : 'middle'}, `${one.all.length}×`));
    }
  });
  card.append(el('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `time line of ${run.scenario}, which scrolls`}, svg), el('p', {class: 'soft hint'}, 'The time line goes on to the right ⟶'));
  const deeds = run.timeline;
  card.append(el('details', {}, el('summary', {}, `${run.entries} deeds of the time line${deeds.length < run.entries ? `: the first ${deeds.length}, and what failed` : ''}`), el('div', {class: 'scroll'}, el('table', {},
    el('tr', {}, el('th', {class: 'n'}, 'at, s'), el('th', {class: 'n'}, 'late, ms'), el('th', {}, 'do'), el('th', {}, 'node'), el('th', {class: 'n'}, 'pause, ms'), el('th', {}, 'what came of it')),
    ...deeds.map(deed => el('tr', {}, el('td', {class: 'n'}, deed.at.toFixed(2)), el('td', {class: 'n'}, short(deed.late * 1000)), el('td', {}, deed.do), el('td', {}, deed.node),
      el('td', {class: 'n'}, deed.pauseMicros === undefined ? '' : short(deed.pauseMicros / 1000)), el('td', {class: deed.succeeded ? '' : 'bad'}, deed.sentence)))))));
  return card;
}

// --- Tables
function expected(one) {
  const word = {'≤': 'at most ', '≥': 'at least '}[one.relation] ?? '';
  const margin = !one.tolerance ? '' : ` ± ${typeof one.tolerance === 'string' ? one.tolerance : shown(one.tolerance, one.unit)}`;
  return word + shown(one.expected, one.unit) + margin;
}
function assertions(run) {
  const card = el('div', {class: 'card'}, several ? el('h3', {}, run.scenario) : null);
  const all = [...run.assertions].sort((a, b) => a.passed - b.passed);
  const table = list => el('div', {class: 'scroll'}, el('table', {}, el('tr', {}, el('th', {}, ''), el('th', {}, 'assertion'), el('th', {}, 'expected'), el('th', {class: 'n'}, 'measured')),
    ...list.map(one => el('tr', {}, el('td', {class: one.passed ? 'good' : 'bad', title: one.passed ? 'passed' : 'failed', 'aria-label': one.passed ? 'passed' : 'failed'}, one.passed ? '✓' : '✗'),
      el('td', {}, one.name, one.note ? el('span', {class: 'soft'}, ` (${one.note})`) : null), el('td', {}, expected(one)), el('td', {class: `n ${one.passed ? '' : 'bad'}`, style: 'white-space:normal'}, shown(one.measured, one.unit))))));
  const open = all.filter((one, i) => !one.passed || i < 24);
  card.append(all.length ? table(open) : el('p', {class: 'soft'}, 'none'));
  if (open.length < all.length) card.append(el('details', {}, el('summary', {}, `${all.length - open.length} more that hold`), table(all.filter(one => !open.includes(one)))));
  if (run.figures.length) card.append(el('h3', {style: 'margin-top:16px'}, 'Figures'), el('div', {class: 'scroll'}, el('table', {}, ...run.figures.map(one => el('tr', {}, el('td', {}, one.name), el('td', {class: 'n'}, shown(one.measured, one.unit)), el('td', {class: 'soft'}, one.note))))));
  return card;
}
function summary(run) {
  const held = run.assertions.filter(one => one.passed).length;
  const fact = (name, value) => el('span', {}, `${name} `, el('b', {}, value));
  return el('div', {class: 'card'},
    el('p', {class: `verdict ${run.passed ? 'good' : 'bad'}`}, run.passed ? '✓ passed' : '✗ failed', el('span', {class: 'soft', style: 'font-weight:400'}, `  ${held} of ${run.assertions.length} assertions hold`)),
    el('p', {}, run.title), ...run.notes.map(note => el('p', {class: 'soft'}, note)),
    el('div', {class: 'facts'}, several ? fact('scenario', run.scenario) : null, fact('nodes', String(run.topology.nodes.length)), fact('time', shown(run.seconds, 's')), fact('seed', String(run.seed)),
      ...Object.entries(run.variables).map(([name, value]) => fact(name, String(value))), fact('latest entry', shown(run.latest, 's')), fact('started', run.started.slice(0, 19).replace('T', ' ') + ' UTC')));
}
