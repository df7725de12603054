import { fill, h } from '../dom.js';
import { nameOf } from '../people.js';
import { alertLine } from './alert-line.js';
import { avatar } from './avatar.js';
import { confirmDialog } from './confirm.js';
import { openDialog } from './dialog.js';
import { complainAt, field } from './field.js';
import { pictureChoice } from './picture-choice.js';

/** What the user is called and looks like, for oneself to change, and the end of all sessions. */
export function profileDialog(chat, store, session) {
  const about = h('div', { class: 'info-about' });
  const alert = alertLine('profile-alert');
  const done = h('p', { class: 'hint', role: 'status', 'data-testid': 'profile-saved' });
  const name = field({ name: 'displayName', label: 'Name', autocomplete: 'name', hint: 'As others see it.', dir: 'auto' });
  const save = h('button', { class: 'primary', 'data-testid': 'save-profile' }, 'Save');
  const form = h('form', { novalidate: true, on: { submit: (event) => submit(event) } }, name.element, done, h('div', { class: 'dialog-actions' }, save));
  const everywhere = h('button', { type: 'button', class: 'choice danger', 'data-testid': 'log-out-everywhere', on: { click: () => askToEnd() } },
    h('span', {}, 'Log out everywhere', h('span', { class: 'hint' }, 'Ends all your sessions, on every device.')));
  const picture = pictureChoice(store, { set: async (file) => session.updateUser(await chat.profiles.setPicture(file)), attempt: alert.attempt });
  const dialog = openDialog('Your profile', 'profile-dialog', about, picture.element, alert.element, form, h('div', { class: 'choices' }, everywhere));

  const render = () => {
    const { me } = store;
    fill(about,
      avatar({ id: me.id, name: nameOf(me), url: me.avatarUrl }, 'large'),
      h('div', {},
        h('p', { class: 'info-title', dir: 'auto' }, nameOf(me)),
        h('p', { class: 'hint' }, h('bdi', {}, `@${me.username}`), me.email ? [' · ', h('bdi', {}, me.email)] : null)));
    picture.render(!!me.avatarUrl);
    // Elsewhere the picture comes from where the users come from.
    picture.element.hidden = (store.config.authMode ?? 'builtin') !== 'builtin';
  };
  const submit = async (event) => {
    event.preventDefault();
    save.disabled = true;
    alert.show('');
    done.textContent = '';
    try {
      session.updateUser(await chat.profiles.rename(name.input.value));
      done.textContent = 'Saved.';
    } catch (failure) {
      alert.show(complainAt([name], failure));
    } finally {
      save.disabled = false;
    }
  };
  const askToEnd = () => confirmDialog(
    'Log out everywhere', 'You will have to log in again on this device and all others.', 'Log out', () => session.logOutEverywhere());

  name.input.value = store.me.displayName ?? '';
  render();
  const unsubscribe = store.subscribe(['me', 'config'], render);
  dialog.addEventListener('close', unsubscribe);
}
