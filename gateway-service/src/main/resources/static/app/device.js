import { newId } from './ids.js';

const KEY = 'parley.device';

/** What the server knows this browser by, whoever uses it; the same as long as its storage lasts. */
export function deviceId() {
  let id = knownDeviceId();
  if (!id) {
    id = newId();
    localStorage.setItem(KEY, id);
  }
  return id;
}

/** Null if it was never asked for. */
export function knownDeviceId() {
  return localStorage.getItem(KEY);
}
