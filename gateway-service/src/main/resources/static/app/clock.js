/** A server's answer tells the second, and takes a while: two estimates this close are of the same clock. */
const SAME_MILLIS = 3_000;

/** The server's time when this page's own count was 0, in milliseconds; null until an answer told it. */
let origin = null;

/** Takes the `Date` of an answer. This machine's own clock may be wrong by days, and is only asked how much time went by. */
export function heardServerTime(header) {
  const told = Date.parse(header ?? '') - performance.now();
  if (Number.isNaN(told)) return;
  // An answer that took long tells an early time; a machine that slept did not count on.
  origin = origin !== null && Math.abs(told - origin) < SAME_MILLIS ? Math.max(origin, told) : told;
}

/** The server's time now, in milliseconds; this machine's before the first answer. */
export function serverNow() {
  return origin === null ? Date.now() : origin + performance.now();
}
