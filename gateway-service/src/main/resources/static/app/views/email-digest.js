import { h } from '../dom.js';
import { field } from './field.js';
import { switchLine } from './switch-line.js';

const USUAL_HOURS = 24;
const HOURS_AWAY = [
  [1, 'one hour'], [4, '4 hours'], [12, '12 hours'], [24, 'one day'], [48, '2 days'], [72, '3 days'], [168, 'one week'], [720, '30 days'],
];

/**
 * After what time away an e-mail tells the user of what is unread.
 *
 * @param {(change: object, fields: object[]) => Promise<boolean>} save
 */
export function emailDigestView(save) {
  const enabled = switchLine({
    name: 'emailDigest', label: 'Tell me of unread messages by e-mail', hint: 'It says who wrote, not what. Not every server sends e-mails.',
    onChange: (isOn) => change(isOn),
  });
  const afterHours = field({
    name: 'emailDigest.afterHours', label: 'When I have been away for', options: HOURS_AWAY, on: { change: () => change(true) },
  });
  const after = h('div', { class: 'more-choices', hidden: true }, afterHours.element);

  const change = (isOn) => {
    after.hidden = !isOn;
    save({ emailDigest: { enabled: isOn, afterHours: Number(afterHours.input.value) } }, [afterHours]);
  };

  return {
    element: h('div', {}, enabled.element, after),
    show(emailDigest) {
      const { enabled: isOn, afterHours: hours } = emailDigest ?? { enabled: false, afterHours: USUAL_HOURS };
      enabled.show(isOn);
      after.hidden = !isOn;
      const { options } = afterHours.input;
      if (![...options].some(({ value }) => value === String(hours))) afterHours.input.add(new Option(`${hours} hours`, hours));
      afterHours.input.value = hours;
    },
  };
}
