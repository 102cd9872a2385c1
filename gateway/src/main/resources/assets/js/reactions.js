// The editor of reactions: adds a found species, and puts a completed reaction in the place of the one it completes.
const editor = () => document.getElementById('reactions');

function changed() {
  editor().dispatchEvent(new Event('input', { bubbles: true }));
  editor().focus();
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-species], [data-complete]');
  if (!button) return;
  const area = editor();
  if (button.dataset.species !== undefined) {
    const at = area.selectionEnd;
    const before = area.value.slice(0, at);
    const separator = before === '' || /[;\n]\s*$/.test(before) ? '' : '; ';
    area.setRangeText(`${separator}1 ${button.dataset.species}`, at, at, 'end');
  } else {
    // Blocks are parted by empty lines, as the server parts them.
    const blocks = area.value.split(/\n[ \t]*\n/).filter(block => block.trim() !== '');
    blocks[Number(button.dataset.instead) - 1] = button.dataset.complete;
    area.value = blocks.join('\n\n');
  }
  changed();
});
