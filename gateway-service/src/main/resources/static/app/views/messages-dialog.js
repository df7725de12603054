import { h } from '../dom.js';
import { openDialog } from './dialog.js';
import { hitLine } from './hit.js';

/**
 * A list of messages, each a way to its place.
 *
 * @param {(page: number) => Promise<{data: object[], hasMore: boolean}>} load pages from 1
 */
export function messagesDialog(title, testId, load, chat, store) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const list = h('ul', { class: 'hits', 'data-testid': 'hits' });
  const more = h('button', { type: 'button', class: 'link', hidden: true, 'data-testid': 'more-hits', on: { click: () => next() } }, 'Show more');
  const dialog = openDialog(title, testId, status, list, more);
  let page = 0;
  const next = async () => {
    more.hidden = true;
    try {
      const { data, hasMore } = await load(++page);
      list.append(...data.map((message) => hitLine(message, store, () => {
        dialog.close();
        chat.show(message.conversationId, message.id);
      })));
      status.textContent = list.children.length ? '' : 'Nothing here yet.';
      more.hidden = !hasMore;
    } catch (failure) {
      page--;
      status.textContent = failure.message;
      more.hidden = false;
    }
    status.hidden = !status.textContent;
  };
  next();
}

export function starredDialog(chat, store) {
  messagesDialog('Starred messages', 'starred-dialog', async (page) => {
    const { data, meta } = await chat.starredMessages(page);
    return { data, hasMore: meta.hasMore };
  }, chat, store);
}
