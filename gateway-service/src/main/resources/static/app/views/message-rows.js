import { labelOfAll } from '../attachments.js';
import { h } from '../dom.js';
import { dayName, dayOf } from '../format.js';
import { MessageRow } from './message.js';

/** Messages of one sender this close together stand as one block. */
const GROUP_MILLIS = 5 * 60_000;

/** The rows of a history: messages with a separator before each day, each told where in a block of its sender it stands. */
export function messageRows({ entries, newFrom, newCount }, chat, store) {
  const isGroup = store.active?.conversationType === 'group';
  const mayWrite = store.active?.isActive !== false;
  const deleted = new Set(entries.filter(({ status }) => status === 'deleted').map(({ id }) => id));
  const files = new Map(entries.filter(({ content }) => content?.attachments?.length).map(({ id, content }) => [id, content.attachments]));
  const items = [];
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    if (!before || whenOf(before).day !== whenOf(entry).day) items.push(daySeparator(entry));
    if (entry.key === newFrom) items.push(newSeparator(newCount));
    const place = {
      isFirst: !isSameBlock(before, entry), isLast: !isSameBlock(entry, after), isOwn: entry.senderId === store.me.id, isGroup,
      quotedIsDeleted: deleted.has(entry.replyTo?.messageId), quotedFiles: labelOfAll(files.get(entry.replyTo?.messageId)), mayWrite,
    };
    items.push({
      key: entry.key,
      create: () => new MessageRow(chat, store).show(entry, place),
      update: (row) => row.show(entry, place),
    });
  });
  return items;
}

function isSameBlock(one, other) {
  return !!one && !!other && one.senderId === other.senderId
    && one.content?.type !== 'system' && other.content?.type !== 'system'
    && whenOf(one).day === whenOf(other).day
    && Math.abs(whenOf(other).time - whenOf(one).time) < GROUP_MILLIS;
}

const known = new WeakMap();

/** Reading a date is slow, and a long history asks for thousands each time it is drawn. */
function whenOf(entry) {
  if (!known.has(entry)) known.set(entry, { day: dayOf(entry.createdAt), time: Date.parse(entry.createdAt) });
  return known.get(entry);
}

function newSeparator(count) {
  return textRow('new', `${count} unread`, 'new', { 'data-testid': 'new-messages' });
}

function daySeparator({ key, createdAt }) {
  return textRow(`day before ${key}`, dayName(createdAt), 'day');
}

function textRow(key, text, className, attributes) {
  const label = () => h('span', {}, text);
  return {
    key,
    create: () => ({ element: h('li', { role: 'listitem', class: className, ...attributes }, label()), text, leads: true }),
    update: (row) => {
      if (row.text === text) return;
      row.text = text;
      row.element.replaceChildren(label());
    },
  };
}
