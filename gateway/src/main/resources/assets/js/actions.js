// Copy and permalink buttons; each says what it did.
function done(button, text) {
  const status = button.closest('.actions')?.querySelector('.done');
  if (status) {
    status.textContent = text;
    setTimeout(() => { status.textContent = ''; }, 4000);
  }
}

async function copy(button, text, what) {
  try {
    await navigator.clipboard.writeText(text);
    done(button, `${what} copied`);
  } catch {
    done(button, 'The browser does not allow copying here');
  }
}

// Of a table whose cells say how they were written, what was written; of anything else what is shown.
function content(element) {
  const table = element?.querySelector('table:has([data-written])');
  if (!table) return element?.innerText ?? '';
  return [...table.rows]
    .map(row => [...row.cells].map(cell => cell.dataset.written ?? cell.innerText).join('\t')).join('\n');
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-copy], [data-permalink]');
  if (!button) return;
  if (button.dataset.copy !== undefined) {
    copy(button, content(document.querySelector(button.dataset.copy)), 'Result');
  } else {
    event.preventDefault();
    copy(button, location.href, 'Address');
  }
});
