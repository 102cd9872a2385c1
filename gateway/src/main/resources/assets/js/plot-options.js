// Turns a plot into what ECharts understands. Colours: Okabe and Ito (2008), told apart by people with any colour vision;
// every curve has a marker as well, so that no curve is known by colour alone.
import { number } from './plot-data.js';

const COLOURS = {
  light: ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'],
  dark: ['#56B4E9', '#E69F00', '#009E73', '#CC79A7', '#F0E442', '#D55E00', '#FFFFFF'],
};
// A line has about so many markers, however many points it goes through.
const MARKED = 15;
const MARKERS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle'];

export function options(plot, logs, style) {
  const dark = document.documentElement.dataset.bsTheme === 'dark';
  const text = style.color;
  const line = dark ? '#3a4655' : '#d5dae1';
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let omitted = 0;
  const possible = ({ x, y }) => !(logs.x && x <= 0) && !(logs.y && y !== null && y <= 0);
  // Logarithmic axes are drawn by their exponents: ECharts' own have one label where there should be ten, and fail near 1e-20.
  const place = (which, value) => (logs[which] && value !== null ? Math.log10(value) : value);
  const value = (which, at) => (logs[which] ? 10 ** at : at);
  const seen = { x: [], y: [] };
  for (const point of plot.series.flatMap(curve => curve.points).filter(possible)) {
    seen.x.push(place('x', point.x));
    if (point.y !== null) seen.y.push(place('y', point.y));
  }
  const shown = point => {
    if (!possible(point)) omitted += 1;
    return possible(point);
  };
  const names = plot.series.length > 1 ? plot.series.map(({ name }) => name) : [];
  const legend = 22 * rows(names, parseFloat(style.width) || 640);
  const series = plot.series.map((curve, index) => {
    const data = curve.points.filter(shown).map(({ x, y }) => [place('x', x), place('y', y)]);
    const apart = Math.ceil(data.length / MARKED);
    return {
      name: curve.name,
      type: curve.style === 'LINE' ? 'line' : curve.style === 'BARS' ? 'bar' : 'scatter',
      data,
      symbol: curve.style === 'LINE' ? (_, { dataIndex }) => (dataIndex % apart === 0 ? MARKERS[index] : 'none') : MARKERS[index],
      symbolSize: 7,
      showAllSymbol: true,
      sampling: data.length > 4000 ? 'lttb' : undefined,
      lineStyle: { width: 2 },
      emphasis: { focus: plot.series.length > 1 ? 'series' : 'none' },
      barMaxWidth: 48,
    };
  });
  for (const band of plot.bands ?? []) series.push(area(plot, band, possible, place));
  if (plot.marks?.length) series.push(words(plot.marks, text, place));
  const exponents = { x: logs.x ? decades(seen.x) : null, y: logs.y ? decades(seen.y) : null };
  for (const which of ['x', 'y']) {
    if (exponents[which]?.between.length) series.push(between(which, exponents[which].between, text, line));
  }
  const bounds = which => (exponents[which]
    ? { min: exponents[which].min, max: exponents[which].max, interval: exponents[which].interval }
    : { min: plot[which].from ?? undefined, max: plot[which].to ?? undefined });
  const axis = which => ({
    type: 'value',
    ...bounds(which),
    name: label(plot[which]),
    // The name of y stands above its axis: turned by 90 degrees nobody reads it, and its room depends on the labels.
    nameLocation: which === 'x' ? 'middle' : 'end',
    nameGap: which === 'x' ? 32 : 14,
    scale: true,
    nameTextStyle: { color: text, fontSize: 13, align: which === 'x' ? 'center' : 'left' },
    axisLabel: { color: text, formatter: at => number(short(value(which, at))), hideOverlap: true },
    axisLine: { show: true, onZero: false, lineStyle: { color: text } },
    axisTick: { show: true },
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
      grid: { left: 4, right: 24, top: 36 + legend + (legend ? 10 : 0), bottom: 34, containLabel: true },
      legend: { show: names.length > 0, data: names.map((name, index) => ({ name, icon: MARKERS[index] })), itemWidth: 14, itemHeight: 10, top: 4, left: 0, itemGap: 16, textStyle: { color: text } },
      tooltip: { trigger: 'axis', renderMode: 'html', confine: true, backgroundColor: dark ? '#0c1117' : '#ffffff',
        borderColor: line, textStyle: { color: text }, axisPointer: { type: 'cross', label: { formatter: at => number(short(value(at.axisDimension, at.value))) } },
        formatter: hits => tip(plot, hits, value) },
      dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
      xAxis: axis('x'),
      yAxis: axis('y'),
      series,
    },
  };
}

// How many lines a legend takes: all of it is always there to read.
function rows(names, width) {
  let used = width;
  let count = 0;
  for (const name of names) {
    const needed = 46 + 6.6 * name.length;
    if (used + needed > width) {
      count += 1;
      used = 0;
    }
    used += needed;
  }
  return count;
}

// What lies between two curves, drawn as one polygon so that it is right on any axis.
function area(plot, { from, to }, shown, place) {
  const [one, other] = [from, to].map(index => plot.series[index].points.filter(point => point.y !== null && shown(point)));
  return {
    type: 'custom', name: 'band', silent: true, z: 1, clip: true, data: [0], tooltip: { show: false }, legendHoverLink: false,
    renderItem: (_, api) => ({
      type: 'polygon', silent: true,
      shape: { points: [...one, ...other.slice().reverse()].map(({ x, y }) => api.coord([place('x', x), place('y', y)])) },
      style: { fill: '#56B4E9', opacity: 0.28 },
    }),
  };
}

function words(marks, colour, place) {
  return {
    type: 'scatter', name: 'marks', silent: true, z: 3, symbolSize: 1, tooltip: { show: false },
    data: marks.map(({ x, y, text }) => ({ value: [place('x', x), place('y', y)], label: { formatter: () => text } })),
    itemStyle: { color: 'transparent' },
    label: { show: true, position: 'inside', color: colour, fontSize: 13, fontWeight: 600 },
  };
}

// The ends of a logarithmic axis as exponents: 1, 2 or 5 times a power of ten, or whole decades where there are many; with the
// numbers between them that get a line and a label of their own where there are few.
function decades(exponents) {
  if (exponents.length === 0) return null;
  let low = Infinity;
  let high = -Infinity;
  for (const each of exponents) {
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  const few = high - low <= 2;
  const min = few ? step(low, false) : Math.floor(low + CLOSE);
  const max = Math.max(few ? step(high, true) : Math.ceil(high - CLOSE), min + Math.log10(2));
  const inner = [];
  for (let decade = Math.floor(min); few && decade <= max; decade += 1) {
    inner.push(...STEPS.slice(1).map(each => decade + each).filter(each => each > min + CLOSE && each < max - CLOSE));
  }
  return { min, max, interval: Math.max(1, Math.ceil((max - min) / 8)), between: inner };
}

const CLOSE = 1e-9;
const STEPS = [1, 2, 5].map(Math.log10);

function step(exponent, up) {
  const decade = Math.floor(exponent + CLOSE);
  const steps = [...STEPS, 1].map(each => decade + each);
  return up ? steps.find(each => each >= exponent - CLOSE) : steps.findLast(each => each <= exponent + CLOSE);
}

function between(which, exponents, colour, line) {
  return {
    type: 'line', name: 'between', data: [], silent: true, tooltip: { show: false },
    markLine: {
      silent: true, symbol: 'none', animation: false, lineStyle: { color: line, type: 'solid', width: 1 },
      data: exponents.map(at => ({ [`${which}Axis`]: at, name: number(Number((10 ** at).toPrecision(1))) })),
      label: { position: 'start', color: colour, fontSize: 12, distance: 8, formatter: '{b}' },
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
function tip(plot, hits, valueOf) {
  const box = document.createElement('div');
  box.className = 'plot-tip';
  const list = (Array.isArray(hits) ? hits : [hits]).filter(hit => hit.seriesIndex < plot.series.length);
  if (list.length === 0) return box;
  const head = document.createElement('div');
  head.textContent = `${plot.x.name} ${number(short(valueOf('x', list[0].value[0])))} ${plot.x.unit}`;
  box.append(head);
  for (const hit of list) {
    const row = document.createElement('div');
    const value = document.createElement('b');
    value.textContent = `${number(hit.value[1] === null ? null : short(valueOf('y', hit.value[1])))} ${plot.y.unit}`;
    row.append(plot.series.length > 1 ? `${hit.seriesName}: ` : '', value);
    box.append(row);
  }
  return box;
}
