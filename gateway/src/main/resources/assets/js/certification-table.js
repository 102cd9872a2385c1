// Tables of runs and datasets: short addresses, choosing rows, and what changes meanwhile.
import './certification-live.js';

for (const form of document.querySelectorAll('form[data-filters]')) {
  form.addEventListener('submit', () => {
    // An empty filter says nothing, and need not stand in the address.
    const empty = [...form.elements].filter(input => input.name && input.type !== 'checkbox' && input.value === '');
    for (const input of empty) input.disabled = true;
    const boxes = [...form.elements].filter(input => input.type === 'checkbox' && input.name === 'columns' && input.checked);
    if (boxes.length > 0) {
      for (const box of boxes) box.disabled = true;
      const all = document.createElement('input');
      all.type = 'hidden';
      all.name = 'columns';
      all.value = boxes.map(box => box.value).join(',');
      form.append(all);
    }
  });
}
// The browser may bring the page back as it was left.
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });

document.querySelector('[data-show-filters]')?.addEventListener('click', event => {
  const shown = document.querySelector('.registry').classList.toggle('filtering');
  event.currentTarget.setAttribute('aria-expanded', String(shown));
  event.currentTarget.textContent = shown ? 'Hide the filters' : 'Show the filters';
  if (shown) document.querySelector('.filter-row input').focus();
});

const bulk = document.querySelector('[data-bulk]');
const all = document.querySelector('[data-choose-all]');
const count = document.querySelector('[data-bulk-count]');
const boxes = () => [...bulk.querySelectorAll('tbody input[type=checkbox]')];

function tell() {
  const chosen = boxes().filter(box => box.checked).length;
  if (count) count.textContent = ` (${chosen})`;
  if (all) {
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && chosen < boxes().length;
  }
}

if (bulk) {
  bulk.addEventListener('change', event => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    tell();
  });
  tell();
}

// One open menu at a time; Escape closes it.
const menus = [...document.querySelectorAll('details.choice')];
for (const menu of menus) {
  menu.addEventListener('toggle', () => { if (menu.open) for (const other of menus) if (other !== menu) other.open = false; });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
document.addEventListener('click', event => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});
