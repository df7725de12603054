import { refusalOfStatus, typeOf } from './attachments.js';
import { essenceOf } from './file-rules.js';
import { ApiError } from './http.js';
import { ResumableUpload } from './resumable-upload.js';

const MOST_AT_ONCE = 3;
/** How often, and for how long, it is asked whether the server has looked into a file. */
const CHECK_MILLIS = 1_000;
const MOST_CHECKS = 120;
/** What was sent is shown from here until the server's own picture is there. */
const PREVIEW_MILLIS = 60_000;

/**
 * The files that this user is about to send. Each is uploaded at once, while its message may still be written; it is kept in this browser
 * until the message is out, so that a reload goes on where it was. Of several tabs one has a file; the others get it when that is closed.
 *
 * An upload: `{id, conversationId, filename, mimeType, type, size, dimensions?, duration?, waveform?, preview, state, sent, failure, fileId}`;
 * its `state` is `waiting`, `uploading`, `checking`, `ready` or `failed`, `preview` an address of its content in this page.
 */
export class Uploads {
  #api;
  #session;
  #kept;
  #store;
  #uploads = new Map();
  #watchers = new Map();
  /** By id, what lets other tabs have the file. */
  #releases = new Map();
  /** By the id of a file that is asked for again soon, what has it asked for at once. */
  #wakes = new Map();
  #closing = new AbortController();
  /** Those that wait for their turn. */
  #waiting = [];
  #running = 0;

  constructor(api, session, kept, store) {
    this.#api = api;
    this.#session = session;
    this.#kept = kept;
    this.#store = store;
  }

  /** Null while this tab does not have it. */
  get(id) {
    return this.#uploads.get(id) ?? null;
  }

  /**
   * @param {(upload: object | null) => void} listener hears at once, and of each change
   * @returns {() => void} ends that
   */
  watch(id, listener) {
    if (!this.#watchers.has(id)) this.#watchers.set(id, new Set());
    this.#watchers.get(id).add(listener);
    listener(this.get(id));
    return () => {
      const left = this.#watchers.get(id);
      left?.delete(listener);
      if (left?.size === 0) this.#watchers.delete(id);
    };
  }

  /**
   * @param {{duration?: number, waveform?: number[]}} known of a recording
   * @param {string} id a new one; whatever names it is written down before this
   */
  add(id, conversationId, file, known = {}) {
    const mimeType = essenceOf(file.type);
    const record = { id, conversationId, filename: file.name, mimeType, type: typeOf(mimeType), size: file.size, ...known, file };
    this.#begin(record);
    this.#kept.add(record);
    this.#hold(id, () => this.get(id) || this.#release(id));
  }

  /** Goes on with what an earlier page has begun; what no message names any more goes. */
  async restore(named) {
    const kept = new Set(await this.#kept.ids());
    for (const id of kept) if (!named.has(id)) this.#kept.remove(id);
    for (const [id, conversationId] of named) {
      if (kept.has(id)) this.#hold(id, () => this.#restoreOne(id));
      else this.#lose(id, conversationId);
    }
  }

  /** The ids of the files at the server, once all are there; fails as the first of them does. */
  ready(ids) {
    return Promise.all(ids.map((id) => new Promise((resolve, reject) => {
      const end = this.watch(id, (upload) => {
        if (upload?.state === 'ready') resolve(upload.fileId);
        else if (upload?.state === 'failed') reject(upload.failure);
        else return;
        queueMicrotask(() => end());
      });
    })));
  }

  retry(id) {
    const upload = this.get(id);
    if (upload?.state === 'failed' && upload.file) this.#enqueue(upload);
  }

  /** The server has looked into a file. The event may be lost: whoever waits asks by itself, too. */
  processed({ fileId, status }) {
    const upload = [...this.#uploads.values()].find((each) => each.fileId === fileId);
    if (upload?.state === 'checking') this.#wakes.get(fileId)?.();
    else if (upload?.failure?.isPassing || (upload?.state === 'ready' && refusalOfStatus(status))) this.#enqueue(upload);
  }

  /** There is a connection again. */
  retryAll() {
    this.#uploads.forEach(({ id, failure }) => failure?.isPassing && this.retry(id));
  }

  /** Somebody does not want to send it. */
  remove(id) {
    const { address, fileId } = this.get(id) ?? {};
    this.#drop(id);
    if (fileId) this.#api.deleteFile(fileId).catch(() => {}); // it goes after a day then
    else if (address) ResumableUpload.discard(this.#session, address);
  }

  /** They are in a message that the server has. */
  sent(ids) {
    ids.forEach((id) => this.#drop(id));
  }

  stop() {
    this.#closing.abort();
    this.#uploads.forEach(({ stop }) => stop.abort());
    this.#uploads.clear();
    this.#releases.forEach((release) => release());
  }

  /** The user logs out: nothing of theirs stays in this browser. */
  forget() {
    this.stop();
    this.#kept.clear();
  }

  /** One tab at a time has a file; whoever is closed or done with it lets go of it. Without Web Locks (plain HTTP), each tab has it. */
  #hold(id, taken) {
    const held = () => new Promise((release) => {
      this.#releases.set(id, release);
      taken();
    });
    if (navigator.locks) navigator.locks.request(`parley.upload.${id}`, { signal: this.#closing.signal }, held).catch(() => {}); // the page goes
    else held();
  }

  #release(id) {
    this.#releases.get(id)?.();
    this.#releases.delete(id);
  }

  #begin(record) {
    const upload = { ...record, sent: 0, failure: null, preview: URL.createObjectURL(record.file), stop: new AbortController() };
    this.#uploads.set(record.id, upload);
    this.#enqueue(upload);
    if (upload.type === 'image' && !upload.dimensions) this.#measure(upload);
    this.#store.changed('uploads');
  }

  async #restoreOne(id) {
    const record = await this.#kept.get(id);
    if (record) this.#begin(record);
    else this.#release(id); // the tab that had it is done with it
  }

  #lose(id, conversationId) {
    this.#uploads.set(id, {
      id, conversationId, filename: 'A file', mimeType: '', type: 'document', size: 0, sent: 0, preview: null, state: 'failed', stop: new AbortController(),
      failure: new ApiError('The file is not in this browser any more.', { status: 410 }),
    });
    this.#changed(id, {});
    this.#store.changed('uploads');
  }

  #enqueue({ id }) {
    this.#changed(id, { state: 'waiting', failure: null });
    this.#waiting.push(id);
    this.#runNext();
  }

  #runNext() {
    while (this.#running < MOST_AT_ONCE && this.#waiting.length) {
      const upload = this.get(this.#waiting.shift());
      if (upload?.state !== 'waiting') continue;
      this.#running++;
      this.#run(upload).finally(() => {
        this.#running--;
        this.#runNext();
      });
    }
  }

  async #run(upload) {
    const { id, stop: { signal } } = upload;
    try {
      const fileId = upload.fileId ?? (await this.#send(upload));
      this.#changed(id, { state: 'checking', fileId, sent: upload.size });
      this.#kept.note(id, { fileId });
      await this.#check(id, fileId, signal);
    } catch (failure) {
      if (!signal.aborted) this.#changed(id, { state: 'failed', failure });
    }
  }

  #send(upload) {
    const { id, file, stop: { signal } } = upload;
    this.#changed(id, { state: 'uploading' });
    const transfer = new ResumableUpload(this.#session, file, upload, {
      address: upload.address, signal,
      told: ({ sent, address }) => {
        if (address !== this.get(id)?.address) this.#kept.note(id, { address });
        this.#changed(id, { sent, address });
      },
    });
    return transfer.run();
  }

  /** Waits until the server has looked into it. */
  async #check(id, fileId, signal) {
    for (let checks = 0; checks < MOST_CHECKS; checks++) {
      const file = await this.#api.file(fileId, signal).catch((failure) => {
        if (failure.status !== 404) throw failure;
        return null;
      });
      if (!file) {
        // It waited so long that the server threw it away: it is sent once more.
        this.#changed(id, { fileId: null, address: null });
        this.#kept.note(id, {});
        this.#enqueue(this.get(id));
        return;
      }
      const refusal = refusalOfStatus(file.status);
      if (refusal) throw new ApiError(refusal, { status: 422, code: `file.${file.status}` });
      if (file.status === 'ready') {
        const { dimensions, duration, waveform } = { ...file, ...withoutGaps(this.get(id)) };
        this.#changed(id, { state: 'ready', dimensions, duration, waveform });
        return;
      }
      await this.#untilToldOf(fileId);
      signal.throwIfAborted();
    }
    throw new ApiError('The server has not looked into the file yet.', { status: 503 });
  }

  async #untilToldOf(fileId) {
    await new Promise((wake) => {
      this.#wakes.set(fileId, wake);
      setTimeout(wake, CHECK_MILLIS);
    });
    this.#wakes.delete(fileId);
  }

  async #measure({ id, preview }) {
    const image = new Image();
    image.src = preview;
    await image.decode().catch(() => {});
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width && height) this.#changed(id, { dimensions: { width, height } });
  }

  #drop(id) {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    this.#kept.remove(id).then(() => this.#release(id));
    upload?.stop.abort();
    if (upload?.preview) setTimeout(() => URL.revokeObjectURL(upload.preview), PREVIEW_MILLIS);
    this.#store.changed('uploads');
  }

  #changed(id, change) {
    const upload = this.get(id);
    if (!upload) return;
    Object.assign(upload, change);
    this.#watchers.get(id)?.forEach((listener) => listener(upload));
    if (change.state) this.#store.changed('uploads');
  }
}

/** A file of a message that is not sent yet, as its message shows it. */
export function attachmentOf(upload) {
  const { id, filename, mimeType, type, size, dimensions, duration, waveform } = upload;
  return { id, uploadId: id, filename, mimeType, type, size, dimensions, duration, waveform };
}

function withoutGaps(record) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== null));
}
