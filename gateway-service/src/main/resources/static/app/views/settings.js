import { h } from '../dom.js';
import { alertLine } from './alert-line.js';
import { openDialog } from './dialog.js';
import { emailDigestView } from './email-digest.js';
import { complainAt, field } from './field.js';
import { quietHoursView } from './quiet-hours.js';
import { switchLine } from './switch-line.js';
import { thisBrowserView } from './this-browser.js';

const SWITCHES = [
  ['notificationsEnabled', 'Notifications', 'Off: none of your devices tells you of anything.'],
  ['soundEnabled', 'Sound'],
  ['messagePreview', 'Show what a message says', 'Off: you only read that there is a new message.'],
  ['notifyOnMention', 'Mentions of you', 'Also in conversations that you have muted.'],
  ['notifyOnReaction', 'Reactions to your messages'],
  ['notifyOnGroupInvite', 'Groups that you are added to'],
];

const VISIBILITIES = [['everyone', 'Everyone'], ['contacts', 'People you share a conversation with'], ['nobody', 'Nobody']];

/** How the user wants to be told of things. Each change is saved at once, or what is shown goes back and it is said why. */
export function settingsDialog(chat, store, push) {
  const alert = alertLine('settings-alert');
  const status = h('p', { class: 'hint', role: 'status', 'data-testid': 'settings-status' });
  const again = h('button', { type: 'button', class: 'link', hidden: true, 'data-testid': 'try-again', on: { click: () => load() } }, 'Try again');

  /** While there are any, what is shown is newer than what is stored. */
  let savesUnderWay = 0;

  /** @param fields those at which the server's complaints are shown */
  const save = async (change, fields = []) => {
    alert.show('');
    status.textContent = 'Saving…';
    savesUnderWay += 1;
    try {
      await chat.preferences.change(change);
      status.textContent = 'Saved.';
    } catch (failure) {
      status.textContent = '';
      const rest = complainAt(fields, failure);
      if (rest) alert.show(`Not saved. ${rest}`);
    } finally {
      savesUnderWay -= 1;
      render();
    }
  };
  const switches = SWITCHES.map(([name, label, hint]) => switchLine({ name, label, hint, onChange: (isOn) => save({ [name]: isOn }) }));
  const quiet = quietHoursView(save);
  const email = emailDigestView(save);
  const browser = thisBrowserView(push, async (task) => {
    status.textContent = '';
    await alert.attempt(task);
  });
  const visibility = field({
    name: 'lastSeenVisibility', label: 'Who sees when you are here, and when you were last', options: VISIBILITIES,
    on: { change: () => save({ lastSeenVisibility: visibility.input.value }, [visibility]) },
  });
  const all = h('div', { class: 'settings', hidden: true },
    group('What you are told of', switches.map(({ element }) => element)),
    group('Quiet hours', quiet.element),
    group('E-mails', email.element),
    group('This browser', browser.element),
    group('Privacy', visibility.element));
  const dialog = openDialog('Settings', 'settings-dialog', all, h('div', { class: 'settings-state' }, alert.element, again, status));

  const render = () => {
    const { preferences } = store;
    all.hidden = !preferences;
    if (!preferences || savesUnderWay) return;
    switches.forEach((each) => each.show(preferences[each.name]));
    quiet.show(preferences.quietHours);
    email.show(preferences.emailDigest);
    visibility.input.value = preferences.lastSeenVisibility;
  };
  const load = async () => {
    again.hidden = true;
    alert.show('');
    status.textContent = store.preferences ? '' : 'Loading…';
    try {
      await chat.preferences.load();
    } catch (failure) {
      // What was known before can still be changed.
      if (!store.preferences) {
        alert.show(failure.message);
        again.hidden = false;
      }
    }
    if (status.textContent === 'Loading…') status.textContent = '';
  };

  render();
  const ends = [store.subscribe(['preferences'], render), store.subscribe(['config'], browser.render), browser.stop];
  dialog.addEventListener('close', () => ends.forEach((end) => end()));
  load();
}

function group(title, ...content) {
  return h('fieldset', {}, h('legend', {}, title), ...content);
}
