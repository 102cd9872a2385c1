// Any element with data-shortcut ("n", or "g w" for one key after the other) and data-shortcut-name answers to its key
// and is listed under "?". Single keys can be switched off, for people who speak to their computer.
const dialog = document.getElementById('shortcuts');
const list = dialog?.querySelector('dl');
const toggle = document.getElementById('shortcuts-on');
let pending = '';
let forget;

function enabled() {
  try { return localStorage.getItem('shortcuts') !== 'off'; } catch { return true; }
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';
}

function act(element) {
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) {
    // Where the field is hidden for lack of room, its form's page has another.
    if (element.offsetParent === null) location.href = element.form.action;
    else { element.focus(); element.select?.(); }
  } else {
    element.click();
  }
}

function find(keys) {
  return [...document.querySelectorAll('[data-shortcut]')].find(element => element.dataset.shortcut === keys);
}

function show() {
  list.replaceChildren();
  for (const element of document.querySelectorAll('[data-shortcut]')) {
    const keys = document.createElement('dt');
    element.dataset.shortcut.split(' ').forEach((key, index) => {
      if (index > 0) keys.append(' then ');
      const kbd = document.createElement('kbd');
      kbd.textContent = key;
      keys.append(kbd);
    });
    const name = document.createElement('dd');
    name.textContent = element.dataset.shortcutName || element.textContent.trim();
    list.append(keys, name);
  }
  toggle.checked = enabled();
  dialog.showModal();
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || isTyping(event.target) || !enabled()) return;
  const keys = pending ? `${pending} ${event.key}` : event.key;
  pending = '';
  clearTimeout(forget);
  const element = find(keys) || find(event.key);
  if (element) {
    event.preventDefault();
    act(element);
  } else if (document.querySelector(`[data-shortcut^="${CSS.escape(event.key)} "]`)) {
    pending = event.key;
    forget = setTimeout(() => { pending = ''; }, 1500);
  }
});
document.getElementById('shortcuts-button')?.addEventListener('click', show);
toggle?.addEventListener('change', () => {
  try { toggle.checked ? localStorage.removeItem('shortcuts') : localStorage.setItem('shortcuts', 'off'); } catch { /* private window */ }
});
