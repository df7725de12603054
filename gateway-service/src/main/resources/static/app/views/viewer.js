import { fileIdOf, isSameFile, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { isFocusLost, rememberFocus } from '../focus.js';
import { exactTime } from '../format.js';
import { icon } from '../icons.js';
import { nameOf } from '../people.js';

/**
 * One picture over the whole page. The arrow keys lead to the other loaded pictures of the conversation, Escape or a click beside the picture
 * back to the history.
 *
 * @param {Element} opener has the focus afterwards
 */
export function openViewer(messageId, attachmentId, opener, chat, store) {
  const { activeTimeline: timeline } = store;
  let shown = { messageId, attachmentId };

  const image = h('img', { 'data-testid': 'viewer-picture', draggable: 'false' });
  const status = h('p', { class: 'viewer-status', role: 'status', 'data-testid': 'viewer-status' });
  const caption = h('p', { class: 'viewer-caption' });
  const control = (name, label, testId, act) =>
    h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, 'data-testid': testId, on: { click: act } }, icon(name));
  const before = control('back', 'Earlier picture', 'viewer-before', () => step(-1));
  const after = control('next', 'Later picture', 'viewer-after', () => step(1));
  const download = h('a', { class: 'icon-button', 'aria-label': 'Download', title: 'Download', 'data-testid': 'viewer-download' }, icon('download'));
  const close = control('close', 'Close', 'close-viewer', () => dialog.close());
  const stage = h('div', { class: 'viewer-stage', on: { click: ({ target }) => target === stage && dialog.close() } }, image, status);
  const dialog = h('dialog', { class: 'viewer', 'aria-label': 'Picture', 'data-testid': 'viewer', on: { keydown: (event) => pressed(event) } },
    h('header', { class: 'viewer-header' }, caption, download, close), before, stage, after);

  const pictures = () => timeline.entries.filter(({ local, status: state }) => !local && state !== 'deleted').flatMap((message) =>
    (message.content?.attachments ?? []).filter(({ type, url }) => type === 'image' && ownAddress(url) && !store.refusedFiles.has(fileIdOf(url))).map((attachment) => ({ message, attachment })));
  const indexIn = (all) => all.findIndex(({ message, attachment }) => message.id === shown.messageId && attachment.id === shown.attachmentId);
  const step = (by) => {
    const all = pictures();
    const next = all[indexIn(all) + by];
    if (!next) return;
    shown = { messageId: next.message.id, attachmentId: next.attachment.id };
    render();
    // A button that leads nowhere any more loses the focus with what it does.
    if (document.activeElement === document.body || document.activeElement?.disabled) close.focus();
  };
  const pressed = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  };
  const render = () => {
    const all = pictures();
    const index = indexIn(all);
    if (index < 0) {
      dialog.close(); // it was deleted
      return;
    }
    const { message, attachment } = all[index];
    const address = ownAddress(attachment.url);
    if (!isSameFile(address, image.getAttribute('src')) || image.dataset.lost) {
      delete image.dataset.lost;
      image.src = address;
      status.textContent = 'Loading…';
    }
    image.alt = attachment.filename ?? 'Picture';
    download.href = address;
    download.setAttribute('download', attachment.filename ?? '');
    caption.replaceChildren(h('bdi', {}, nameOf(message.sender)), ', ', exactTime(message.createdAt));
    before.disabled = index === 0;
    after.disabled = index === all.length - 1;
  };
  image.addEventListener('load', () => {
    status.textContent = '';
  });
  image.addEventListener('error', async () => {
    image.dataset.lost = 'true';
    status.textContent = 'The picture could not be loaded.';
    if (await chat.renewals.message(shown.messageId)) render();
  });
  const unsubscribe = store.subscribe(['timeline'], () => dialog.open && render());
  dialog.addEventListener('close', () => {
    unsubscribe();
    dialog.remove();
    if (isFocusLost()) refocus();
  });

  document.getElementById('app').append(dialog);
  render();
  opener.focus({ preventScroll: true }); // not every browser does so on a click
  const refocus = rememberFocus();
  dialog.showModal();
  close.focus();
}
