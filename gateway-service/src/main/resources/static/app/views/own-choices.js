import { h } from '../dom.js';
import { exactTime } from '../format.js';
import { icon } from '../icons.js';
import { isAdminOf } from '../people.js';
import { confirmDialog } from './confirm.js';
import { filesDialog } from './files-dialog.js';
import { openMenu } from './menu.js';

const WEEK_HOURS = 7 * 24;

/** What a user does with a conversation for oneself, and how one ends it. */
export function ownChoices(conversation, attempt, dialog, chat) {
  const { groups } = chat;
  const { id, isMuted, isPinned, mutedUntil } = conversation;
  const isGroup = conversation.conversationType === 'group';
  const isIn = conversation.isActive !== false;
  const choice = (iconName, label, testId, act, more = {}) =>
    h('button', { type: 'button', class: more.isDanger ? 'choice danger' : 'choice', 'data-testid': testId, on: { click: ({ currentTarget }) => act(currentTarget) } },
      icon(iconName), h('span', {}, label, more.hint ? h('span', { class: 'hint' }, more.hint) : null));
  const ending = (title, text, label, act) => confirmDialog(title, text, label, async () => {
    await act();
    dialog.close();
  });

  const mute = (anchor) => openMenu(anchor, [['For 8 hours', 8], ['For a week', WEEK_HOURS], ['Always', null]].map(([label, hours]) =>
    ({ label, icon: 'bellOff', testId: `mute-${hours ?? 'always'}`, act: () => attempt(() => groups.mute(id, hours)) })), { label: 'Mute' });
  const leaving = !isGroup || !isIn ? [] : [
    choice('leave', 'Leave', 'leave', () =>
      ending('Leave the group', 'You keep what was written until now.', 'Leave', () => groups.leave(id, false)), { isDanger: true }),
    choice('leave', 'Leave and delete', 'leave-and-delete', () =>
      ending('Leave and delete', 'You leave the group, and it goes from your list.', 'Leave', () => groups.leave(id, true)), { isDanger: true }),
  ];
  return [
    choice('clip', 'Files', 'show-files', () => filesDialog(id, chat)),
    isMuted
      ? choice('bell', 'Unmute', 'unmute', () => attempt(() => groups.unmute(id)), { hint: mutedUntil ? `muted until ${exactTime(mutedUntil)}` : 'muted' })
      : choice('bellOff', 'Mute', 'mute', mute),
    choice('pin', isPinned ? 'Unpin' : 'Pin to the top', 'pin-conversation', () => attempt(() => groups.pin(id, !isPinned))),
    choice('broom', 'Clear messages', 'clear', () =>
      ending('Clear messages', 'All messages go from your devices. Everybody else keeps them.', 'Clear', () => groups.clear(id)), { isDanger: true }),
    ...leaving,
    ...deleting(conversation, choice, ending, groups),
  ];
}

/** A group that one is in goes for all, by an admin's hand; anything else goes for oneself. */
function deleting(conversation, choice, ending, groups) {
  const { id, isActive, conversationType } = conversation;
  const forAll = conversationType === 'group' && isActive !== false;
  if (forAll && !isAdminOf(conversation)) return [];
  const [label, text] = forAll
    ? ['Delete group', 'The group and its messages go for all members.']
    : ['Delete chat', 'It goes from your list, with its messages. Everybody else keeps it.'];
  return [choice('trash', label, 'delete-conversation', () => ending(label, text, 'Delete', () => groups.delete(id)), { isDanger: true })];
}
