import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { nameOf, previewOf } from '../people.js';
import { messagesDialog } from './messages-dialog.js';

/** Under the header: the message pinned last, and a way to the others. */
export function pinnedBarView(chat, store) {
  const element = h('div', { class: 'pinned-bar', 'data-testid': 'pinned-bar', hidden: true });
  const render = () => {
    const pins = store.pins.get(store.activeId) ?? [];
    const [last] = pins;
    element.hidden = !last;
    if (!last) return;
    fill(element,
      icon('pin'),
      h('button', { type: 'button', class: 'pinned-last', 'data-testid': 'pinned-last', title: 'Show this message',
        on: { click: () => chat.jumpTo(last.conversationId, last.id) } },
        h('span', { class: 'quote-name', dir: 'auto' }, nameOf(last.sender)), h('span', { class: 'quote-text', dir: 'auto' }, previewOf(last))),
      pins.length > 1 ? h('button', { type: 'button', class: 'link', 'data-testid': 'pinned-all', on: { click: () => showAll() } }, `All ${pins.length}`) : null);
  };
  const showAll = () => messagesDialog('Pinned messages', 'pinned-dialog', async () => ({ data: store.pins.get(store.activeId) ?? [], hasMore: false }), chat, store);
  const unsubscribe = store.subscribe(['pins', 'active'], render);
  return { element, stop: unsubscribe };
}
