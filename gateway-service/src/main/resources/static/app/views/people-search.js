import { fill, h } from '../dom.js';
import { isComposing } from '../input-method.js';
import { nameOf } from '../people.js';
import { avatar } from './avatar.js';

const PAUSE_MILLIS = 200;

/** A search field over the tenant's users, with its results; `onPick` gets the chosen user. */
export function peopleSearch(chat, { isLeftOut, onPick, labelOf = () => null }) {
  const status = h('p', { class: 'hint', role: 'status' });
  const results = h('ul', { class: 'people', 'data-testid': 'people' });
  const input = h('input', {
    type: 'search', placeholder: 'Name or username', 'aria-label': 'Search people', 'data-testid': 'search-people',
    autocomplete: 'off', autofocus: true, on: { input: () => soon(), keydown: (event) => pressed(event) },
  });
  let timer = null;
  let running = null;
  let found = [];

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MILLIS);
  };
  const pressed = (event) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault(); // a form around it must not be sent
    results.querySelector('button')?.click();
  };
  const search = async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      found = await chat.findUsers(input.value.trim(), signal);
      if (!signal.aborted) render();
    } catch (failure) {
      if (!signal.aborted) status.textContent = failure.message;
    }
  };
  const render = () => {
    const shown = found.filter((user) => !isLeftOut(user));
    status.textContent = shown.length ? '' : input.value.trim() ? 'Nobody found.' : 'Nobody else is here yet.';
    fill(results, shown.map((user) => h('li', { key: user.id },
      h('button', { type: 'button', class: 'person', 'data-testid': 'person', 'data-username': user.username, on: { click: () => onPick(user) } },
        personLine(user, false, labelOf(user))))));
  };

  search();
  return { element: h('div', { class: 'people-search' }, input, status, results), input, render };
}

/** @param {string | null} label what stands for the username */
export function personLine(user, isOnline = false, label = null) {
  const name = nameOf(user);
  return h('span', { class: 'person-line' },
    avatar({ id: user.id, name, url: user.avatarUrl }, isOnline ? 'online' : ''),
    h('span', { class: 'name', dir: 'auto' }, name),
    label || user.username ? h('span', { class: 'handle' }, label ?? h('bdi', {}, `@${user.username}`)) : null);
}
