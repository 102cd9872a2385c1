// Keeps the count of unfinished work in the top bar honest while somebody looks at the page.
const refresh = () => {
  const count = document.getElementById('work-count');
  if (count && !document.hidden) window.htmx?.trigger(count, 'refresh');
};
setInterval(refresh, 15_000);
document.addEventListener('visibilitychange', refresh);
document.addEventListener('workchange', refresh);
