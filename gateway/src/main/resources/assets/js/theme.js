// Runs before the first paint, so that a page never flashes in the wrong colours. The rest of the switch is in switch.js.
(function () {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function chosen() {
    try { return localStorage.getItem('theme') || 'auto'; } catch { return 'auto'; }
  }
  function apply() {
    const choice = chosen();
    const theme = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
    if (root.dataset.bsTheme !== theme) {
      root.dataset.bsTheme = theme;
      document.dispatchEvent(new CustomEvent('themechange'));
    }
  }
  root.classList.add('scripts');
  dark.addEventListener('change', apply);
  document.addEventListener('themechosen', apply);
  apply();
})();
