import { TENANT_ID } from './config.js';

/** What applies where the user has chosen nothing. */
const DEFAULTS = {
  notificationsEnabled: true, soundEnabled: true, messagePreview: true, notifyOnMention: true, notifyOnReaction: true, notifyOnGroupInvite: true,
  quietHours: null, lastSeenVisibility: 'everyone', emailDigest: null,
};

/** How the user wants to be told of things. All tabs of the browser know the same. */
export class Preferences {
  #api;
  #store;
  #tabs;
  /** One request at a time, so that an earlier answer never overtakes a later one. */
  #last = Promise.resolve();

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  start() {
    this.#tabs = new BroadcastChannel(`parley.preferences.${TENANT_ID}.${this.#store.me.id}`);
    this.#tabs.onmessage = ({ data }) => this.#put(data);
  }

  stop() {
    this.#tabs?.close();
  }

  load() {
    return this.#next(async () => this.#put(await this.#api.preferences()));
  }

  /** @param {object} change only what is to be other than before */
  change(change) {
    return this.#next(async () => {
      this.#put(await this.#api.changePreferences(change));
      this.#tabs?.postMessage(this.#store.preferences);
    });
  }

  #next(task) {
    const done = this.#last.then(task);
    this.#last = done.catch(() => {});
    return done;
  }

  #put(answer) {
    this.#store.preferences = { ...DEFAULTS, ...answer };
    this.#store.changed('preferences');
  }
}
