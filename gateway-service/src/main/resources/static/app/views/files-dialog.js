import { isVoice, labelOf, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { exactTime, sizeText } from '../format.js';
import { icon } from '../icons.js';
import { openDialog } from './dialog.js';

const ICONS = { image: 'image', video: 'play', audio: 'mic', document: 'file' };

/** The files of a conversation, newest first, each a way to its message. */
export function filesDialog(conversationId, chat) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const list = h('ul', { class: 'hits', 'data-testid': 'files' });
  const more = h('button', { type: 'button', class: 'link', hidden: true, 'data-testid': 'more-files', on: { click: () => next() } }, 'Show more');
  const dialog = openDialog('Files', 'files-dialog', status, list, more);
  let page = 0;

  const show = (file) => {
    document.querySelectorAll('dialog').forEach((each) => each.close());
    chat.jumpTo(conversationId, file.messageId);
  };
  const next = async () => {
    more.hidden = true;
    try {
      const { data, meta } = await chat.groups.files(conversationId, page + 1);
      page++;
      list.append(...data.map((file) => line(file, () => show(file))));
      status.textContent = list.children.length ? '' : 'No files yet.';
      more.hidden = !meta.hasMore;
    } catch (failure) {
      status.textContent = failure.message;
      more.hidden = false;
    }
    status.hidden = !status.textContent;
  };
  next();
  return dialog;
}

function line(file, onPick) {
  const thumbnail = file.type === 'image' ? ownAddress(file.thumbnailUrl) : null;
  return h('li', {}, h('button', { type: 'button', class: 'hit file-hit', 'data-testid': 'file-hit', on: { click: onPick } },
    h('span', { class: 'tray-face', 'aria-hidden': 'true' }, thumbnail ? h('img', { src: thumbnail, alt: '', loading: 'lazy' }) : icon(ICONS[file.type] ?? 'file')),
    h('span', { class: 'file-about' },
      h('bdi', { class: 'file-name' }, isVoice(file) ? labelOf(file) : file.filename || labelOf(file)),
      h('span', { class: 'file-size' }, `${sizeText(file.size)} · ${exactTime(file.createdAt)}`))));
}
