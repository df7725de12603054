import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { newId } from '../ids.js';
import { isolated, nameOf } from '../people.js';
import { alertLine } from './alert-line.js';
import { openDialog } from './dialog.js';
import { complainAt, field } from './field.js';
import { peopleSearch } from './people-search.js';

/** @param {'direct' | 'group'} kind */
export function newConversationDialog(kind, chat, store) {
  if (kind === 'direct') newDirect(chat, store);
  else newGroup(chat, store);
}

function newDirect(chat, store) {
  const alert = alertLine('dialog-alert');
  const people = peopleSearch(chat, {
    isLeftOut: () => false,
    labelOf: (user) => (user.id === store.me.id ? 'You: notes to yourself' : null),
    onPick: async (user) => {
      try {
        await chat.startDirect(user.id);
        dialog.close();
      } catch (failure) {
        alert.show(failure.message);
      }
    },
  });
  const dialog = openDialog('New chat', 'new-chat-dialog', alert.element, people.element);
}

function newGroup(chat, store) {
  const alert = alertLine('dialog-alert');
  const chosen = new Map();
  const attempt = newId();
  const name = field({ name: 'name', label: 'Group name', autocomplete: 'off', required: true, autofocus: true });
  const chips = h('ul', { class: 'chips', 'aria-label': 'Chosen members', 'data-testid': 'chosen' });
  const create = h('button', { class: 'primary wide', 'data-testid': 'create-group' }, 'Create group');
  const people = peopleSearch(chat, {
    isLeftOut: ({ id }) => id === store.me.id || chosen.has(id),
    onPick: (user) => {
      chosen.set(user.id, user);
      people.input.value = '';
      people.input.focus();
      render();
    },
  });
  people.input.removeAttribute('autofocus');

  const drop = (id) => {
    chosen.delete(id);
    render();
  };
  const render = () => {
    fill(chips, [...chosen.values()].map((user) => h('li', { key: user.id },
      h('button', { type: 'button', 'aria-label': `Remove ${isolated(nameOf(user))}`, on: { click: () => drop(user.id) } }, h('bdi', {}, nameOf(user)), icon('close')))));
    const hadFocus = !chips.hidden && chips.contains(document.activeElement);
    chips.hidden = chosen.size === 0;
    if (hadFocus && chips.hidden) people.input.focus();
    create.disabled = chosen.size === 0;
    people.render();
  };
  const submit = async (event) => {
    event.preventDefault();
    create.disabled = true;
    try {
      await chat.createGroup(name.input.value.trim(), [...chosen.keys()], attempt);
      dialog.close();
    } catch (failure) {
      alert.show(complainAt([name], failure));
      create.disabled = false;
    }
  };
  const form = h('form', { novalidate: true, on: { submit } }, name.element, chips, people.element, create);
  const dialog = openDialog('New group', 'new-group-dialog', alert.element, form);
  render();
}
