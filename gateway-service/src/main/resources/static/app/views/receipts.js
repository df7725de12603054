import { fill, h } from '../dom.js';
import { exactTime } from '../format.js';
import { openDialog } from './dialog.js';
import { personLine } from './people-search.js';

/** The server's answer may be a second old, and more may read while one looks. */
const REFRESH_MILLIS = 2_000;

/** Who read a message, whom it reached, and whom it has yet to reach. */
export function receiptsDialog(message, chat) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const content = h('div', { class: 'receipts', 'data-testid': 'receipts' });
  const dialog = openDialog('Read by', 'receipts-dialog', status, content);
  const load = async () => {
    try {
      const { readBy, deliveredTo, pending } = await chat.actions.receipts(message);
      const read = new Set(readBy.map(({ user }) => user.id));
      status.hidden = true;
      fill(content,
        part('Read', 'read-list', readBy),
        part('Delivered', 'delivered-list', deliveredTo.filter(({ user }) => !read.has(user.id))),
        part('Not yet', 'pending-list', pending.map((user) => ({ user }))));
    } catch (failure) {
      status.textContent = failure.message;
      status.hidden = false;
    }
  };
  const refresh = setInterval(load, REFRESH_MILLIS);
  dialog.addEventListener('close', () => clearInterval(refresh));
  load();
}

function part(title, testId, people) {
  if (people.length === 0) return [];
  return [
    h('h3', {}, title),
    h('ul', { class: 'people', 'data-testid': testId }, people.map(({ user, at }) => h('li', { key: user.id, class: 'person' },
      personLine(user), at ? h('time', { class: 'role', datetime: at }, exactTime(at)) : null))),
  ];
}
