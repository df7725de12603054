import { h } from '../dom.js';
import { sizeText } from '../format.js';
import { FILE_ICONS, icon } from '../icons.js';
import { isolated } from '../people.js';
import { RowList } from './row-list.js';
import { transferState } from './transfer-state.js';

/** The files that go with the message under way, each with how far it has come. */
export function trayView(chat) {
  const element = h('ul', { class: 'tray', 'aria-label': 'Files of this message', 'data-testid': 'tray', hidden: true });
  const rows = new RowList(element);
  return {
    element,
    show(conversationId, uploads) {
      element.hidden = uploads.length === 0;
      rows.show(uploads.map(({ id }) => ({ key: id, create: () => trayRow(id, conversationId, chat), update() {} })));
    },
  };
}

function trayRow(id, conversationId, chat) {
  const face = h('span', { class: 'tray-face', 'aria-hidden': 'true' });
  const name = h('bdi', { class: 'file-name' });
  const size = h('span', { class: 'file-size' });
  const transfer = transferState();
  const action = (name, testId, act) => h('button', { type: 'button', class: 'icon-button', 'data-testid': testId, on: { click: act } }, icon(name));
  const again = action('retry', 'retry-upload', () => chat.uploads.retry(id));
  const away = action('close', 'remove-file', () => chat.attaching.remove(conversationId, id));
  const element = h('li', { class: 'tray-file', 'data-testid': 'tray-file' }, face, h('span', { class: 'file-about' }, name, size, transfer.element), again, away);
  let shown = null;
  const end = chat.uploads.watch(id, (upload) => {
    if (!upload) return;
    const { filename, type, state, preview } = upload;
    element.dataset.state = state;
    transfer.show(upload);
    again.hidden = !upload.failure?.isPassing;
    size.hidden = state !== 'ready';
    if (shown === filename) return;
    shown = filename;
    name.textContent = filename;
    size.textContent = sizeText(upload.size);
    away.setAttribute('aria-label', `Remove ${isolated(filename)}`);
    away.title = 'Remove';
    again.setAttribute('aria-label', `Upload ${isolated(filename)} again`);
    again.title = 'Try again';
    const sign = () => face.replaceChildren(icon(FILE_ICONS[type]));
    if (type === 'image' && preview) face.replaceChildren(h('img', { src: preview, alt: '', on: { error: sign } }));
    else sign();
  });
  return { element, stop: end };
}
