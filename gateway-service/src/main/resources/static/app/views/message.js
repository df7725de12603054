import { h, renderKeyed } from '../dom.js';
import { clockTime, exactTime } from '../format.js';
import { icon } from '../icons.js';
import { nameOf, peopleText, previewOf } from '../people.js';
import { AttachmentsView } from './attachments.js';
import { avatar } from './avatar.js';
import { messageMenu, reactionMenu } from './message-menu.js';
import { receiptsDialog } from './receipts.js';
import { richText } from './rich-text.js';

const LONG_PRESS_MILLIS = 450;
const STATES = {
  pending: ['clock', 'Sending'], failed: ['alert', 'Not sent'], sent: ['check', 'Sent'], delivered: ['checks', 'Delivered'], read: ['checks', 'Read'],
};

/** What stands in a quote that has no words. */
const NOT_QUOTED = {
  attachment: 'Attachment', empty: 'Message without text', deleted: 'Message deleted', hidden: 'A message that you do not see', omitted: 'Message',
};

/**
 * One message of the history. Its element and what stands in it stay while the message lives; a part is made anew only when what it
 * says changed, so that a click, a selection or the focus in another part is not lost.
 */
export class MessageRow {
  #chat;
  #store;
  #entry = null;
  #place = null;
  #stamp = '';
  element = h('li', { role: 'listitem', tabindex: '-1' });
  #body = h('div', { class: 'body' });
  #line = h('div', { class: 'line' });
  #bubble = h('div', { class: 'bubble' });
  #reactions = h('div', { class: 'reactions' });
  /** Made with the first file: most messages have none. */
  #attachments = null;

  constructor(chat, store) {
    this.#chat = chat;
    this.#store = store;
    onLongPress(this.#bubble, () => !this.#entry.local && this.openMenu(this.#bubble));
  }

  /** The message as it is now. */
  get entry() {
    return this.#entry;
  }

  /** @returns {MessageRow} itself */
  show(entry, place) {
    const stamp = Object.values(place).join();
    if (entry === this.#entry && stamp === this.#stamp) return this;
    this.#entry = entry;
    this.#place = place;
    this.#stamp = stamp;
    if (entry.content?.type === 'system') this.#showNote();
    else this.#showMessage();
    return this;
  }

  /** It is on the page no more: nothing of it plays on. */
  stop() {
    this.#attachments?.stop();
  }

  openMenu(anchor) {
    messageMenu(anchor, this.#entry, this.#chat, this.#store);
  }

  #showNote() {
    set(this.element, { class: 'note', 'data-testid': 'system-message', 'data-message-id': this.#entry.id, dir: 'auto' });
    renderKeyed(this.element, [part('text', previewOf(this.#entry), (text) => h('span', {}, text))]);
  }

  #showMessage() {
    const entry = this.#entry;
    const { isFirst, isLast, isOwn, isGroup } = this.#place;
    const name = nameOf(entry.sender);
    const isDeleted = entry.status === 'deleted';
    const hasFiles = !isDeleted && entry.content?.attachments?.length > 0;
    const classes = ['message', isOwn ? 'own' : 'other', isFirst && 'first', isLast && 'last', entry.local, isDeleted && 'deleted', hasFiles && 'with-files',
      this.element.classList.contains('target') && 'target'];
    set(this.element, {
      class: classes.filter(Boolean).join(' '), 'data-testid': 'message', 'data-message-id': entry.id, 'data-state': entry.local ?? 'sent',
      'data-delivery': isOwn ? stateOf(entry) : null, 'data-own': String(isOwn), 'data-deleted': isDeleted ? 'true' : null,
      'aria-labelledby': `name-${entry.key} text-${entry.key} time-${entry.key}`,
    });
    renderKeyed(this.element, [
      !isOwn && isGroup && part('face', [isLast, entry.senderId, name, entry.sender?.avatarUrl], () =>
        (isLast ? avatar({ id: entry.senderId, name, url: entry.sender?.avatarUrl }, 'small') : h('span', { class: 'gutter' }))),
      held('body', this.#body)].filter(Boolean));
    renderKeyed(this.#body, [
      part('name', [isFirst && isGroup && !isOwn, isOwn ? 'You' : name], ([isShown, text]) =>
        h('span', { class: isShown ? 'sender' : 'visually-hidden', id: `name-${entry.key}` }, h('bdi', {}, text))),
      held('line', this.#line),
      !isDeleted && entry.reactions?.length && held('reactions', this.#reactions),
      entry.local === 'failed' && part('failure', entry.failure, () => failureNote(entry, this.#chat)),
      entry.local === 'pending' && hasFiles && part('under-way', null, () => underWayNote(entry, this.#chat))].filter(Boolean));
    renderKeyed(this.#line, [held('bubble', this.#bubble), !entry.local && part('tools', [isDeleted, this.#place.mayWrite], () => this.#tools())].filter(Boolean));
    const text = previewOf(entry);
    const hasWords = isDeleted || !!entry.content?.text;
    this.#bubble.classList.toggle('has-files', hasFiles);
    renderKeyed(this.#bubble, [
      entry.replyTo && !isDeleted && part('quote', [entry.replyTo, this.#place.quotedIsDeleted, this.#place.quotedFiles], () => quote(entry, this.#place, this.#chat)),
      hasFiles && held('attachments', this.#shownAttachments()),
      part('text', [isDeleted, text, hasWords || !hasFiles], ([, , isSeen]) =>
        h('span', { class: isSeen ? 'text' : 'text visually-hidden', 'data-testid': 'text', dir: 'auto', id: `text-${entry.key}` }, hasWords && !isDeleted ? richText(text) : text)),
      part('meta', [entry.id, entry.isPinned, entry.isStarred, entry.isEdited && !isDeleted, entry.createdAt, isOwn && !isDeleted && stateOf(entry)],
        () => this.#meta(isDeleted))].filter(Boolean));
    if (!hasFiles) this.#attachments?.stop();
    if (entry.reactions?.length) this.#showReactions();
  }

  #shownAttachments() {
    this.#attachments ??= new AttachmentsView(this.#chat, this.#store);
    this.#attachments.show(this.#entry);
    return this.#attachments.element;
  }

  #meta(isDeleted) {
    const entry = this.#entry;
    return h('span', { class: 'meta', dir: 'ltr' },
      entry.isPinned ? mark('pin', 'Pinned', 'is-pinned') : null,
      entry.isStarred ? mark('star', 'Starred', 'is-starred') : null,
      entry.isEdited && !isDeleted ? h('span', { 'data-testid': 'edited' }, 'edited') : null,
      h('time', { datetime: entry.createdAt, title: exactTime(entry.createdAt), id: `time-${entry.key}` }, clockTime(entry.createdAt)),
      this.#place.isOwn && !isDeleted ? this.#stateMark() : null);
  }

  /** What became of an own message; for one that the server has, a click tells who read it. */
  #stateMark() {
    const state = stateOf(this.#entry);
    const [name, label] = STATES[state];
    if (this.#entry.local) return h('span', { class: 'state', role: 'img', 'aria-label': label, title: label }, icon(name));
    return h('button', { type: 'button', class: `state ${state}`, 'aria-label': `${label}. Show who read it`, title: label, tabindex: '-1',
      'data-testid': 'ticks', 'data-delivery': state, on: { click: () => receiptsDialog(this.#entry, this.#chat) } }, icon(name));
  }

  /** None of them is a tab stop: the arrow keys lead from the message to them. */
  #tools() {
    const tool = (name, label, testId, act, more) =>
      h('button', { type: 'button', tabindex: '-1', 'aria-label': label, title: label, 'data-testid': testId, on: { click: ({ currentTarget }) => act(currentTarget) }, ...more }, icon(name));
    const shortcuts = this.#entry.status === 'deleted' || !this.#place.mayWrite ? [] : [
      tool('smile', 'React', 'message-react', (button) => reactionMenu(button, this.#entry, this.#chat)),
      tool('reply', 'Reply', 'message-reply', () => this.#chat.actions.reply(this.#entry)),
    ];
    return h('div', { class: 'tools' }, shortcuts,
      tool('more', 'More', 'message-menu', (button) => this.openMenu(button), { 'aria-haspopup': 'menu' }));
  }

  #showReactions() {
    const { me, active } = this.#store;
    const people = new Map((active?.participants ?? []).map(({ userId, user }) => [userId, nameOf(user)]));
    const names = (userIds) => peopleText(userIds, people, me.id);
    renderKeyed(this.#reactions, this.#entry.reactions.map(({ emoji, userIds, count }) => part(emoji, [userIds, count], () =>
      h('button', {
        type: 'button', class: 'reaction', tabindex: '-1', 'aria-pressed': String(userIds.includes(me.id)), title: names(userIds),
        'aria-label': `${emoji} ${count}: ${names(userIds)}`, 'data-testid': 'reaction', 'data-emoji': emoji,
        on: { click: () => this.#chat.actions.react(this.#entry, emoji) },
      }, emoji, count > 1 ? h('span', {}, String(count)) : null))));
  }
}

/** An item for `renderKeyed` that is made anew when what it depends on changes. */
function part(key, value, create) {
  return { key, stamp: JSON.stringify(value ?? null), create: () => create(value) };
}

/** An item for `renderKeyed` that always is the same element. */
function held(key, element) {
  return { key, stamp: '', create: () => element };
}

/** Sets attributes where they differ; null takes one away. */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

function quote({ conversationId, replyTo }, { quotedIsDeleted, quotedFiles }, chat) {
  return h('button', { type: 'button', class: 'quote', tabindex: '-1', 'data-testid': 'quote', title: 'Show this message',
    on: { click: () => chat.jumpTo(conversationId, replyTo.messageId) } },
    h('span', { class: 'quote-name' }, h('bdi', {}, replyTo.senderName || 'Somebody')),
    h('span', { class: 'quote-text', dir: 'auto' }, quotedIsDeleted ? NOT_QUOTED.deleted : replyTo.contentPreview || quotedFiles || NOT_QUOTED[replyTo.state]));
}

function mark(name, label, testId) {
  return h('span', { class: 'state', role: 'img', 'aria-label': label, title: label, 'data-testid': testId }, icon(name));
}

function stateOf(entry) {
  return entry.local ?? (STATES[entry.deliveryStatus] ? entry.deliveryStatus : 'sent');
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
  return h('p', { class: 'failure', role: 'alert' }, `Not sent. ${entry.failure} `,
    unsentAction(entry, 'Try again', 'retry', (...which) => chat.sending.retry(...which)), ' · ',
    unsentAction(entry, 'Edit', 'take-back', (...which) => chat.sending.takeBack(...which)), ' · ',
    unsentAction(entry, 'Discard', 'discard', (...which) => chat.sending.discard(...which)));
}

function underWayNote(entry, chat) {
  return h('p', { class: 'under-way' }, unsentAction(entry, 'Cancel', 'cancel-sending', (...which) => chat.sending.discard(...which)));
}

function unsentAction({ conversationId, tempId }, label, testId, act) {
  return h('button', { type: 'button', class: 'link', tabindex: '-1', 'data-testid': testId, on: { click: () => act(conversationId, tempId) } }, label);
}
