/** The time zone of this machine. */
export function ownZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** @returns the time of day as HH:MM on the clocks of a zone; UTC's where this browser does not know the zone */
export function timeIn(zone, millis) {
  return formatOf(zone).format(millis);
}

/** Whether it is quiet for the user: by the clocks of the zone that was chosen, so a change to summer time needs no care. */
export function isQuiet(quietHours, millis) {
  if (!quietHours?.enabled) return false;
  const { start, end, timezone } = quietHours;
  const now = timeIn(timezone, millis);
  return start < end ? start <= now && now < end : now >= start || now < end;
}

function formatOf(timeZone) {
  const how = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...how, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...how, timeZone: 'UTC' });
  }
}
