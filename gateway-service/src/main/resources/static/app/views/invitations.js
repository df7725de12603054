import { fill, h } from '../dom.js';
import { nameOf } from '../people.js';
import { alertLine } from './alert-line.js';
import { avatar } from './avatar.js';

/** Groups that the user is asked to join, above the conversations. */
export function invitationsView(chat, store) {
  const alert = alertLine('invitation-alert');
  const list = h('ul', { 'data-testid': 'invitations' });
  const element = h('section', { class: 'invitations', 'aria-label': 'Invitations', hidden: true }, h('h2', {}, 'Invitations'), alert.element, list);

  const accept = (id) => alert.attempt(async () => chat.show((await chat.invitations.accept(id)).id));
  const decline = (id) => alert.attempt(() => chat.invitations.decline(id));
  const item = ({ conversationId, name, iconUrl, invitedBy }) => h('li', { key: conversationId, class: 'invitation', 'data-testid': 'invitation' },
    avatar({ id: conversationId, name: name || 'Group', url: iconUrl }),
    h('div', {},
      h('p', { class: 'title', dir: 'auto' }, name || 'Group'),
      h('p', { class: 'hint' }, h('bdi', {}, nameOf(invitedBy)), ' asks you to join'),
      h('p', { class: 'invitation-answers' },
        h('button', { type: 'button', class: 'link', 'data-testid': 'accept', on: { click: () => accept(conversationId) } }, 'Join'),
        h('button', { type: 'button', class: 'link quiet', 'data-testid': 'decline', on: { click: () => decline(conversationId) } }, 'Decline'))));

  const render = () => {
    element.hidden = store.invitations.length === 0;
    fill(list, store.invitations.map(item));
  };
  const unsubscribe = store.subscribe(['invitations'], render);
  return { element, stop: unsubscribe };
}
