import { h } from '../dom.js';
import { briefTime, exactTime } from '../format.js';
import { nameOf, previewOf, titleOf } from '../people.js';

/** How much of a long message stands before the first word that was looked for. */
const LEAD = 24;

/** A message that was found: where, whose, when, and its words with those looked for marked. */
export function hitLine(message, store, onPick, query = '') {
  const conversation = store.conversations.get(message.conversationId);
  const isOwn = message.senderId === store.me.id;
  return h('li', {}, h('button', { type: 'button', class: 'hit', 'data-testid': 'hit', 'data-message-id': message.id, on: { click: onPick } },
    h('span', { class: 'hit-title', dir: 'auto' }, conversation ? titleOf(conversation, store.me.id) : 'Conversation'),
    h('time', { datetime: message.createdAt, title: exactTime(message.createdAt) }, briefTime(message.createdAt)),
    h('span', { class: 'hit-text', dir: 'auto' }, h('bdi', {}, isOwn ? 'You' : nameOf(message.sender)), ': ', ...marked(previewOf(message), query))));
}

function marked(text, query) {
  const words = query.trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [text];
  const pattern = new RegExp(`(${words.join('|')})`, 'giu');
  const first = text.search(pattern);
  const shown = first > LEAD ? `…${text.slice(first - LEAD)}` : text;
  return shown.split(pattern).map((part, index) => (index % 2 ? h('mark', {}, part) : part));
}
