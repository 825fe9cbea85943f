// --- The page
const put = (holder, ...cards) => holder.replaceChildren(...cards.filter(Boolean));
const cards = () => el('div', {class: 'cards'});
document.title = several ? `${runs.length} scenarios` : runs[0].scenario;
page.append(el('h1', {}, several ? `${runs.length} scenarios side by side` : runs[0].scenario), tip);
const head = cards(), time = cards(), spread = cards(), shape = cards(), what = cards(), line = el('div', {class: 'cards', style: 'grid-template-columns:minmax(0,1fr)'});
put(head, ...runs.map(summary));
const choose = el('select', {'aria-label': 'measure'}, ...labels.map(label => el('option', {}, label)));
// What is asserted of throughput says what is to be looked at; where runs differ in that, each has its own window.
const windows = [...new Set(runs.map(run => `${run.window.from} ${run.window.to}`))], common = windows.length === 1 ? runs[0].window : {from: '', to: ''};
const field = value => el('input', {type: 'number', min: 0, max: Math.ceil(end), step: 'any', value: value === '' ? '' : +value.toFixed(2), placeholder: 'its own'});
const from = field(common.from), to = field(common.to);
const applications = [...new Set(runs.flatMap(run => run.topology.edges.map(edge => String(edge.application))))].sort((a, b) => a - b);
const application = el('select', {'aria-label': 'application'}, ...(applications.length > 1 ? ['all', ...applications] : applications.length ? applications : ['all']).map(one => el('option', {}, one)));
const latest = Math.max(0, ...runs.flatMap(run => run.topology.edges.map(edge => edge.until)));
const at = el('input', {type: 'range', min: 0, max: end, step: Math.max(.01, end / 400), value: latest || end, 'aria-label': 'moment'}), moment = el('span', {});
const asked = pictures(), plots = cards();
plots.classList.add('plots');
put(plots, ...asked);
page.append(head, ...(asked.length ? [el('h2', {}, 'Plots'), plots] : []), el('h2', {}, 'What was expected'), what,
  el('h2', {}, 'Over time'), el('div', {class: 'bar'}, el('label', {}, 'measure ', choose)), time,
  el('h2', {}, 'Among nodes'), el('div', {class: 'bar'}, el('label', {}, 'mean from ', from, ' s'), el('label', {}, 'to ', to, ' s')), spread,
  el('h2', {}, 'Topology'), el('div', {class: 'bar'}, el('label', {}, 'application ', application), el('label', {}, 'at ', at, moment)), shape,
  el('h2', {}, 'What happened'), line);
put(what, ...runs.map(assertions));
put(line, ...runs.map(timeLine));
function drawTime() { put(time, ...runs.map(run => overTime(run, choose.value))); if (!several) time.style.gridTemplateColumns = 'minmax(0,1fr)'; }
function drawSpread() {
  const chosen = from.value === '' && to.value === '' ? null : {from: +from.value, to: to.value === '' ? end : +to.value};
  const label = choose.value, curves = lines(label, chosen), unit = runs.map(run => measureOf(run, label)?.unit).find(Boolean) ?? '';
  const said = runs.every(run => run.window.said), own = !chosen || (chosen.from === +from.defaultValue && chosen.to === +to.defaultValue);
  const why = own ? said ? ', as asserted' : ', the second half' : '';
  const over = chosen ? `mean of ${short(chosen.from)} – ${short(chosen.to)} s${why}` : `mean over each run's own window${said ? ', as asserted' : ''}`;
  put(spread, sorted(`Sorted ${label}`, curves, unit, [], over), distribution(`Distribution of ${label} (CDF)`, curves, unit, [], `${label} of a node${unit ? `, ${unit}` : ''}`, over));
}
function drawShape() { moment.textContent = `${(+at.value).toFixed(1)} s`; put(shape, ...runs.flatMap(run => [graph(run, application.value, +at.value), map(run, application.value, +at.value)])); }
choose.addEventListener('change', () => { drawTime(); drawSpread(); });
from.addEventListener('change', drawSpread);
to.addEventListener('change', drawSpread);
application.addEventListener('change', drawShape);
at.addEventListener('input', drawShape);
drawTime(); drawSpread(); drawShape();
