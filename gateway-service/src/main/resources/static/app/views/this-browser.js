import { fill, h } from '../dom.js';
import { permission } from '../notifications.js';
import { PushState } from '../push.js';
import { switchLine } from './switch-line.js';

const PERMISSION = {
  granted: 'This browser shows notifications while Parley is open and you do not look at it.',
  default: 'This browser has not been asked yet whether Parley may show notifications.',
  denied: 'This browser refuses notifications from Parley. You can allow them in its settings for this site.',
  insecure: 'Browsers show notifications of sites with a secure address (HTTPS) only.',
  missing: 'This browser shows no notifications of sites.',
};

const PUSH = {
  [PushState.ON]: 'This browser tells you of messages while it runs, even if Parley is not open.',
  [PushState.OFF]: 'Off: you hear nothing while Parley is not open.',
  [PushState.DENIED]: 'Not possible while this browser refuses notifications from Parley.',
  [PushState.INSECURE]: 'Not possible: this needs a secure address (HTTPS).',
  [PushState.MISSING]: 'Not possible: this browser takes no pushes of sites. On a phone, it may after Parley was put on the home screen.',
  [PushState.NOT_OFFERED]: 'Not possible now: this server offers no pushes.',
};

/**
 * Whether this browser shows notifications, and gets them while no page is open. It is asked by a click, and never before.
 *
 * @param {(task: () => Promise) => Promise<boolean>} attempt says what went wrong
 */
export function thisBrowserView(push, attempt) {
  const told = h('p', { class: 'hint', role: 'status', 'data-testid': 'permission' });
  const allow = h('div', {});
  const closed = switchLine({ name: 'push', label: 'Also while Parley is closed', onChange: (isOn) => change(isOn) });

  const render = () => {
    const { state } = push;
    told.textContent = PERMISSION[permission()];
    fill(allow, permission() === 'default'
      ? h('button', { type: 'button', class: 'secondary', 'data-testid': 'allow-notifications', on: { click: () => ask() } }, 'Allow notifications') : null);
    closed.show(state === PushState.ON);
    closed.explain({ hint: PUSH[state], isPossible: state === PushState.ON || state === PushState.OFF });
  };
  const ask = () => Notification.requestPermission().then(render);
  const change = async (isOn) => {
    closed.explain({ hint: 'One moment…', isPossible: false });
    await attempt(() => (isOn ? push.switchOn() : push.switchOff()));
    render();
  };

  render();
  push.addEventListener('change', render);
  return {
    element: h('div', { class: 'this-browser' }, told, allow, closed.element),
    render,
    stop: () => push.removeEventListener('change', render),
  };
}
