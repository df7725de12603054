import { API_BASE, TENANT_ID } from './config.js';
import { ApiError, parsed, problemOf, unreachable } from './http.js';

const ENDPOINT = `${API_BASE}/storage/tus`;
const VERSION = '1.0.0';
/** So much is lost at most where a connection is cut; and proxies rarely let more through unless told so. */
const PIECE_BYTES = 1024 * 1024;
const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 8_000;
/** A connection on which nothing moves for so long is as good as cut. */
const STALL_MILLIS = 45_000;
/** After so many failures in a row it waits for a new connection, or for the user. */
const MOST_FAILURES = 6;

/**
 * Sends one file to the server in pieces (tus 1.0); whatever cuts it, it goes on from what the server has.
 *
 * @see https://tus.io/protocols/resumable-upload
 */
export class ResumableUpload {
  #session;
  #file;
  #metadata;
  #told;
  #signal;
  #offset = 0;
  /** The path of the upload on this origin; null until the server knows of it. */
  address;

  /**
   * @param {{conversationId: string, filename: string, mimeType: string}} facts
   * @param {{address?: string, signal: AbortSignal, told: (upload: ResumableUpload) => void}} options `address` of an upload that was begun
   *     before; `told` hears of each progress
   */
  constructor(session, file, { conversationId, filename, mimeType }, { address = null, signal, told }) {
    this.#session = session;
    this.#file = file;
    this.#metadata = { filename, filetype: mimeType, conversationId };
    this.#signal = signal;
    this.#told = told;
    this.address = address;
  }

  /** How many bytes are sent. */
  get sent() {
    return this.#offset;
  }

  /** @returns {Promise<string>} the id of the file */
  async run() {
    for (let failures = 0; ; ) {
      const before = this.#offset;
      try {
        return await this.#goOn();
      } catch (failure) {
        if (this.#signal.aborted || !isPassing(failure)) throw failure;
        failures = this.#offset > before ? 1 : failures + 1;
        if (failures > MOST_FAILURES) throw failure;
        await this.#pause(Math.max(1000 * failure.retryAfter, Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** failures)));
      }
    }
  }

  /** Nobody wants it any more. What can't be told to the server expires there. */
  static async discard(session, address) {
    await exchange(session, 'DELETE', address, {}).catch(() => {});
  }

  async #goOn() {
    let fileId = this.address ? await this.#ask() : null;
    if (!this.address) await this.#create();
    while (this.#offset < this.#file.size) fileId = (await this.#sendPiece()) ?? fileId;
    return fileId ?? this.address.split('/').at(-1);
  }

  async #create() {
    const metadata = Object.entries(this.#metadata).map(([name, value]) => `${name} ${base64(value)}`).join(',');
    const { header } = await exchange(this.#session, 'POST', ENDPOINT, {
      signal: this.#signal, headers: { 'Upload-Length': this.#file.size, 'Upload-Metadata': metadata },
    });
    this.address = new URL(header('Location'), new URL(ENDPOINT, location.origin)).pathname;
    this.#moveTo(0);
  }

  /** How far it came; an upload that the server does not know any more begins anew. */
  async #ask() {
    try {
      const { header } = await exchange(this.#session, 'HEAD', this.address, { signal: this.#signal });
      this.#moveTo(Number(header('Upload-Offset')));
      return header('Upload-Location-Id');
    } catch (failure) {
      if (failure.status !== 404 && failure.status !== 410) throw failure;
      this.address = null;
      return null;
    }
  }

  async #sendPiece() {
    const from = this.#offset;
    const { header } = await exchange(this.#session, 'PATCH', this.address, {
      signal: this.#signal,
      headers: { 'Upload-Offset': from, 'Content-Type': 'application/offset+octet-stream' },
      body: this.#file.slice(from, from + PIECE_BYTES),
      onSent: (bytes) => this.#told({ sent: from + bytes, address: this.address }),
    });
    const to = Number(header('Upload-Offset'));
    if (!(to > from)) throw new ApiError('The server takes no more of the file.', { status: 503 });
    this.#moveTo(to);
    return header('Upload-Location-Id');
  }

  #moveTo(offset) {
    this.#offset = offset;
    this.#told(this);
  }

  #pause(millis) {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        removeEventListener('online', goOn);
        this.#signal.removeEventListener('abort', stop);
      };
      const goOn = () => {
        end();
        resolve();
      };
      const stop = () => {
        end();
        reject(this.#signal.reason);
      };
      const timer = setTimeout(goOn, millis);
      addEventListener('online', goOn);
      this.#signal.addEventListener('abort', stop);
    });
  }
}

/**
 * Somebody else holds the upload (423), or it stands elsewhere than was thought (409): both are asked about anew. Room (429) does not come by
 * asking again.
 */
function isPassing({ status, code, isPassing: isSo }) {
  return (isSo || status === 409 || status === 423) && code !== 'file.quota-exceeded';
}

/** One request of the protocol as the signed-in user. (By XMLHttpRequest: `fetch` does not tell how much is sent.) */
function exchange(session, method, address, options) {
  return session.withToken((token) => exchangeOnce(method, address, { ...options, token }));
}

function exchangeOnce(method, address, { token, headers = {}, body = null, signal, onSent }) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    let stall = null;
    const moved = () => {
      clearTimeout(stall);
      stall = setTimeout(cancel, STALL_MILLIS);
    };
    request.open(method, address);
    const all = { ...headers, 'Tus-Resumable': VERSION, Authorization: `Bearer ${token}`, 'X-Tenant-ID': TENANT_ID };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => {
      moved();
      onSent?.(loaded);
    });
    request.addEventListener('loadend', () => {
      clearTimeout(stall);
      signal?.removeEventListener('abort', cancel);
    });
    request.addEventListener('abort', () => reject(signal?.aborted ? signal.reason : unreachable()));
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('load', () => {
      const header = (name) => request.getResponseHeader(name);
      if (request.status >= 200 && request.status < 300) resolve({ header });
      else reject(problemOf(request.status, header('Retry-After'), parsed(request.responseText)));
    });
    signal?.addEventListener('abort', cancel);
    moved();
    request.send(body);
  });
}

function base64(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
