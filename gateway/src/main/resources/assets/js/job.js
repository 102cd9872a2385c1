// Keeps the page of a job up to date: state and progress as they change, log lines as they come. The log scrolls along until
// somebody touches it. Without server-sent events the page asks every five seconds.
const log = document.getElementById('log');
const follow = document.getElementById('log-follow');
const KEPT = 5000;
let following = true;

const status = () => document.getElementById('job-status');
const refresh = () => window.htmx.trigger(status(), 'refresh');
// A column's own page shows results that came with the end.
const ended = () => (log.dataset.reload === undefined ? refresh() : window.location.reload());

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

function stopFollowing() {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  following = atEnd;
  follow.hidden = atEnd;
}

function append(lines) {
  document.querySelector('.log-empty')?.remove();
  const some = document.createDocumentFragment();
  for (const { text } of lines) {
    const line = document.createElement('div');
    line.className = 'log-line';
    line.textContent = text;
    some.append(line);
  }
  log.append(some);
  while (log.childElementCount > KEPT) log.firstElementChild.remove();
  if (following) toEnd();
}

// Progress is painted at once; everything that needs more than this comes as a new part of the page.
function show(job, before) {
  const panel = status();
  const bar = panel.querySelector('progress');
  if (before && before.state === job.state && job.state === 'running') {
    panel.querySelector('.job-sentence').textContent = job.sentence ?? '';
    if (job.fraction === null || job.fraction === undefined) bar.removeAttribute('value'); else bar.value = job.fraction;
    panel.querySelector('.job-percent').textContent = job.fraction == null ? '' : `${Math.round(job.fraction * 100)}%`;
  } else if (before) {
    refresh();
    document.dispatchEvent(new CustomEvent('workchange'));
  }
}

function listen() {
  const source = new EventSource(`${log.dataset.live}?after=${log.dataset.after}`);
  let before = null;
  source.addEventListener('log', event => append(JSON.parse(event.data)));
  source.addEventListener('job', event => {
    const job = JSON.parse(event.data);
    show(job, before ?? { state: status().dataset.state });
    before = job;
  });
  source.addEventListener('end', () => {
    source.close();
    ended();
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) ask();
  });
}

// Every five seconds: the state as a part of the page, the log as the lines that are new.
function ask() {
  let after = log.dataset.after;
  const timer = setInterval(async () => {
    const answer = await fetch(`/api/v1/jobs/${status().dataset.job}/log?after=${after}`).catch(() => null);
    if (answer?.ok) {
      const { items, next } = await answer.json();
      if (items.length > 0) append(items);
      after = next;
    }
    refresh();
    if (status().dataset.final === 'true') {
      clearInterval(timer);
      if (log.dataset.reload !== undefined) ended();
    }
  }, 5000);
}

if (log && log.dataset.live !== undefined) {
  toEnd();
  for (const touch of ['wheel', 'pointerdown', 'keydown', 'touchmove']) {
    log.addEventListener(touch, () => setTimeout(stopFollowing, 50), { passive: true });
  }
  follow.addEventListener('click', () => {
    following = true;
    follow.hidden = true;
    toEnd();
  });
  if (status().dataset.final !== 'true') {
    if ('EventSource' in window) listen(); else ask();
  }
}
