import { fileNameOf, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { exactTime, sizeText } from '../format.js';
import { FILE_ICONS, icon } from '../icons.js';
import { pagedDialog } from './paged-dialog.js';

/** The files of a conversation, newest first, each a way to its message. */
export function filesDialog(conversationId, chat) {
  const show = (file) => {
    document.querySelectorAll('dialog').forEach((each) => each.close());
    chat.jumpTo(conversationId, file.messageId);
  };
  pagedDialog('Files', 'files-dialog', {
    testIds: { list: 'files', more: 'more-files' }, nothing: 'No files yet.',
    load: async (page) => {
      const { data, meta } = await chat.groups.files(conversationId, page);
      return { data, hasMore: meta.hasMore };
    },
    line: (file) => line(file, () => show(file)),
  });
}

function line(file, onPick) {
  const thumbnail = file.type === 'image' ? ownAddress(file.thumbnailUrl) : null;
  return h('li', {}, h('button', { type: 'button', class: 'hit file-hit', 'data-testid': 'file-hit', on: { click: onPick } },
    h('span', { class: 'tray-face', 'aria-hidden': 'true' }, thumbnail ? h('img', { src: thumbnail, alt: '', loading: 'lazy' }) : icon(FILE_ICONS[file.type] ?? 'file')),
    h('span', { class: 'file-about' },
      h('bdi', { class: 'file-name' }, fileNameOf(file)),
      h('span', { class: 'file-size' }, `${sizeText(file.size)} · ${exactTime(file.createdAt)}`))));
}
