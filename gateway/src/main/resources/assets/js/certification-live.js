// Hears of changes by server-sent events. Rows of a table are renewed in place; what cannot be shown in place is counted,
// and shown when the reader asks for it, so that nothing moves under anybody's hand.
import { localise } from './times.js';

const bar = document.querySelector('[data-live]');
const table = document.querySelector('[data-live-table]');
const own = document.querySelector('[data-live-run]')?.dataset.liveRun;
const shown = new Set();
let waiting = new Set();
let timer;

const row = run => table?.querySelectorAll(`tr[data-run="${CSS.escape(String(run))}"]`) ?? [];

function say(text) {
  bar.querySelector('[data-live-news]').textContent = text;
  bar.querySelector('[data-live-show]').hidden = false;
}

async function renew(runs) {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const run of runs) {
    const fresh = page.querySelectorAll(`tr[data-run="${CSS.escape(String(run))}"]`);
    const here = row(run);
    fresh.forEach((now, index) => {
      const before = here[index];
      if (!before || before.dataset.version === now.dataset.version) return;
      const box = before.querySelector('input[type=checkbox]');
      const mine = document.importNode(now, true);
      if (box?.checked) mine.querySelector('input[type=checkbox]').checked = true;
      mine.classList.add('changed');
      before.replaceWith(mine);
      localise(mine);
    });
  }
}

function act() {
  timer = undefined;
  const here = [...waiting].filter(run => row(run).length > 0);
  const elsewhere = [...waiting].filter(run => row(run).length === 0);
  waiting = new Set();
  if (here.length > 0) renew(here);
  for (const run of elsewhere) shown.add(run);
  if (shown.size > 0 && table) say(`${shown.size} more ${shown.size === 1 ? 'run' : 'runs'} changed`);
}

function heard(change) {
  if (own !== undefined) {
    if (change.runs.includes(Number(own))) say(`${change.author}: ${change.comment}`);
  } else if (!table) {
    shown.add(change.version);
    say(`${shown.size} new ${shown.size === 1 ? 'change' : 'changes'}`);
  } else {
    for (const run of change.runs) waiting.add(run);
    timer ??= setTimeout(act, 700);
  }
}

if (bar && 'EventSource' in window) {
  const word = bar.querySelector('[data-live-word]');
  const source = new EventSource(bar.dataset.liveHref);
  source.addEventListener('open', () => {
    bar.dataset.on = '';
    word.textContent = 'live';
  });
  source.addEventListener('error', () => {
    delete bar.dataset.on;
    word.textContent = source.readyState === EventSource.CLOSED ? 'not live: reload to see changes' : 'connection lost, trying again';
  });
  source.addEventListener('change', event => heard(JSON.parse(event.data)));
  addEventListener('pagehide', () => source.close());
}
