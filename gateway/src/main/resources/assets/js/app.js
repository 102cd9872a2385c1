// Every page loads this module; it brings what the page uses. Pages work without it.
import './switch.js';
import './shortcuts.js';
import './work.js';
import './form.js';
import './actions.js';
import { localise } from './times.js';
import { drawPlots } from './plots.js';

function furnish(root) {
  localise(root);
  drawPlots(root);
}

furnish(document);
document.addEventListener('htmx:afterSettle', event => furnish(event.target));
document.querySelector('[data-focus]')?.focus();
