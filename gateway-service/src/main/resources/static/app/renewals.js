/** What was just asked for is not asked for again so soon: it may be gone for good. */
const PAUSE_MILLIS = 30_000;

/** Asks again for what shows files by URLs that are too old by now. */
export class Renewals {
  #api;
  #store;
  #updates;
  #profiles;
  #asked = new Map();

  constructor(api, store, updates, profiles) {
    this.#api = api;
    this.#store = store;
    this.#updates = updates;
    this.#profiles = profiles;
  }

  /** @returns whether it was asked for and came */
  message(id) {
    return this.#once(`message ${id}`, async () => {
      const since = this.#updates.now;
      this.#updates.answered(await this.#api.message(id), since);
    });
  }

  /** The picture of a group or a person, whosever the id is. */
  picture(id) {
    return this.#once(`picture ${id}`, async () => {
      if (this.#store.conversations.has(id)) this.#store.putConversation(await this.#api.conversation(id));
      else this.#profiles.changed(await this.#api.user(id));
    });
  }

  #once(what, ask) {
    const before = this.#asked.get(what);
    if (before && performance.now() - before.at < PAUSE_MILLIS) return before.answer;
    const answer = ask().then(() => true, () => false);
    this.#asked.set(what, { at: performance.now(), answer });
    return answer;
  }
}
