import { serverNow } from '../clock.js';
import { h } from '../dom.js';
import { ownZone, timeIn } from '../quiet-hours.js';
import { field } from './field.js';
import { switchLine } from './switch-line.js';

const USUAL = { start: '22:00', end: '07:00' };

/**
 * When the user wants to hear nothing.
 *
 * @param {(change: object, fields: object[]) => void} save
 */
export function quietHoursView(save) {
  const enabled = switchLine({
    name: 'quietHours', label: 'Quiet hours', hint: 'Nothing makes itself heard or seen meanwhile. It waits for you.', onChange: (isOn) => change(isOn),
  });
  const changed = { change: () => change(true) };
  const start = field({ name: 'quietHours.start', label: 'From', type: 'time', required: true, on: changed });
  const end = field({ name: 'quietHours.end', label: 'Until', type: 'time', required: true, on: changed });
  const zone = field({ name: 'quietHours.timezone', label: 'Time zone', options: zones(), on: changed });
  const now = h('p', { class: 'hint', 'data-testid': 'zone-time' });
  const fields = [start, end, zone];
  const hours = h('div', { class: 'more-choices', hidden: true }, h('div', { class: 'from-until' }, start.element, end.element), zone.element, now);

  const change = (isOn) => {
    hours.hidden = !isOn;
    fields.forEach(({ complain }) => complain(''));
    const [from, until] = [start.input.value, end.input.value];
    if (!from || !until) {
      (from ? end : start).complain('Choose a time.');
      if (isOn) return;
    } else if (from === until) {
      end.complain('Choose another time than that from which on it is quiet.');
      if (isOn) return;
    }
    tellTime();
    save({ quietHours: { enabled: isOn, start: from || USUAL.start, end: until || USUAL.end, timezone: zone.input.value } }, fields);
  };
  const tellTime = () => {
    now.textContent = `It is ${timeIn(zone.input.value, serverNow())} there now.`;
  };

  return {
    element: h('div', {}, enabled.element, hours),
    /** What somebody is changing just now stays as it is. */
    show(quietHours) {
      if (hours.contains(document.activeElement) || fields.some(({ input }) => input.ariaInvalid)) return;
      const { timezone = ownZone(), ...times } = quietHours ?? {};
      enabled.show(!!quietHours?.enabled);
      hours.hidden = !quietHours?.enabled;
      start.input.value = times.start ?? USUAL.start;
      end.input.value = times.end ?? USUAL.end;
      if (![...zone.input.options].some(({ value }) => value === timezone)) zone.input.add(new Option(nameOfZone(timezone), timezone));
      zone.input.value = timezone;
      tellTime();
    },
  };
}

function zones() {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ownZone()])].sort().map((zone) => [zone, nameOfZone(zone)]);
}

function nameOfZone(zone) {
  return zone.replaceAll('_', ' ');
}
