import { h } from '../dom.js';
import { isFocusLost, rememberFocus } from '../focus.js';
import { icon } from '../icons.js';

/** Opens a modal dialog; it is gone once closed. Escape, the cross and a click beside it close it. */
export function openDialog(title, testId, ...content) {
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', 'data-testid': 'close-dialog' }, icon('close'));
  const dialog = h('dialog', { class: 'dialog', 'aria-label': title, 'data-testid': testId },
    h('div', { class: 'dialog-content' }, h('header', {}, h('h2', {}, title), close), ...content.filter(Boolean)));
  const refocus = rememberFocus();
  close.addEventListener('click', () => dialog.close());
  // Of a press within it that ends beside it, because something moved meanwhile, a click on the dialog comes too.
  let isPressedBeside = false;
  dialog.addEventListener('pointerdown', ({ target }) => { isPressedBeside = target === dialog; });
  dialog.addEventListener('click', ({ target }) => target === dialog && isPressedBeside && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (isFocusLost()) refocus();
  });
  document.getElementById('app').append(dialog);
  dialog.showModal();
  return dialog;
}
