// Checks a number when its field is left, with the sentences that the server would use.
function complaint(input) {
  const text = input.value.trim().replace('−', '-');
  if (text === '') return input.getAttribute('aria-required') === 'true' ? 'is missing' : null;
  if (text.includes(',')) {
    return 'has a comma. Write a decimal point, as in 0.5: a comma could also separate thousands';
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/.test(text)) return 'is not a number. Write digits, as in 0.5 or 1e-3';
  const number = Number(text);
  if (input.dataset.number === 'INTEGER' && !Number.isInteger(number)) return 'is not a whole number';
  const { min, max } = input.dataset;
  if (min !== undefined && number < Number(min) || max !== undefined && number > Number(max)) {
    const hint = document.getElementById(`${input.id}-hint`);
    return `is outside the range ${hint ? hint.textContent : ''}`;
  }
  return null;
}

function show(input, message) {
  const field = input.closest('.field');
  const id = `${input.id}-error`;
  document.getElementById(id)?.remove();
  field.classList.toggle('field-wrong', message !== null);
  const hint = document.getElementById(`${input.id}-hint`);
  const described = [hint?.id, message === null ? null : id].filter(Boolean).join(' ');
  if (described) input.setAttribute('aria-describedby', described); else input.removeAttribute('aria-describedby');
  if (message === null) {
    input.removeAttribute('aria-invalid');
    return;
  }
  input.setAttribute('aria-invalid', 'true');
  const line = document.createElement('p');
  line.id = id;
  line.className = 'field-error';
  const words = document.createElement('span');
  words.textContent = message;
  line.append(words);
  input.closest('.with-unit').before(line);
}

document.addEventListener('focusout', event => {
  if (event.target.matches?.('input[data-number]')) show(event.target, complaint(event.target));
});
