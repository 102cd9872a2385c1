// Bars over lumisections, one row for every component and bit. Only what is in view is drawn, so that long runs stay quick.
const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 24;
const BAR = 16;
const AXIS = 22;

const box = document.querySelector('[data-lumisections]');
const canvas = box?.querySelector('[data-canvas]');
const value = box?.querySelector('[data-value]');

let length = 0;
let all = [];
let rows = [];
let from = 1;       // the first lumisection in view, perhaps between two
let shown = 1;      // how many are in view
let at = { row: 0, ls: 1 };
let chosen = null;  // { row, first, last }
let anchor = null;
let frame;

const clamp = (number, least, most) => Math.min(Math.max(number, least), most);
const names = () => (canvas.clientWidth < 560 ? 108 : 170);
const width = () => Math.max(60, canvas.clientWidth - names() - 4);
const x = ls => names() + (ls - from) / shown * width();
const lsAt = offset => clamp(Math.floor(from + (offset - names()) / width() * shown), 1, length);

function make(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, content] of Object.entries(attributes)) element.setAttribute(key, content);
  if (text !== undefined) element.textContent = text;
  return element;
}

function barAt(row, ls) {
  return row.bars.find(bar => bar.first <= ls && ls <= bar.last);
}

function words(row, ls) {
  const bar = barAt(row, ls);
  if (!bar) return `${row.name}, lumisection ${ls}: nothing`;
  const range = bar.first === bar.last ? `lumisection ${bar.first}` : `lumisections ${bar.first}–${bar.last}`;
  const comment = bar.comment ? ` “${bar.comment}”` : '';
  const cause = bar.cause ? ` (${bar.cause})` : '';
  return `${row.name}, lumisection ${ls}: ${bar.value}${comment}${cause}, in ${range}`;
}

function ticks() {
  const room = Math.max(2, Math.floor(width() / 80));
  const raw = Math.max(1, shown / room);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].find(f => f * power >= raw) * power);
  const result = [];
  for (let tick = Math.ceil(from / step) * step; tick < from + shown; tick += step) result.push(tick);
  if (from <= 1 && !result.includes(1)) result.unshift(1);
  return result.filter((tick, index) => index === 0 || x(tick) - x(result[index - 1]) > 24 || index > 1);
}

function draw() {
  frame = undefined;
  const total = canvas.clientWidth;
  const svg = make('svg', { width: total, height: AXIS + rows.length * HEIGHT + 4, 'aria-hidden': 'true' });
  const clip = make('clipPath', { id: 'ls-clip' });
  clip.append(make('rect', { x: names(), y: 0, width: width(), height: AXIS + rows.length * HEIGHT + 4 }));
  svg.append(clip);
  const inside = make('g', { 'clip-path': 'url(#ls-clip)' });
  for (const tick of ticks()) {
    const middle = x(tick + 0.5);
    inside.append(make('line', { x1: middle, x2: middle, y1: AXIS - 4, y2: AXIS + rows.length * HEIGHT, class: 'ls-grid' }));
    svg.append(make('text', { x: clamp(middle, names() + 6, total - 12), y: AXIS - 8, 'text-anchor': 'middle', class: 'ls-tick' }, tick));
  }
  svg.append(inside);
  rows.forEach((row, index) => {
    const top = AXIS + index * HEIGHT;
    const fits = Math.floor((names() - 14) / 6.6);
    svg.append(make('text', { x: names() - 8, y: top + BAR, 'text-anchor': 'end', class: index === at.row ? 'ls-name ls-here' : 'ls-name' },
      row.name.length > fits ? `${row.name.slice(0, fits - 1)}…` : row.name));
    for (const bar of row.bars) {
      if (bar.last < from || bar.first > from + shown) continue;
      const left = x(bar.first);
      const wide = Math.max(1, x(bar.last + 1) - left);
      inside.append(make('rect', { x: left, y: top + 3, width: wide, height: BAR, class: `ls-span fill-${bar.look}` }));
      // What is not as it should be has a mark besides its colour, where there is room for one.
      if (bar.look === 'bad' || bar.look === 'false') {
        inside.append(make('line', { x1: left, x2: left + wide, y1: top + 3 + BAR / 2, y2: top + 3 + BAR / 2, class: 'ls-mark' }));
      }
      const visible = Math.min(left + wide, names() + width()) - Math.max(left, names());
      if (row.kind === 'verdict' && visible > bar.value.length * 7 + 10) {
        inside.append(make('text', { x: Math.max(left, names()) + visible / 2, y: top + BAR - 1, 'text-anchor': 'middle', class: `ls-word ls-word-${bar.look}` }, bar.value));
      }
    }
    if (index === rows.findIndex(r => r.kind === 'bit') && index > 0) {
      svg.append(make('line', { x1: 0, x2: total, y1: top - 1, y2: top - 1, class: 'ls-divide' }));
    }
  });
  if (chosen) {
    const index = rows.indexOf(chosen.row);
    if (index >= 0) {
      inside.append(make('rect', { x: x(chosen.first), y: AXIS + index * HEIGHT + 1, width: Math.max(2, x(chosen.last + 1) - x(chosen.first)), height: BAR + 4, class: 'ls-chosen' }));
    }
  }
  inside.append(make('rect', { x: x(at.ls), y: AXIS + at.row * HEIGHT, width: Math.max(2, x(at.ls + 1) - x(at.ls)), height: BAR + 6, class: 'ls-cursor' }));
  canvas.replaceChildren(svg);
  const first = Math.max(1, Math.round(from));
  box.querySelector('[data-shown]').textContent = `${first}–${Math.min(length, Math.round(from + shown - 1))} of ${length}`;
}

function paint() {
  frame ??= requestAnimationFrame(draw);
}

function zoom(factor, around = at.ls + 0.5) {
  const next = clamp(shown * factor, Math.min(length, 5), length);
  const share = (around - from) / shown;
  from = clamp(around - share * next, 1, length + 1 - next);
  shown = next;
  paint();
}

function keepInView() {
  if (at.ls < from) from = at.ls;
  if (at.ls + 1 > from + shown) from = at.ls + 1 - shown;
  from = clamp(from, 1, length + 1 - shown);
}

function say(text) {
  value.textContent = text;
}

// What is chosen goes into the form of its kind.
function fill() {
  if (!chosen) return;
  const verdict = chosen.row.kind === 'verdict';
  const name = document.getElementById(verdict ? 'component' : 'bit');
  const ranges = document.getElementById(verdict ? 'ranges' : 'bit-ranges');
  if (name && ranges && [...name.options].some(option => option.value === chosen.row.name)) {
    name.value = chosen.row.name;
    ranges.value = chosen.first === chosen.last ? String(chosen.first) : `${chosen.first}-${chosen.last}`;
  }
}

function choose(row, one, other) {
  chosen = { row, first: Math.min(one, other), last: Math.max(one, other) };
  fill();
  const count = chosen.last - chosen.first + 1;
  say(count === 1 ? words(row, chosen.first) : `${row.name}: lumisections ${chosen.first} to ${chosen.last} chosen (${count})`);
}

function toForm() {
  if (!chosen) choose(rows[at.row], at.ls, at.ls);
  const form = document.getElementById(chosen.row.kind === 'verdict' ? 'status' : 'value');
  form?.focus();
}

const keys = {
  ArrowLeft: () => [0, -1], ArrowRight: () => [0, 1], ArrowUp: () => [-1, 0], ArrowDown: () => [1, 0],
  PageUp: () => [0, -Math.max(1, Math.round(shown / 10))], PageDown: () => [0, Math.max(1, Math.round(shown / 10))],
  Home: () => [0, -length], End: () => [0, length],
};

// With Ctrl, to the next place where the row's value changes.
function jump(row, direction) {
  const edges = row.bars.flatMap(bar => [bar.first, bar.last + 1]).filter(ls => ls >= 1 && ls <= length);
  return direction > 0 ? edges.find(ls => ls > at.ls) ?? length : edges.findLast(ls => ls < at.ls) ?? 1;
}

function press(event) {
  if (event.altKey || event.metaKey) return;
  if (keys[event.key]) {
    const [down, right] = keys[event.key]();
    const ls = event.ctrlKey && right !== 0 ? jump(rows[at.row], right) : clamp(at.ls + right, 1, length);
    if (event.shiftKey && down === 0) {
      anchor ??= at.ls;
      at = { row: at.row, ls };
      choose(rows[at.row], anchor, at.ls);
    } else {
      anchor = null;
      at = { row: clamp(at.row + down, 0, rows.length - 1), ls };
      say(words(rows[at.row], at.ls));
    }
    keepInView();
    paint();
  } else if (event.key === '+' || event.key === '=') zoom(0.5);
  else if (event.key === '-') zoom(2);
  else if (event.key === '0') zoom(length);
  else if (event.key === 'Enter' || event.key === ' ') toForm();
  else if (event.key === 'Escape') {
    chosen = null;
    anchor = null;
    say(words(rows[at.row], at.ls));
    paint();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function place(event) {
  const area = canvas.getBoundingClientRect();
  const row = Math.floor((event.clientY - area.top - AXIS) / HEIGHT);
  const offset = event.clientX - area.left;
  if (row < 0 || row >= rows.length) return null;
  return { row, ls: lsAt(offset), onName: offset < names() };
}

function listen() {
  const touches = new Map();
  let dragged = null;
  let apart = 0;
  canvas.addEventListener('keydown', press);
  canvas.addEventListener('wheel', event => {
    if (event.ctrlKey) {
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, lsAt(event.clientX - canvas.getBoundingClientRect().left) + 0.5);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      from = clamp(from + (event.deltaX || event.deltaY) / width() * shown, 1, length + 1 - shown);
      paint();
    }
  }, { passive: false });
  canvas.addEventListener('pointerdown', event => {
    touches.set(event.pointerId, event);
    const here = place(event);
    if (touches.size === 2) {
      dragged = null;
      const [one, two] = [...touches.values()];
      apart = Math.abs(one.clientX - two.clientX);
    } else if (here && event.button === 0) {
      at = { row: here.row, ls: here.ls };
      if (here.onName) {
        choose(rows[here.row], 1, length);
      } else {
        dragged = here;
        anchor = event.shiftKey && chosen?.row === rows[here.row] ? chosen.first : here.ls;
        choose(rows[here.row], anchor, here.ls);
      }
      if (event.pointerType === 'mouse') canvas.setPointerCapture(event.pointerId);
      paint();
    }
  });
  canvas.addEventListener('pointermove', event => {
    if (touches.has(event.pointerId)) touches.set(event.pointerId, event);
    if (touches.size === 2) {
      const [one, two] = [...touches.values()];
      const now = Math.abs(one.clientX - two.clientX);
      if (apart > 10 && now > 10) {
        zoom(apart / now, lsAt((one.clientX + two.clientX) / 2 - canvas.getBoundingClientRect().left) + 0.5);
        apart = now;
      }
      return;
    }
    const here = place(event);
    if (dragged && here) {
      at = { row: dragged.row, ls: here.ls };
      choose(rows[dragged.row], anchor, here.ls);
      paint();
    } else if (here && !here.onName && touches.size === 0) {
      say(words(rows[here.row], here.ls));
    }
  });
  const end = event => {
    touches.delete(event.pointerId);
    dragged = null;
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  for (const button of box.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => zoom({ in: 0.5, out: 2, all: length }[button.dataset.zoom], from + shown / 2));
  }
  box.querySelector('[data-only-differing]').addEventListener('change', event => {
    const row = rows[at.row];
    rows = event.target.checked ? all.filter(r => r.bars.length > 1 || r.bars[0]?.last < length) : all;
    if (rows.length === 0) rows = all;
    at.row = Math.max(0, rows.indexOf(row));
    paint();
  });
  new ResizeObserver(paint).observe(canvas);
}

async function begin() {
  const answer = await fetch(box.dataset.href, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  ({ length, rows: all } = await answer.json());
  rows = all;
  shown = length;
  at.row = Math.max(0, rows.findIndex(row => row.name === box.dataset.component));
  listen();
  draw();
}

if (box) {
  begin().catch(() => { value.textContent = 'The bars could not be loaded. The table below says the same.'; });
}
