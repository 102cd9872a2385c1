// Draws every figure.plot from its JSON (org.colonnade.web.Plot), with switches, exports and the table below it.
import { options } from './plot-options.js';
import { addRows, csv, described, download, tableOf, withText } from './plot-data.js';

// So many rows of a table at once: a reader asks for more, and long tables cost nobody else anything.
const ROWS = 100;

let loading;

function echarts() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = document.body.dataset.echarts;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error('The plotting library did not load'));
    document.head.append(script);
  });
  return loading;
}

export function drawPlots(root) {
  for (const figure of root.querySelectorAll?.('figure.plot:not([data-drawn])') ?? []) {
    figure.dataset.drawn = '';
    draw(figure).catch(error => {
      const note = document.createElement('p');
      note.className = 'plot-note';
      note.textContent = `The plot cannot be drawn: ${error.message}.`;
      figure.append(note);
    });
  }
}

async function read(figure) {
  if (figure.dataset.plot) return JSON.parse(figure.dataset.plot);
  const answer = await fetch(figure.dataset.plotHref, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`its numbers could not be read (${answer.status})`);
  return answer.json();
}

async function draw(figure) {
  const plot = await read(figure);
  figure.querySelector('figcaption span').textContent = plot.summary;
  const bar = element('div', 'plot-bar no-print');
  const canvas = element('div', 'plot-canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${plot.title}. ${plot.summary}`);
  const note = element('p', 'plot-note');
  note.setAttribute('role', 'status');
  figure.append(bar, canvas, note, table(plot));

  const logs = { x: plot.x.log, y: plot.y.log };
  const library = await echarts();
  const many = plot.series.reduce((sum, series) => sum + series.points.length, 0) > 20_000;
  let chart;
  const paint = () => {
    const { option, omitted } = options(plot, logs, getComputedStyle(canvas));
    chart.setOption(option, true);
    note.textContent = omitted > 0
      ? `${omitted} ${omitted === 1 ? 'value is' : 'values are'} zero or negative and cannot stand on a logarithmic axis.` : '';
  };
  const start = () => {
    chart = library.init(canvas, null, { renderer: many ? 'canvas' : 'svg' });
    paint();
  };

  for (const axis of ['x', 'y']) {
    if (plot.series.some(series => series.style === 'BARS')) continue;
    bar.append(check(`${figure.id}-log-${axis}`, `log ${axis}`, logs[axis], on => { logs[axis] = on; paint(); }));
  }
  bar.append(
    button('Reset zoom', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 })),
    button('SVG', () => download(name(plot, 'svg'), described(svg(library, plot, logs, canvas), plot), 'image/svg+xml')),
    button('PNG', () => {
      const ground = getComputedStyle(figure).backgroundColor;
      png(library, plot, logs, canvas, ground)
        .then(url => download(name(plot, 'png'), withText(url, plot), 'image/png'));
    }),
    button('CSV', () => download(name(plot, 'csv'), csv(plot.table, plot), 'text/csv')));
  start();
  new ResizeObserver(() => chart.resize()).observe(canvas);
  document.addEventListener('themechange', paint);
}

// Exports are made by a second chart, so that what is on the screen stays as it is.
function aside(library, plot, logs, canvas, renderer, ratio) {
  const chart = library.init(renderer === 'svg' ? null : document.createElement('div'), null,
    { renderer, ssr: renderer === 'svg', width: 960, height: 540, devicePixelRatio: ratio });
  const { option } = options(plot, logs, getComputedStyle(canvas));
  chart.setOption({ ...option, animation: false, dataZoom: [] });
  return chart;
}

function svg(library, plot, logs, canvas) {
  const chart = aside(library, plot, logs, canvas, 'svg', 1);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

async function png(library, plot, logs, canvas, ground) {
  const chart = aside(library, plot, logs, canvas, 'canvas', 2);
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ground });
  chart.dispose();
  return url;
}

function name(plot, kind) {
  return `${plot.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 80) || 'plot'}.${kind}`;
}

function table(plot) {
  const details = element('details', 'plot-table');
  const summary = element('summary');
  const { rows } = plot.table;
  summary.textContent = `The numbers (${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
  details.append(summary);
  details.addEventListener('toggle', () => {
    if (details.querySelector('table')) return;
    const scroll = element('div', 'scroll');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', `The numbers of ${plot.title}`);
    const made = tableOf(plot.table);
    scroll.append(made);
    let shown = 0;
    const more = button('', () => show());
    const show = () => {
      addRows(made, rows.slice(shown, shown + ROWS));
      shown = Math.min(shown + ROWS, rows.length);
      more.textContent = `${Math.min(ROWS, rows.length - shown)} more of ${rows.length} rows`;
      more.hidden = shown === rows.length;
    };
    show();
    details.append(scroll, more);
  });
  return details;
}

function element(tag, className = '') {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function button(text, act) {
  const made = element('button', 'btn btn-sm');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

function check(id, text, on, act) {
  const label = element('label', 'form-check');
  const box = element('input', 'form-check-input');
  box.type = 'checkbox';
  box.id = id;
  box.checked = on;
  box.addEventListener('change', () => act(box.checked));
  const words = element('span', 'form-check-label');
  words.textContent = text;
  label.append(box, words);
  return label;
}
