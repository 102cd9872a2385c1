// Turns a plot into what ECharts understands. Colours: Okabe and Ito (2008), told apart by people with any colour vision;
// every curve has a marker as well, so that no curve is known by colour alone.
import { number } from './plot-data.js';

const COLOURS = {
  light: ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'],
  dark: ['#56B4E9', '#E69F00', '#009E73', '#CC79A7', '#F0E442', '#D55E00', '#FFFFFF'],
};
const MARKERS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle'];

export function options(plot, logs, style) {
  const dark = document.documentElement.dataset.bsTheme === 'dark';
  const text = style.color;
  const line = dark ? '#3a4655' : '#d5dae1';
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let omitted = 0;
  const shown = ({ x, y }) => {
    const possible = !(logs.x && x <= 0) && !(logs.y && y !== null && y <= 0);
    if (!possible) omitted += 1;
    return possible;
  };
  const series = plot.series.map((curve, index) => {
    const data = curve.points.filter(shown).map(({ x, y }) => [x, y]);
    return {
      name: curve.name,
      type: curve.style === 'LINE' ? 'line' : curve.style === 'BARS' ? 'bar' : 'scatter',
      data,
      symbol: MARKERS[index],
      symbolSize: curve.style === 'POINTS' ? 7 : 6,
      showAllSymbol: 'auto',
      showSymbol: data.length <= 120,
      sampling: data.length > 4000 ? 'lttb' : undefined,
      lineStyle: { width: 2 },
      emphasis: { focus: plot.series.length > 1 ? 'series' : 'none' },
      barMaxWidth: 48,
    };
  });
  const axis = which => ({
    type: logs[which] ? 'log' : 'value',
    name: label(plot[which]),
    // The name of y stands above its axis: turned by 90 degrees nobody reads it, and its room depends on the labels.
    nameLocation: which === 'x' ? 'middle' : 'end',
    nameGap: which === 'x' ? 32 : 14,
    scale: true,
    nameTextStyle: { color: text, fontSize: 13, align: which === 'x' ? 'center' : 'left' },
    axisLabel: { color: text, formatter: number, hideOverlap: true },
    axisLine: { show: true, onZero: false, lineStyle: { color: text } },
    axisTick: { show: true },
    minorTick: { show: logs[which], splitNumber: 9 },
    splitLine: { lineStyle: { color: line } },
  });
  return {
    omitted,
    option: {
      animation: !still,
      animationDuration: 250,
      backgroundColor: 'transparent',
      color: COLOURS[dark ? 'dark' : 'light'],
      textStyle: { fontFamily: style.fontFamily, color: text },
      grid: { left: 4, right: 24, top: plot.series.length > 1 ? 68 : 36, bottom: 34, containLabel: true },
      legend: { show: plot.series.length > 1, top: 4, type: 'scroll', textStyle: { color: text } },
      tooltip: { trigger: 'axis', renderMode: 'html', confine: true, backgroundColor: dark ? '#0c1117' : '#ffffff',
        borderColor: line, textStyle: { color: text }, axisPointer: { type: 'cross', label: { formatter: ({ value }) => number(short(value)) } },
        formatter: hits => tip(plot, hits) },
      dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
      xAxis: axis('x'),
      yAxis: axis('y'),
      series,
    },
  };
}

function label({ name, unit }) {
  return unit ? `${name} / ${unit}` : name;
}

function short(value) {
  return Number(Number(value).toPrecision(6));
}

// Made of elements, not of markup: nothing that a name contains is ever taken for HTML.
function tip(plot, hits) {
  const box = document.createElement('div');
  box.className = 'plot-tip';
  const list = Array.isArray(hits) ? hits : [hits];
  const head = document.createElement('div');
  head.textContent = `${plot.x.name} ${number(short(list[0].value[0]))} ${plot.x.unit}`;
  box.append(head);
  for (const hit of list) {
    const row = document.createElement('div');
    const value = document.createElement('b');
    value.textContent = `${number(hit.value[1] === null ? null : short(hit.value[1]))} ${plot.y.unit}`;
    row.append(plot.series.length > 1 ? `${hit.seriesName}: ` : '', value);
    box.append(row);
  }
  return box;
}
