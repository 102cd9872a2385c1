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

// The heading of a table; addRows fills it.
export function tableOf({ columns }) {
  const table = document.createElement('table');
  table.className = 'table table-sm numbers';
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = column;
    head.append(cell);
  }
  table.createTBody();
  return table;
}

export function addRows(table, rows) {
  for (const row of rows) {
    const line = table.tBodies[0].insertRow();
    for (const value of row) line.insertCell().textContent = number(value);
  }
}

// RFC 4180. Numbers keep all their digits.
export function csv({ columns, rows }, plot) {
  const quote = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const head = plot ? lines(plot).map(line => `# ${line}\r\n`).join('') : '';
  return head + [columns.map(quote), ...rows.map(row => row.map(value => value ?? ''))].map(line => line.join(',')).join('\r\n') + '\r\n';
}

export function download(name, content, type) {
  const link = document.createElement('a');
  const url = type ? URL.createObjectURL(new Blob([content], { type })) : content;
  link.href = url;
  link.download = name;
  link.click();
  if (type) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// What a file says of itself: title, what one sees, program, inputs and sources.
function lines(plot) {
  return [plot.title, plot.summary, ...(plot.about ?? []), location.href].map(line => line.replace(/\s+/g, ' '));
}

// An SVG with title and description, as readers and programs look for them. It is not parsed: its own styles would break
// the policy of the page.
export function described(svg, plot) {
  const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const [title, ...rest] = lines(plot).map(escaped);
  const end = svg.indexOf('>', svg.indexOf('<svg')) + 1;
  return `${svg.slice(0, end)}<title>${title}</title><desc>${rest.join('\n')}</desc>${svg.slice(end)}`;
}

// A PNG (as a data address) with the same words in an iTXt chunk, which stands before the first IDAT.
export function withText(url, plot) {
  const png = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), c => c.charCodeAt(0));
  const words = new TextEncoder().encode(`iTXtDescription\0\0\0\0\0${lines(plot).join('\n')}`);
  const chunk = new Uint8Array(words.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, words.length - 4);
  chunk.set(words, 4);
  view.setUint32(words.length + 4, crc(words));
  const first = 8 + 25;
  return new Blob([png.subarray(0, first), chunk, png.subarray(first)]);
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? value >>> 1 ^ 0xEDB88320 : value >>> 1;
  }
  return ~value >>> 0;
}
