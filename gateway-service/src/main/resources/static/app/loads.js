/**
 * What a timeline loads. A window (its end, what is around a message) takes the place of whatever was asked for before it, whose
 * answers are dropped; the two edges of the window load page by page, each once at a time and after the window itself.
 *
 * A load ends as `{isTaken: true}`, as `{failure}`, or as `{}` if another window was asked for meanwhile.
 */
export class Loads {
  #changed;
  #window = Promise.resolve();
  #number = 0;
  #replacing = null;
  #edges = new Map();
  #running = new Set();
  /** Why the last one failed; null if it did not. */
  failure = null;
  /** Asks once more for what failed. */
  again = () => {};

  /** @param {() => void} changed hears of each start and end */
  constructor(changed) {
    this.#changed = changed;
  }

  get isBusy() {
    return this.#running.size > 0;
  }

  /** Ends when the last window that was asked for is there, or is not to be had. */
  get settled() {
    return this.#window;
  }

  /** Whether what is shown is about to make way for something else. */
  get isReplacing() {
    return this.#replacing === this.#number;
  }

  /**
   * @param {() => Promise} ask gets the answer
   * @param {(answer) => void} take puts it into the timeline
   */
  window(ask, take) {
    this.drop();
    const number = this.#number;
    this.#replacing = number;
    this.#window = this.#run(number, ask, take, () => this.window(ask, take)).finally(() => {
      if (this.#replacing === number) this.#replacing = null;
    });
    return this.#window;
  }

  /** @param {() => Promise | null} ask as for a window; null where there is nothing to load when its turn comes */
  edge(name, ask, take) {
    const known = this.#edges.get(name);
    if (known) return known;
    const number = this.#number;
    const load = this.#window
      .then(() => this.#run(number, ask, take, () => this.edge(name, ask, take)))
      .finally(() => {
        if (this.#edges.get(name) === load) this.#edges.delete(name);
      });
    this.#edges.set(name, load);
    return load;
  }

  /** Nothing that is under way counts any more. */
  drop() {
    this.#number++;
    this.#edges.clear();
    this.#running.clear();
  }

  async #run(number, ask, take, again) {
    const asked = number === this.#number ? ask() : null;
    if (!asked) return {};
    this.#running.add(asked);
    this.failure = null;
    this.#changed();
    try {
      const answer = await asked;
      if (number !== this.#number) return {};
      take(answer);
      return { isTaken: true };
    } catch (failure) {
      if (number !== this.#number) return {};
      this.failure = failure;
      this.again = again;
      return { failure };
    } finally {
      this.#running.delete(asked);
      this.#changed();
    }
  }
}
