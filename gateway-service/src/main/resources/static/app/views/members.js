import { h } from '../dom.js';
import { nameOf } from '../people.js';
import { openDialog } from './dialog.js';
import { personLine } from './people-search.js';

/** Who is in a group. */
export async function membersDialog(conversation, chat, store) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const list = h('ul', { class: 'people', 'data-testid': 'member-list' });
  openDialog(conversation.name || 'Members', 'members-dialog', status, list);
  try {
    const members = await chat.members(conversation.id);
    members.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
    status.hidden = true;
    list.replaceChildren(...members.map((member) => h('li', { class: 'person' },
      personLine(member),
      h('span', { class: 'role' }, [member.id === store.me.id && 'You', member.role === 'admin' && 'Admin'].filter(Boolean).join(' · ')))));
  } catch (failure) {
    status.textContent = failure.message;
  }
}
