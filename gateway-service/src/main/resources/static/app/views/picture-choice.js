import { h } from '../dom.js';
import { refusalOf } from '../file-rules.js';

/** What becomes an avatar or an icon: the server makes it small. */
const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/**
 * Buttons to choose a picture of somebody or of a group, and to take it away.
 *
 * @param {{set: (picture: File) => Promise, remove?: () => Promise, attempt: (task: () => Promise) => Promise<boolean>}} what
 */
export function pictureChoice(store, { set, remove, attempt }) {
  const status = h('span', { class: 'hint', role: 'status', 'data-testid': 'picture-status' });
  const picker = h('input', { type: 'file', accept: TYPES.join(','), hidden: true, 'aria-label': 'Picture', 'data-testid': 'pick-picture', on: { change: () => picked() } });
  const change = h('button', { type: 'button', class: 'link', 'data-testid': 'change-picture', on: { click: () => picker.click() } }, 'Set picture');
  const away = remove && h('button', { type: 'button', class: 'link quiet', 'data-testid': 'remove-picture', on: { click: () => run('Removing…', remove, 'Removed.') } }, 'Remove picture');
  const element = h('div', { class: 'picture-choice' }, picker, change, away, status);

  const run = async (begun, task, done) => {
    change.disabled = true;
    if (away) away.disabled = true;
    status.textContent = begun;
    const isDone = await attempt(task);
    status.textContent = isDone ? done : '';
    change.disabled = false;
    if (away) away.disabled = false;
  };
  const picked = () => {
    const [picture] = picker.files;
    picker.value = '';
    if (!picture) return;
    run('Uploading…', async () => {
      const refusal = refusalOf(picture, { maxSize: store.config.uploads?.maxSize, allowedTypes: TYPES });
      if (refusal) throw new Error(refusal);
      await set(picture);
    }, 'Saved.');
  };

  return {
    element,
    render(hasPicture) {
      change.textContent = hasPicture ? 'Change picture' : 'Set picture';
      if (away) away.hidden = !hasPicture;
    },
  };
}
