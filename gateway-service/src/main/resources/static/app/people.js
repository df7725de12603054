import { labelOfAll } from './attachments.js';
import { serverNow } from './clock.js';
import { clockTime, dayName } from './format.js';

export function nameOf(user) {
  return user?.displayName || [user?.firstName, user?.lastName].filter(Boolean).join(' ') || user?.username || 'Somebody';
}

/** The other side of a direct conversation; null in a group or when alone. */
export function partnerIn(conversation, meId) {
  if (conversation.conversationType !== 'direct') return null;
  return conversation.participants?.find(({ userId }) => userId !== meId)?.user ?? null;
}

/** Whether a conversation is the user's with oneself. */
export function isSelfChat({ conversationType, participants }, meId) {
  return conversationType === 'direct' && !!participants?.length && participants.every(({ userId }) => userId === meId);
}

export function titleOf(conversation, meId) {
  if (isSelfChat(conversation, meId)) return 'Notes to yourself';
  if (conversation.conversationType === 'direct') return nameOf(partnerIn(conversation, meId));
  return conversation.name || 'Group';
}

/** A name inside of a sentence: whatever direction it is written in, the words around it stay where they are (U+2068, U+2069). */
export function isolated(name) {
  return `\u2068${name}\u2069`;
}

/** What a message says in one line. */
export function previewOf(message) {
  if (message.status === 'deleted') return 'Message deleted';
  const { text, attachments } = message.content ?? {};
  return text || labelOfAll(attachments ?? []);
}

/** Names in a sentence: "Ann is typing", "Ann and Bo are typing", "Ann, Bo and others are typing". */
export function typingText(typing) {
  const names = typing.map(isolated);
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`;
  return `${names[0]}, ${names[1]} and others are typing…`;
}

/** "last seen …", as short as a header needs; empty if nobody knows. */
export function lastSeenText(iso) {
  if (!iso) return '';
  const minutes = Math.floor((serverNow() - new Date(iso)) / 60_000);
  if (minutes < 1) return 'last seen just now';
  if (minutes < 60) return `last seen ${minutes} min ago`;
  return `last seen ${dayName(iso).toLocaleLowerCase()} at ${clockTime(iso)}`;
}

export function memberCount({ participantCount, participants }) {
  const count = participantCount ?? participants?.length ?? 0;
  return `${count} ${count === 1 ? 'member' : 'members'}`;
}

/** Whether the user leads the group. */
export function isAdminOf(conversation) {
  return conversation.isActive !== false && conversation.role === 'admin';
}

/** Who did something, of whom some may have no name here: "You, Ann and 3 others". */
export function peopleText(userIds, names, meId) {
  const known = userIds.filter((id) => id === meId || names.has(id)).map((id) => (id === meId ? 'You' : names.get(id)));
  const others = userIds.length - known.length;
  if (others === 0) return known.join(', ');
  const rest = known.length === 0 ? (others === 1 ? '1 person' : `${others} people`) : `${others} ${others === 1 ? 'other' : 'others'}`;
  return [known.join(', '), rest].filter(Boolean).join(' and ');
}
