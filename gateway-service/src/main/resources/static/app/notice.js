import { isolated, nameOf, previewOf, titleOf } from './people.js';
import { isQuiet } from './quiet-hours.js';

/**
 * Why the user is not told of something; null if there is no reason against it.
 *
 * @param {{kind: 'message' | 'mention' | 'reaction' | 'group-added', senderId?: string}} event
 * @param {object | null} preferences null while they are not known: then nobody is told, since that might be at night
 * @param {number} now in milliseconds
 */
export function reasonAgainst(event, conversation, preferences, meId, now) {
  if (event.senderId === meId) return 'own';
  if (!preferences?.notificationsEnabled) return 'disabled';
  if (isQuiet(preferences.quietHours, now)) return 'quiet-hours';
  if (event.kind === 'reaction' && !preferences.notifyOnReaction) return 'preference';
  if (event.kind === 'group-added') return preferences.notifyOnGroupInvite ? null : 'preference';
  const passesMute = event.kind === 'mention' && preferences.notifyOnMention;
  return isMuted(conversation, now) && !passesMute ? 'muted' : null;
}

/** A message of somebody else as an event; null for what the platform itself writes. */
export function eventOf(message, meId) {
  if (message.content?.type === 'system' || message.status === 'deleted') return null;
  const { id: messageId, conversationId, senderId, sender } = message;
  return {
    kind: message.mentions?.includes(meId) ? 'mention' : 'message', conversationId, messageId, senderId,
    senderName: nameOf(sender), text: previewOf(message),
  };
}

/** What a notification says. @returns {{title: string, body: string}} */
export function wordsOf({ kind, senderName, text, emoji }, conversation, preferences, meId) {
  const title = titleOf(conversation, meId);
  const isGroup = conversation.conversationType === 'group';
  switch (kind) {
    case 'group-added': return { title, body: 'You were added to this group' };
    case 'reaction': return { title, body: `${isolated(senderName)} reacted with ${emoji}` };
    default: {
      const said = preferences.messagePreview && text ? text : 'New message';
      return { title, body: isGroup ? `${isolated(senderName)}: ${said}` : said };
    }
  }
}

function isMuted({ isMuted: muted, mutedUntil }, now) {
  return !!muted && (!mutedUntil || Date.parse(mutedUntil) > now);
}
