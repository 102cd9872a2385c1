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

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-copy], [data-permalink]');
  if (!button) return;
  if (button.dataset.copy !== undefined) {
    copy(button, document.querySelector(button.dataset.copy)?.innerText ?? '', 'Result');
  } else {
    event.preventDefault();
    copy(button, location.href, 'Address');
  }
});
