import { previewOf } from './people.js';

/** Of a message that is replied to so much is kept: its words are shown in one line. */
const PREVIEW = 200;

/**
 * What this user has begun to write, by conversation, kept in this browser over a reload; it goes with a log-out.
 *
 * A draft is `{text, about, files}`: the message under way, what the composer is about: null, `{mode: 'reply', message}`, or
 * `{mode: 'edit', message, text}` with the message's new text so far, and the ids of the uploads that go with the message.
 */
export class Drafts {
  #prefix;
  /** What the storage did not take: it is full, or closed to this page. */
  #kept = new Map();

  constructor(tenantId, userId) {
    this.#prefix = `parley.draft.${tenantId}.${userId}.`;
  }

  of(conversationId) {
    try {
      const draft = this.#kept.get(conversationId) ?? JSON.parse(localStorage.getItem(this.#prefix + conversationId));
      return {
        text: String(draft?.text ?? ''), about: draft?.about?.message?.id ? draft.about : null, files: Array.isArray(draft?.files) ? draft.files : [],
      };
    } catch {
      return { text: '', about: null, files: [] }; // what somebody else wrote there is nothing of ours
    }
  }

  /** The files stay as they are: those of other tabs are among them. */
  put(conversationId, { text, about }) {
    this.#write(conversationId, { text, about: about && { ...about, message: essence(about) }, files: this.of(conversationId).files });
  }

  addFiles(conversationId, ids) {
    const draft = this.of(conversationId);
    this.#write(conversationId, { ...draft, files: [...new Set([...draft.files, ...ids])] });
  }

  removeFiles(conversationId, ids) {
    const draft = this.of(conversationId);
    this.#write(conversationId, { ...draft, files: draft.files.filter((id) => !ids.includes(id)) });
  }

  /** @returns {Array<[string, string]>} each upload's id with its conversation's */
  files() {
    const ids = new Set([...this.#kept.keys(), ...Object.keys(localStorage).map((key) => this.changedBy({ key })).filter(Boolean)]);
    return [...ids].flatMap((conversationId) => this.of(conversationId).files.map((id) => [id, conversationId]));
  }

  #write(conversationId, draft) {
    const { text, about, files } = draft;
    this.#kept.delete(conversationId);
    const key = this.#prefix + conversationId;
    try {
      if (text || about || files.length) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      this.#kept.set(conversationId, draft);
    }
  }

  remove(conversationId) {
    this.#write(conversationId, { text: '', about: null, files: [] });
  }

  /** The conversation whose draft another tab has changed; null if it was something else. */
  changedBy({ key }) {
    return key?.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : null;
  }

  clear() {
    this.#kept.clear();
    Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).forEach((key) => localStorage.removeItem(key));
  }
}

function essence({ mode, message }) {
  const { id, conversationId, senderId, sender, content } = message;
  const text = mode === 'edit' ? content?.text ?? '' : previewOf(message);
  return {
    id, conversationId, senderId, sender: sender && { displayName: sender.displayName, username: sender.username },
    content: { type: 'text', text: mode === 'edit' ? text : Array.from(text.slice(0, 2 * PREVIEW)).slice(0, PREVIEW).join('') },
  };
}
