/** Of a message that is replied to so much is kept: its words are shown in one line. */
const PREVIEW = 200;

/**
 * What this user has begun to write, by conversation, kept in this browser over a reload; it goes with a log-out.
 *
 * A draft is `{text, about}`: the message under way, and what the composer is about: null, `{mode: 'reply', message}`, or
 * `{mode: 'edit', message, text}` with the message's new text so far.
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
      return { text: String(draft?.text ?? ''), about: draft?.about?.message?.id ? draft.about : null };
    } catch {
      return { text: '', about: null }; // what somebody else wrote there is nothing of ours
    }
  }

  put(conversationId, { text, about }) {
    this.#kept.delete(conversationId);
    const key = this.#prefix + conversationId;
    const draft = { text, about: about && { ...about, message: essence(about) } };
    try {
      if (text || about) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      this.#kept.set(conversationId, draft);
    }
  }

  remove(conversationId) {
    this.put(conversationId, { text: '', about: null });
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

function essence({ mode, message: { id, conversationId, senderId, sender, content } }) {
  const text = content?.text ?? '';
  return {
    id, conversationId, senderId, sender: sender && { displayName: sender.displayName, username: sender.username },
    content: { type: 'text', text: mode === 'edit' ? text : Array.from(text.slice(0, 2 * PREVIEW)).slice(0, PREVIEW).join('') },
  };
}
