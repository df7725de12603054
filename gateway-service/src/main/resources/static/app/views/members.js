import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { isAdminOf, isolated, nameOf } from '../people.js';
import { alertLine } from './alert-line.js';
import { confirmDialog } from './confirm.js';
import { openDialog } from './dialog.js';
import { openMenu } from './menu.js';
import { peopleSearch, personLine } from './people-search.js';

/** Of so many members it is asked at once who is connected. */
const MOST_ASKED = 100;

/** Who is in a group, and what its admins do about that. */
export function memberList(conversation, attempt, chat, store) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const list = h('ul', { class: 'people', 'data-testid': 'member-list' });
  const add = h('button', { type: 'button', class: 'link', 'data-testid': 'add-members', on: { click: () => addDialog() } }, 'Add');
  const element = h('section', {}, h('header', { class: 'section-header' }, h('h3', {}, 'Members'), add), status, list);
  let members = [];
  let loadedFor = '';

  const render = () => {
    const now = conversation();
    const isAdmin = isAdminOf(now);
    add.hidden = now.isActive === false || (now.settings?.onlyAdminsCanAddMembers && !isAdmin);
    const state = JSON.stringify([now.participantCount, now.updatedAt, now.isActive, now.participants?.map(({ userId, role, user }) => [userId, role, user])]);
    if (state !== loadedFor) {
      loadedFor = state;
      load();
    }
    fill(list, members.map((member) => line(member, isAdmin)));
  };
  const load = async () => {
    const asked = loadedFor;
    try {
      const answer = await chat.groups.members(conversation().id);
      // A later state was asked about meanwhile: its answer counts, whichever comes last.
      if (asked !== loadedFor) return;
      members = answer;
      members.sort((one, other) => Number(other.role === 'admin') - Number(one.role === 'admin') || nameOf(one).localeCompare(nameOf(other)));
      status.hidden = true;
      chat.askWhoIsOnline(members.slice(0, MOST_ASKED).map(({ id }) => id));
      if (conversation()) render();
    } catch (failure) {
      status.textContent = failure.message;
      status.hidden = false;
    }
  };
  const line = (member, isAdmin) => {
    const isMe = member.id === store.me.id;
    const role = [isMe && 'You', member.role === 'admin' && 'Admin'].filter(Boolean).join(' · ');
    return h('li', { key: member.id, class: 'person', 'data-testid': 'member', 'data-username': member.username, 'data-role': member.role },
      personLine(member, isMe || store.online.has(member.id)), h('span', { class: 'role' }, role),
      isAdmin ? h('button', { type: 'button', class: 'icon-button', 'aria-label': `${isolated(nameOf(member))}: change`, 'aria-haspopup': 'menu',
        'data-testid': 'member-menu', on: { click: ({ currentTarget }) => memberMenu(currentTarget, member, isMe) } }, icon('more')) : null);
  };
  const memberMenu = (anchor, member, isMe) => {
    const { id } = conversation();
    const toRole = (role) => attempt(() => chat.groups.changeRole(id, member.id, role));
    openMenu(anchor, [
      member.role === 'admin'
        ? { label: isMe ? 'Step down as admin' : 'Dismiss as admin', icon: 'group', testId: 'make-member', act: () => toRole('member') }
        : { label: 'Make admin', icon: 'group', testId: 'make-admin', act: () => toRole('admin') },
      ...(isMe ? [] : [{ label: 'Remove from group', icon: 'trash', testId: 'remove-member', isDanger: true, act: () =>
        confirmDialog('Remove from group', `${isolated(nameOf(member))} will see nothing that is written from now on.`, 'Remove', () => chat.groups.remove(id, member.id)) }]),
    ], { label: nameOf(member) });
  };
  const addDialog = () => {
    const there = new Set(members.map(({ id }) => id));
    const alert = alertLine();
    const people = peopleSearch(chat, {
      isLeftOut: ({ id }) => there.has(id),
      onPick: async (user) => {
        try {
          await chat.groups.add(conversation().id, [user.id]);
          dialog.close();
        } catch (failure) {
          alert.show(failure.message);
        }
      },
    });
    const dialog = openDialog('Add a member', 'add-members-dialog', alert.element, people.element);
  };

  return { element, render };
}
