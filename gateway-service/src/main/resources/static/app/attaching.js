import { refusalOf } from './file-rules.js';
import { newId } from './ids.js';

/** The files of the message under way, by conversation: they are uploaded while one still writes, and kept with the draft. */
export class Attaching {
  #store;
  #drafts;
  #uploads;

  constructor(store, drafts, uploads) {
    this.#store = store;
    this.#drafts = drafts;
    this.#uploads = uploads;
  }

  /** Those that this tab has. */
  of(conversationId) {
    return this.#drafts.of(conversationId).files.map((id) => this.#uploads.get(id)).filter(Boolean);
  }

  /** Takes those that may be sent, and says why the others may not. */
  add(conversationId, files) {
    const { uploads: rules = {} } = this.#store.config;
    const room = Math.max(0, (rules.maxFilesPerMessage ?? Infinity) - this.#drafts.of(conversationId).files.length);
    const refusals = files.map((file) => refusalOf(file, rules));
    const taken = files.filter((_, index) => !refusals[index]);
    if (taken.length > room) refusals.push(`A message may have ${rules.maxFilesPerMessage} files.`);
    this.#store.setProblem(refusals.filter(Boolean).join(' '));
    taken.slice(0, room).forEach((file) => this.#take(conversationId, file));
  }

  /**
   * @param {{duration: number, waveform: number[]}} known
   * @returns the id of its upload; null if it may not be sent
   */
  addVoice(conversationId, recording, known) {
    const refusal = refusalOf(recording, this.#store.config.uploads);
    this.#store.setProblem(refusal);
    return refusal ? null : this.#take(conversationId, recording, known);
  }

  remove(conversationId, uploadId) {
    this.#drafts.removeFiles(conversationId, [uploadId]);
    this.#uploads.remove(uploadId);
  }

  removeAll(conversationId) {
    this.#drafts.of(conversationId).files.forEach((id) => this.remove(conversationId, id));
  }

  #take(conversationId, file, known) {
    const id = newId();
    this.#drafts.addFiles(conversationId, [id]); // first, so that no other tab takes it for one that nothing names
    this.#uploads.add(id, conversationId, file, known);
    return id;
  }
}
