import { fill, h } from '../dom.js';
import { isAdminOf, isSelfChat, isolated, memberCount, lastSeenText, partnerIn, titleOf } from '../people.js';
import { alertLine } from './alert-line.js';
import { avatar } from './avatar.js';
import { openDialog } from './dialog.js';
import { groupRules } from './group-rules.js';
import { memberList } from './members.js';
import { ownChoices } from './own-choices.js';
import { pictureChoice } from './picture-choice.js';

/** All about a conversation: who is in it, its rules, and what one does with it. */
export function infoDialog(conversationId, chat, store) {
  const alert = alertLine('info-alert');
  const attempt = async (task) => {
    const isTaken = await alert.attempt(task);
    if (!isTaken) alert.element.scrollIntoView({ block: 'nearest' });
    return isTaken;
  };
  const conversation = () => store.conversations.get(conversationId);
  const isGroup = conversation().conversationType === 'group';
  const members = isGroup ? memberList(conversation, attempt, chat, store) : null;
  const rules = isGroup ? groupRules(conversation, attempt, chat) : null;
  const picture = isGroup ? pictureChoice(store, {
    set: (file) => chat.groups.setPicture(conversationId, file), remove: () => chat.groups.removePicture(conversationId), attempt,
  }) : null;
  const about = h('div', { class: 'info-about' });
  const choices = h('div', { class: 'choices', 'data-testid': 'choices' });
  const dialog = openDialog(isGroup ? 'Group' : 'Chat', 'info-dialog', alert.element, about, picture?.element, rules?.element, members?.element, choices);

  const render = () => {
    if (!conversation()) {
      dialog.close();
      return;
    }
    fill(about, aboutOf(conversation(), store));
    fill(choices, ownChoices(conversation(), attempt, dialog, chat));
    picture?.render(!!conversation().iconUrl);
    if (picture) picture.element.hidden = !isAdminOf(conversation());
    rules?.render();
    members?.render();
  };
  const unsubscribe = store.subscribe(['conversations', 'presence'], render);
  dialog.addEventListener('close', unsubscribe);
  render();
}

function aboutOf(conversation, store) {
  const title = titleOf(conversation, store.me.id);
  const partner = partnerIn(conversation, store.me.id);
  const isOnline = !!partner && store.online.has(partner.id);
  const standing = partner
    ? [partner.username && isolated(`@${partner.username}`), isOnline ? 'online' : lastSeenText(store.lastSeen.get(partner.id))].filter(Boolean).join(' · ')
    : isSelfChat(conversation, store.me.id) ? 'Only you see what is written here.' : memberCount(conversation);
  return [
    avatar({ id: partner?.id ?? conversation.id, name: title, url: partner?.avatarUrl ?? conversation.iconUrl }, isOnline ? 'large online' : 'large'),
    h('div', {},
      h('p', { class: 'info-title', 'data-testid': 'info-title', dir: 'auto' }, title),
      h('p', { class: 'hint' }, standing),
      conversation.description ? h('p', { class: 'description', 'data-testid': 'info-description', dir: 'auto' }, conversation.description) : null),
  ];
}
