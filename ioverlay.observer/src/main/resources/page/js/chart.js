// Lines over time, by ECharts, in the page's own colours.
import {script} from './script.js';
import {css, dark} from './colours.js';
import {bytes, rate} from './units.js';

const LINES = {
  light: ['#2b6cb0', '#b7550f', '#1f7a4d', '#7b4bb3', '#a33a6b', '#5b6b12', '#0f7f8b', '#6b4f3a'],
  dark: ['#6cb0f5', '#f0a35e', '#62c993', '#b794f0', '#f08fb8', '#b5c452', '#5cc9d4', '#c9a688'],
};
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});

/**
 * A chart in an element.
 *
 * @param {HTMLElement} element with a height
 * @param {{unit: 'rate'|'bytes', label: string}} how
 * @param {AbortSignal} signal its end
 * @returns {Promise<{set: (series: {name, points: [time, value][], dashed?}[], from, to) => void}>}
 */
export async function chart(element, how, signal) {
  const echarts = await script('lib/echarts.common.min.js', 'echarts');
  if (signal.aborted) return {set() {}};
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', how.label);
  const it = echarts.init(element, null, {renderer: 'canvas'});
  const show = how.unit === 'rate' ? rate : bytes;
  let last = null;
  function set(series, from, to) {
    last = [series, from, to];
    const muted = css('muted');
    const line = css('line');
    const font = {color: muted, fontFamily: 'Inter, system-ui, sans-serif', fontSize: 12};
    it.setOption({
      animation: false,
      color: LINES[dark() ? 'dark' : 'light'],
      textStyle: font,
      grid: {left: 70, right: 14, top: series.length > 1 ? 34 : 12, bottom: 26},
      legend: {show: series.length > 1, type: 'scroll', top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 3,
        textStyle: font, pageTextStyle: font, pageIconColor: muted, pageIconInactiveColor: line},
      tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: css('surface'), borderColor: css('line-strong'),
        textStyle: {...font, color: css('text')}, order: 'valueDesc', valueFormatter: value => show(value),
        axisPointer: {lineStyle: {color: css('line-strong')}}},
      xAxis: {type: 'time', min: from, max: to, splitNumber: element.clientWidth < 500 ? 3 : 6, axisLine: {lineStyle: {color: line}}, axisTick: {show: false},
        axisLabel: {...font, hideOverlap: true, formatter: value => clock.format(value)}, splitLine: {show: false}},
      yAxis: {type: 'value', min: 0, minInterval: 1, splitNumber: 4, axisLabel: {...font, formatter: value => (value === 0 ? '0' : show(value))}, splitLine: {lineStyle: {color: line}}},
      series: series.map(({name, points, dashed}) => ({name, type: 'line', data: points, showSymbol: false, connectNulls: false,
        lineStyle: {width: 1.6, type: dashed ? [5, 4] : 'solid'}, emphasis: {disabled: true}})),
    }, {notMerge: true});
  }
  const observer = new ResizeObserver(() => it.resize());
  observer.observe(element);
  document.addEventListener('theme', () => last && set(...last), {signal});
  signal.addEventListener('abort', () => {
    observer.disconnect();
    it.dispose();
  });
  return {set};
}
