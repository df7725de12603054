import { h } from '../dom.js';
import { clockTime, exactTime } from '../format.js';
import { icon } from '../icons.js';
import { nameOf, previewOf } from '../people.js';
import { avatar } from './avatar.js';
import { messageMenu, reactionMenu } from './message-menu.js';
import { receiptsDialog } from './receipts.js';
import { richText } from './rich-text.js';

const LONG_PRESS_MILLIS = 450;
const STATES = {
  pending: ['clock', 'Sending'], failed: ['alert', 'Not sent'], sent: ['check', 'Sent'], delivered: ['checks', 'Delivered'], read: ['checks', 'Read'],
};

/** One message as a keyed item of the history. */
export function messageItem(entry, place, chat, store) {
  return {
    key: entry.key,
    stamp: JSON.stringify([place, entry.id, entry.local, entry.waiting, entry.failure, entry.status, entry.content, entry.isEdited,
      entry.sender?.displayName, entry.deliveryStatus, entry.reactions, entry.isPinned, entry.isStarred, entry.replyTo]),
    create: () => (entry.content?.type === 'system' ? systemNote(entry) : message(entry, place, chat, store)),
  };
}

function systemNote(entry) {
  return h('li', { class: 'note', 'data-testid': 'system-message', 'data-message-id': entry.id }, previewOf(entry));
}

function message(entry, place, chat, store) {
  const { isFirst, isLast, isOwn, isGroup } = place;
  const name = nameOf(entry.sender);
  const isDeleted = entry.status === 'deleted';
  const classes = ['message', isOwn ? 'own' : 'other', isFirst && 'first', isLast && 'last', entry.local, isDeleted && 'deleted'];
  const bubble = h('div', { class: 'bubble' },
    entry.replyTo && !isDeleted ? quote(entry, place, chat) : null,
    h('span', { class: 'text', 'data-testid': 'text', dir: 'auto' }, isDeleted ? previewOf(entry) : richText(previewOf(entry))),
    meta(entry, isOwn, isDeleted, chat));
  const element = h('li', {
    class: classes.filter(Boolean).join(' '), 'data-testid': 'message', 'data-message-id': entry.id, 'data-state': entry.local ?? 'sent',
    'data-delivery': isOwn ? stateOf(entry) : null, 'data-own': isOwn ? 'true' : 'false', 'data-deleted': isDeleted ? 'true' : null,
  },
    !isOwn && isGroup ? (isLast ? avatar({ id: entry.senderId, name, url: entry.sender?.avatarUrl }, 'small') : h('span', { class: 'gutter' })) : null,
    h('div', { class: 'body' },
      h('span', { class: isFirst && isGroup && !isOwn ? 'sender' : 'visually-hidden' }, isOwn ? 'You' : name),
      h('div', { class: 'line' }, bubble, entry.local ? null : tools(entry, isDeleted, chat, store)),
      isDeleted ? null : reactions(entry, chat, store),
      entry.local === 'failed' ? failureNote(entry, chat) : null));
  if (!entry.local) onLongPress(bubble, () => messageMenu(bubble, entry, chat, store));
  return element;
}

function quote({ conversationId, replyTo }, { quotedIsDeleted }, chat) {
  return h('button', { type: 'button', class: 'quote', 'data-testid': 'quote', title: 'Show this message',
    on: { click: () => chat.jumpTo(conversationId, replyTo.messageId) } },
    h('span', { class: 'quote-name' }, replyTo.senderName || 'Somebody'),
    h('span', { class: 'quote-text', dir: 'auto' }, quotedIsDeleted ? 'Message deleted' : replyTo.contentPreview || 'Attachment'));
}

function meta(entry, isOwn, isDeleted, chat) {
  return h('span', { class: 'meta' },
    entry.isPinned ? mark('pin', 'Pinned', 'is-pinned') : null,
    entry.isStarred ? mark('star', 'Starred', 'is-starred') : null,
    entry.isEdited && !isDeleted ? h('span', { 'data-testid': 'edited' }, 'edited') : null,
    h('time', { datetime: entry.createdAt, title: exactTime(entry.createdAt) }, clockTime(entry.createdAt)),
    isOwn && !isDeleted ? stateMark(entry, chat) : null);
}

function mark(name, label, testId) {
  return h('span', { class: 'state', role: 'img', 'aria-label': label, title: label, 'data-testid': testId }, icon(name));
}

function stateOf(entry) {
  return entry.local ?? (STATES[entry.deliveryStatus] ? entry.deliveryStatus : 'sent');
}

/** What became of an own message; for one that the server has, a click tells who read it. */
function stateMark(entry, chat) {
  const state = stateOf(entry);
  const [name, label] = STATES[state];
  if (entry.local) return h('span', { class: 'state', role: 'img', 'aria-label': label, title: label }, icon(name));
  return h('button', { type: 'button', class: `state ${state}`, 'aria-label': `${label}. Show who read it`, title: label, tabindex: '-1',
    'data-testid': 'ticks', 'data-delivery': state, on: { click: () => receiptsDialog(entry, chat) } }, icon(name));
}

/** The menu is in the tab order; the two shortcuts beside it are in the menu too. */
function tools(entry, isDeleted, chat, store) {
  const tool = (name, label, testId, act, more) =>
    h('button', { type: 'button', 'aria-label': label, title: label, 'data-testid': testId, on: { click: ({ currentTarget }) => act(currentTarget) }, ...more }, icon(name));
  const shortcuts = isDeleted || store.active?.isActive === false ? [] : [
    tool('smile', 'React', 'message-react', (button) => reactionMenu(button, entry, chat), { tabindex: '-1' }),
    tool('reply', 'Reply', 'message-reply', () => chat.actions.reply(entry), { tabindex: '-1' }),
  ];
  return h('div', { class: 'tools' }, shortcuts,
    tool('more', 'More', 'message-menu', (button) => messageMenu(button, entry, chat, store), { 'aria-haspopup': 'menu' }));
}

function reactions(entry, chat, store) {
  if (!entry.reactions?.length) return null;
  const people = new Map((store.active?.participants ?? []).map(({ userId, user }) => [userId, nameOf(user)]));
  const names = (userIds) => userIds.map((id) => (id === store.me.id ? 'You' : people.get(id) ?? 'Somebody')).join(', ');
  return h('div', { class: 'reactions' }, entry.reactions.map(({ emoji, userIds, count }) =>
    h('button', {
      type: 'button', class: 'reaction', 'aria-pressed': String(userIds.includes(store.me.id)), title: names(userIds),
      'aria-label': `${emoji} ${count}: ${names(userIds)}`, 'data-testid': 'reaction', 'data-emoji': emoji,
      on: { click: () => chat.actions.react(entry, emoji) },
    }, emoji, count > 1 ? h('span', {}, String(count)) : null)));
}

function onLongPress(element, act) {
  let timer = null;
  const end = () => clearTimeout(timer);
  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') timer = setTimeout(act, LONG_PRESS_MILLIS);
  });
  for (const event of ['pointerup', 'pointercancel', 'pointermove', 'pointerleave']) element.addEventListener(event, end);
}

function failureNote(entry, chat) {
  const action = (label, testId, act) =>
    h('button', { type: 'button', class: 'link', 'data-testid': testId, on: { click: () => act(entry.conversationId, entry.tempId) } }, label);
  return h('p', { class: 'failure', role: 'alert' }, `Not sent. ${entry.failure} `,
    action('Try again', 'retry', (...which) => chat.sending.retry(...which)), ' · ',
    action('Discard', 'discard', (...which) => chat.sending.discard(...which)));
}
