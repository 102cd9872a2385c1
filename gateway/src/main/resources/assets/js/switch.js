// The theme button goes round: as the system, light, dark.
const names = { auto: 'as the system', light: 'light', dark: 'dark' };
const next = { auto: 'light', light: 'dark', dark: 'auto' };
const button = document.getElementById('theme');

function chosen() {
  try { return localStorage.getItem('theme') || 'auto'; } catch { return 'auto'; }
}

function label() {
  const text = `Theme: ${names[chosen()]}`;
  button.querySelector('span').textContent = text;
  button.title = text;
}

button?.addEventListener('click', () => {
  const theme = next[chosen()];
  try { theme === 'auto' ? localStorage.removeItem('theme') : localStorage.setItem('theme', theme); } catch { /* private window */ }
  document.dispatchEvent(new CustomEvent('themechosen'));
  label();
});
if (button) label();
