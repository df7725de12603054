const NEAR_END = 80;

/**
 * Where the history is scrolled to. A place that was gone to is held while rows get their size, until somebody scrolls away; the
 * end is held for what comes.
 */
export class ScrollPlace {
  #scroller;
  #hold = null;
  #held = null;
  #setTo = null;
  #resized;

  /** @param {() => void} scrolled hears of each scroll */
  constructor(scroller, content, scrolled) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => {
      if (this.#setTo === null || Math.abs(scroller.scrollTop - this.#setTo) > 1) this.#scrolledAway();
      scrolled();
    });
    this.#resized = new ResizeObserver(() => this.#apply());
    this.#resized.observe(scroller);
    this.#resized.observe(content);
  }

  get distanceToEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight;
  }

  get isAtEnd() {
    return this.distanceToEnd < NEAR_END;
  }

  get isHeld() {
    return this.#hold !== null;
  }

  toEnd() {
    this.#go(() => this.#scroller.scrollHeight);
  }

  /** An element into the middle. */
  toMiddle(element) {
    this.#go(() => this.#topOf(element) - (this.#scroller.clientHeight - element.offsetHeight) / 2, element);
  }

  /** An element to the top, with something of what is before it. */
  toTop(element, lead) {
    this.#go(() => this.#topOf(element) - lead, element);
  }

  /** To the end, but never so far that the element leaves the top. */
  toEndBut(element, lead) {
    this.#go(() => Math.min(this.#scroller.scrollHeight, this.#topOf(element) - lead), element);
  }

  /** The rows changed: what is held, or else the element that stood at the top, is where it was. */
  keep(anchor) {
    if (this.#hold) this.#apply();
    else if (anchor?.element.isConnected) this.#set(this.#scroller.scrollTop + anchor.element.getBoundingClientRect().top - anchor.top);
  }

  stop() {
    this.#resized.disconnect();
  }

  #scrolledAway() {
    this.#held = null;
    this.#hold = this.isAtEnd ? () => this.#scroller.scrollHeight : null;
  }

  #go(where, element = null) {
    this.#hold = where;
    this.#held = element;
    this.#apply();
  }

  #apply() {
    if (this.#held && !this.#held.isConnected) this.#hold = null;
    if (this.#hold) this.#set(this.#hold());
  }

  #set(top) {
    this.#scroller.scrollTop = top;
    this.#setTo = this.#scroller.scrollTop;
  }

  #topOf(element) {
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
  }
}
