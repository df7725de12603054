import { h } from '../dom.js';
import { alertLine } from './alert-line.js';
import { openDialog } from './dialog.js';

/** Asks before something that cannot be undone; `act` may fail, which is said in the dialog. */
export function confirmDialog(title, text, label, act) {
  const alert = alertLine();
  const go = h('button', { type: 'button', class: 'primary danger', 'data-testid': 'confirm', autofocus: true }, label);
  const cancel = h('button', { type: 'button', class: 'secondary', 'data-testid': 'cancel' }, 'Cancel');
  const dialog = openDialog(title, 'confirm-dialog', h('p', {}, text), alert.element, h('div', { class: 'dialog-actions' }, cancel, go));
  cancel.addEventListener('click', () => dialog.close());
  go.addEventListener('click', async () => {
    go.disabled = true;
    try {
      await act();
      dialog.close();
    } catch (failure) {
      alert.show(failure.message);
      go.disabled = false;
    }
  });
}
