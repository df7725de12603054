import { hitLine } from './hit.js';
import { pagedDialog } from './paged-dialog.js';

/**
 * A list of messages, each a way to its place.
 *
 * @param {(page: number) => Promise<{data: object[], hasMore: boolean}>} load pages from 1
 */
export function messagesDialog(title, testId, load, chat, store) {
  pagedDialog(title, testId, {
    testIds: { list: 'hits', more: 'more-hits' }, nothing: 'Nothing here yet.', load,
    line: (message, dialog) => hitLine(message, store, () => {
      dialog.close();
      chat.show(message.conversationId, message.id);
    }),
  });
}

export function starredDialog(chat, store) {
  messagesDialog('Starred messages', 'starred-dialog', async (page) => {
    const { data, meta } = await chat.starredMessages(page);
    return { data, hasMore: meta.hasMore };
  }, chat, store);
}
