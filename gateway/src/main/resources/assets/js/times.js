// Shows times in the reader's own zone, and on hover how long ago they were.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const own = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });
const steps = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

export function localise(root) {
  for (const time of root.querySelectorAll?.('time[datetime]:not([data-own])') ?? []) {
    const date = new Date(time.dateTime);
    const name = zone.formatToParts(date).find(part => part.type === 'timeZoneName').value;
    time.textContent = `${own.format(date)} ${name}`;
    time.dataset.own = '';
  }
}

document.addEventListener('pointerover', event => {
  const time = event.target.closest?.('time[datetime]');
  if (!time) return;
  const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
  const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? steps.at(-1);
  time.title = relative.format(Math.round(seconds / length), unit);
});
