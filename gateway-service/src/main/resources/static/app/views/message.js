import { h } from '../dom.js';
import { clockTime, exactTime } from '../format.js';
import { icon } from '../icons.js';
import { nameOf, previewOf } from '../people.js';
import { avatar } from './avatar.js';
import { richText } from './rich-text.js';

/** One message as a keyed item of the history. */
export function messageItem(entry, place, chat) {
  return {
    key: entry.key,
    stamp: JSON.stringify([place, entry.id, entry.local, entry.waiting, entry.failure, entry.status, entry.content, entry.isEdited, entry.sender?.displayName]),
    create: () => (entry.content?.type === 'system' ? systemNote(entry) : message(entry, place, chat)),
  };
}

function systemNote(entry) {
  return h('li', { class: 'note', 'data-testid': 'system-message' }, previewOf(entry));
}

function message(entry, { isFirst, isLast, isOwn, isGroup }, chat) {
  const name = nameOf(entry.sender);
  const isDeleted = entry.status === 'deleted';
  const classes = ['message', isOwn ? 'own' : 'other', isFirst && 'first', isLast && 'last', entry.local, isDeleted && 'deleted'];
  return h('li', {
    class: classes.filter(Boolean).join(' '), 'data-testid': 'message', 'data-message-id': entry.id, 'data-state': stateOf(entry),
    'data-own': isOwn ? 'true' : 'false',
  },
    !isOwn && isGroup ? (isLast ? avatar({ id: entry.senderId, name, url: entry.sender?.avatarUrl }, 'small') : h('span', { class: 'gutter' })) : null,
    h('div', { class: 'body' },
      h('span', { class: isFirst && isGroup && !isOwn ? 'sender' : 'visually-hidden' }, isOwn ? 'You' : name),
      h('div', { class: 'bubble' },
        h('span', { class: 'text', 'data-testid': 'text', dir: 'auto' }, isDeleted ? previewOf(entry) : richText(previewOf(entry))),
        h('span', { class: 'meta' },
          entry.isEdited && !isDeleted ? 'edited ' : null,
          h('time', { datetime: entry.createdAt, title: exactTime(entry.createdAt) }, clockTime(entry.createdAt)),
          isOwn ? stateIcon(entry) : null)),
      entry.local === 'failed' ? failureNote(entry, chat) : null));
}

function stateOf(entry) {
  return entry.local ?? 'sent';
}

function stateIcon(entry) {
  const [name, label] = { pending: ['clock', 'Sending'], failed: ['alert', 'Not sent'], sent: ['check', 'Sent'] }[stateOf(entry)];
  return h('span', { class: 'state', role: 'img', 'aria-label': label, title: label }, icon(name));
}

function failureNote(entry, chat) {
  const action = (label, testId, act) =>
    h('button', { type: 'button', class: 'link', 'data-testid': testId, on: { click: () => act(entry.conversationId, entry.tempId) } }, label);
  return h('p', { class: 'failure', role: 'alert' }, `Not sent. ${entry.failure} `,
    action('Try again', 'retry', (...message) => chat.sending.retry(...message)), ' · ',
    action('Discard', 'discard', (...message) => chat.sending.discard(...message)));
}
