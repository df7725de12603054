import { knownDeviceId } from './device.js';
import { ApiError, request } from './http.js';
import { exclusively, pause } from './lock.js';

/** Renew this long before the access token ends, so that a request under way does not meet its end. */
const RENEW_EARLY_MILLIS = 20_000;

/** A write to localStorage reaches the processes of other tabs a little later: the lock is kept until it has. */
const SETTLE_MILLIS = 60;

/** A renewal without an answer is tried once more, soon: the server takes it for a retry for a minute only. */
const RETRY_MILLIS = 1_000;

/**
 * Who is signed in, and the tokens. localStorage is the truth, shared by all tabs of the browser; every read goes there.
 *
 * A refresh token may be used once. Used again within a minute it gets the same successor, unless that was used itself; after
 * that, using it again ends the session. So a renewal runs once in this tab however many requests wait for it, and under a lock
 * across tabs; whoever gets the lock reads the storage again first.
 *
 * Fires `signed-out` (with `detail.notice`) when the session ended other than by this tab's own sign-in form, and `profile` when another
 * tab has changed what is known of the user.
 */
export class Session extends EventTarget {
  #key;
  #renewal = null;

  constructor(tenantId) {
    super();
    this.#key = `parley.session.${tenantId}`;
    addEventListener('storage', (event) => {
      if (event.key === this.#key) this.#changedElsewhere(event.oldValue, event.newValue);
    });
  }

  get user() {
    return this.#read()?.user ?? null;
  }

  async register(form) {
    this.#begin(await request('POST', '/auth/register', { body: form }));
  }

  async logIn(form) {
    this.#begin(await request('POST', '/auth/login', { body: form }));
  }

  /** Forgets the session here even if the server cannot be told. */
  async logOut() {
    const saved = this.#read();
    this.#end('');
    if (!saved) return;
    const { accessToken, refreshToken } = saved.tokens;
    const device = knownDeviceId();
    if (device) await request('DELETE', `/users/me/devices/${device}`, { token: accessToken }).catch(() => {});
    await request('POST', '/auth/logout', { token: accessToken, body: { refreshToken } }).catch(() => {});
  }

  /** Ends all sessions of the user, this one too; fails where the server can't be told. */
  async logOutEverywhere() {
    await request('POST', '/auth/logout-all', { token: await this.accessToken() });
    this.#end('');
  }

  /** An access token that is still good for a while, renewed if need be. */
  async accessToken() {
    const saved = this.#read();
    if (!saved) throw new ApiError('You are signed out.', { status: 401 });
    if (Date.now() < saved.expiresAt - RENEW_EARLY_MILLIS) return saved.tokens.accessToken;
    return this.renew(saved.tokens.accessToken);
  }

  /** The successor of an access token that the server refused or soon will. */
  renew(refused) {
    this.#renewal ??= exclusively(`${this.#key}.renewal`, () => this.#renewOnce(refused)).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** @param {(accessToken: string) => Promise} task run once more, with a renewed token, if the server refuses the first one */
  async withToken(task) {
    const token = await this.accessToken();
    try {
      return await task(token);
    } catch (failure) {
      if (failure.status !== 401) throw failure;
    }
    return task(await this.renew(token));
  }

  updateUser(user) {
    const saved = this.#read();
    if (saved) this.#write({ ...saved, user });
  }

  async #renewOnce(refused) {
    const saved = this.#read();
    if (saved && saved.tokens.accessToken !== refused) return saved.tokens.accessToken;
    if (!saved) throw new ApiError('You are signed out.', { status: 401 });
    try {
      const tokens = await refreshed(saved.tokens.refreshToken);
      this.#write({ ...saved, tokens, expiresAt: endOf(tokens) });
      await pause(SETTLE_MILLIS);
      return tokens.accessToken;
    } catch (failure) {
      if (!failure.isPassing) this.#end('Your session has ended. Please sign in again.');
      throw failure;
    }
  }

  #begin({ user, tokens }) {
    this.#write({ user, tokens, expiresAt: endOf(tokens) });
  }

  #end(notice) {
    if (!this.#read()) return;
    localStorage.removeItem(this.#key);
    this.#tell(notice);
  }

  #changedElsewhere(before, after) {
    const [was, is] = [before, after].map((text) => (text ? JSON.parse(text).user : null));
    if (was?.id === is?.id) {
      if (JSON.stringify(was) !== JSON.stringify(is)) this.dispatchEvent(new Event('profile'));
      return;
    }
    if (after) location.reload();
    else this.#tell('You signed out in another tab.');
  }

  #tell(notice) {
    this.dispatchEvent(new CustomEvent('signed-out', { detail: { notice } }));
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? 'null');
    } catch {
      return null; // what somebody else wrote there is no session
    }
  }

  #write(saved) {
    localStorage.setItem(this.#key, JSON.stringify(saved));
  }
}

async function refreshed(refreshToken) {
  const ask = () => request('POST', '/auth/refresh', { body: { refreshToken } });
  try {
    return await ask();
  } catch (failure) {
    if (failure.status !== 0) throw failure;
    await pause(RETRY_MILLIS);
    return ask();
  }
}

/** By this machine's clock and the lifetime in seconds: the server's clock may differ. */
function endOf(tokens) {
  return Date.now() + tokens.expiresIn * 1000;
}
