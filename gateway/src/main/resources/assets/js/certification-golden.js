// Follows a golden JSON while it is made: by server-sent events for who asked for it, by asking again for everybody else.
const panel = document.querySelector('[data-golden]');
const unfinished = ['queued', 'waiting', 'running'].includes(panel?.dataset.state);

function show(job) {
  panel.querySelector('[data-sentence]').textContent = job.sentence ?? '';
  const bar = panel.querySelector('[data-progress]');
  if (bar && job.fraction != null) bar.value = job.fraction;
}

function again() {
  setTimeout(() => location.reload(), 2500);
}

if (unfinished && panel.dataset.live && 'EventSource' in window) {
  const source = new EventSource(panel.dataset.live);
  source.addEventListener('job', event => {
    const job = JSON.parse(event.data);
    show(job);
    if (!['queued', 'waiting', 'running'].includes(job.state)) {
      source.close();
      location.reload();
    }
  });
  source.addEventListener('end', () => {
    source.close();
    location.reload();
  });
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) again(); });
} else if (unfinished) {
  again();
}
