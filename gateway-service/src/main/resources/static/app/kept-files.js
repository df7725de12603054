const FILES = 'files';
const STATES = 'states';

/**
 * The files that this user has not sent yet, kept in this browser over a reload; they go with a log-out. Where the browser keeps nothing
 * (its storage is full or closed to this page) nothing fails: a reload loses the files then.
 */
export class KeptFiles {
  #name;
  #database = null;

  constructor(tenantId, userId) {
    this.#name = `parley.files.${tenantId}.${userId}`;
  }

  /** @param {{id: string, file: File}} record */
  add(record) {
    return this.#run('readwrite', (files) => files.put(record));
  }

  /** How far a file has come; apart from the file, which is large. */
  note(id, state) {
    return this.#run('readwrite', (_, states) => states.put({ id, ...state }));
  }

  async ids() {
    return (await this.#run('readonly', (files) => files.getAllKeys())) ?? [];
  }

  /** The file with what was noted of it; null if it is not here. */
  async get(id) {
    const record = await this.#run('readonly', (files) => files.get(id));
    return record ? { ...(await this.#run('readonly', (_, states) => states.get(id))), ...record } : null;
  }

  remove(id) {
    return this.#run('readwrite', (files, states) => {
      states.delete(id);
      return files.delete(id);
    });
  }

  clear() {
    return this.#run('readwrite', (files, states) => {
      states.clear();
      return files.clear();
    });
  }

  async #run(mode, ask) {
    try {
      this.#database ??= opened(this.#name);
      const transaction = (await this.#database).transaction([FILES, STATES], mode);
      const asked = ask(transaction.objectStore(FILES), transaction.objectStore(STATES));
      return await new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      return undefined;
    }
  }
}

function opened(name) {
  const opening = indexedDB.open(name, 1);
  return new Promise((resolve, reject) => {
    opening.onupgradeneeded = () => [FILES, STATES].forEach((store) => opening.result.createObjectStore(store, { keyPath: 'id' }));
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
