import { io } from '../vendor/socket.io-client/4.8.4/socket.io.esm.min.js';
import { SOCKET_NAMESPACE, SOCKET_PATH, TENANT_ID } from './config.js';
import { ApiError } from './http.js';

const ACK_MILLIS = 5_000;
const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 15_000;
/** After so many attempts in a row the page says "offline"; it goes on trying. */
const ATTEMPTS_UNTIL_OFFLINE = 4;
const TOKEN_REFUSALS = new Set(['auth.invalid-token', 'auth.expired-token']);

/**
 * The live connection. It comes back by itself after whatever ended it, as long as the session lasts.
 *
 * Fires `state` whenever `state` changed, `retry` whenever `nextTryAt` changed, and `connected` on each connect: whatever came in
 * between was missed.
 */
export class ChatSocket extends EventTarget {
  #session;
  #socket;
  #attempts = 0;
  #retry = null;
  #wanted = false;
  #token = '';
  state = 'connecting';
  /** When the next try is made, by `performance.now()`; 0 while one is made or none is needed. */
  nextTryAt = 0;

  constructor(session) {
    super();
    this.#session = session;
    this.#socket = io(SOCKET_NAMESPACE, {
      path: SOCKET_PATH,
      autoConnect: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnection: false, // it is done here, where it is known when
      auth: (answer) => this.#authenticate(answer),
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('disconnect', () => this.#lost());
    this.#socket.on('connect_error', (failure) => this.#refused(failure));
    addEventListener('online', this.#onNetwork);
    addEventListener('offline', this.#onNetwork);
  }

  get isConnected() {
    return this.#socket.connected;
  }

  on(event, listener) {
    this.#socket.on(event, listener);
  }

  connect() {
    this.#wanted = true;
    this.#socket.connect();
  }

  /** Does not wait for the time of the next try. */
  tryNow() {
    this.#setNextTry(0);
    if (this.#wanted && !this.isConnected) this.#socket.connect();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    removeEventListener('online', this.#onNetwork);
    removeEventListener('offline', this.#onNetwork);
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  /**
   * Resolves to the acknowledgement, which may be a bare list; fails with status 0 if none came in time, so that the
   * caller may try otherwise.
   */
  async ask(event, payload) {
    let answer;
    try {
      answer = await this.#socket.timeout(ACK_MILLIS).emitWithAck(event, payload);
    } catch {
      throw new ApiError('The server did not answer in time.');
    }
    if (!answer?.success && !Array.isArray(answer)) throw refusal(answer);
    return answer;
  }

  /** For what is worth nothing later: dropped while there is no connection. */
  tell(event, payload) {
    if (this.isConnected) this.#socket.volatile.emit(event, payload);
  }

  async #authenticate(answer) {
    try {
      this.#token = await this.#session.accessToken();
      answer({ token: this.#token, tenantId: TENANT_ID });
    } catch {
      this.#attempts++;
      this.#socket.disconnect();
      this.#lost();
    }
  }

  #connected() {
    this.#attempts = 0;
    this.#setNextTry(0);
    this.#show();
    this.dispatchEvent(new Event('connected'));
  }

  #lost() {
    this.#show();
    this.#connectAgain();
  }

  async #refused(failure) {
    this.#attempts++;
    this.#show();
    if (TOKEN_REFUSALS.has(failure.data?.code)) await this.#session.renew(this.#token).catch(() => {});
    this.#connectAgain(failure.data?.retryAfter);
  }

  #connectAgain(retryAfterSeconds = 0) {
    if (!this.#wanted || this.isConnected || !this.#session.user) return;
    const backoff = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** this.#attempts);
    this.#setNextTry(Math.max(retryAfterSeconds * 1000, backoff) * (0.75 + Math.random() / 2));
  }

  /** @param {number} millis from now; 0 for none */
  #setNextTry(millis) {
    clearTimeout(this.#retry);
    this.nextTryAt = millis ? performance.now() + millis : 0;
    if (millis) this.#retry = setTimeout(() => this.tryNow(), millis);
    this.dispatchEvent(new Event('retry'));
  }

  #onNetwork = () => {
    // A machine that wakes up should not wait for the end of a long backoff; where the network has gone, the socket may seem alive for
    // long, and the server may be on this machine: only a new connection tells.
    if (this.#wanted) this.#socket.disconnect().connect();
    this.#show();
  };

  #show() {
    const state = this.isConnected ? 'online' : this.#isOffline() ? 'offline' : this.#attempts ? 'reconnecting' : 'connecting';
    const shown = state === 'connecting' && this.state !== 'connecting' ? 'reconnecting' : state;
    if (shown === this.state) return;
    this.state = shown;
    this.dispatchEvent(new Event('state'));
  }

  #isOffline() {
    return !navigator.onLine || this.#attempts >= ATTEMPTS_UNTIL_OFFLINE;
  }
}

/** The codes of a refusal are those of the REST surface; the status only says whether a repetition makes sense. */
function refusal(answer) {
  const code = answer?.code ?? '';
  const passing = !!answer?.retryAfter || code === 'request.rate-limited' || code.startsWith('service.');
  return new ApiError(answer?.error || 'The server refused the message.', { status: passing ? 503 : 400, code });
}
