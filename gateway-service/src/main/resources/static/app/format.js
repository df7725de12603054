import { serverNow } from './clock.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'].map((unit) =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }));
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export function clockTime(iso) {
  return time.format(new Date(iso));
}

export function exactTime(iso) {
  return exact.format(new Date(iso));
}

/** The name of a day in this machine's time zone, by the server's clock: today, yesterday, a weekday, a date. */
export function dayName(iso) {
  const date = new Date(iso);
  const age = daysAgo(date);
  if (age < 2 && age > -1) return capital(relative.format(-age, 'day'));
  if (age < 7) return weekday.format(date);
  return date.getFullYear() === new Date(serverNow()).getFullYear() ? longDate.format(date) : fullDate.format(date);
}

/** As short as a list needs: a time today, a weekday this week, else a date. */
export function briefTime(iso) {
  const date = new Date(iso);
  const age = daysAgo(date);
  if (age < 1) return time.format(date);
  if (age < 2) return capital(relative.format(-1, 'day'));
  return age < 7 ? weekday.format(date) : shortDate.format(date);
}

export function dayOf(iso) {
  return new Date(iso).toDateString();
}

/** A number of bytes as people say it: "340 kB", "1.2 MB" (of 1024 of the next smaller each). */
export function sizeText(bytes) {
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return units[step].format(bytes / 1024 ** step);
}

/** Minutes and seconds: "0:07", "12:30". */
export function durationText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function daysAgo(date) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  return Math.round((midnight(new Date(serverNow())) - midnight(date)) / 86_400_000);
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
