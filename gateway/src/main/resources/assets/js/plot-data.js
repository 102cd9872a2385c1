// The numbers of a plot as text, table and file.
export function number(value) {
  if (value === null || value === undefined) return '';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [digits, exponent] = value.toExponential().split('e');
    const power = [...String(Number(exponent))].map(c => c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]).join('');
    return `${digits.replace('-', '−')} × 10${power}`;
  }
  return String(value).replace('-', '−');
}

export function tableOf({ columns, rows }, limit) {
  const table = document.createElement('table');
  table.className = 'table table-sm numbers';
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = column;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, limit)) {
    const line = body.insertRow();
    for (const value of row) line.insertCell().textContent = number(value);
  }
  if (rows.length > limit) {
    table.createCaption().textContent = `The first ${limit} of ${rows.length} rows; the CSV has all.`;
  }
  return table;
}

// RFC 4180. Numbers keep all their digits.
export function csv({ columns, rows }) {
  const quote = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [columns.map(quote), ...rows.map(row => row.map(value => value ?? ''))].map(line => line.join(',')).join('\r\n') + '\r\n';
}

export function download(name, content, type) {
  const link = document.createElement('a');
  const url = type ? URL.createObjectURL(new Blob([content], { type })) : content;
  link.href = url;
  link.download = name;
  link.click();
  if (type) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
