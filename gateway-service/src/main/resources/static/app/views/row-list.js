/**
 * Draws a long list and touches only what changed in it: a row that stays is neither moved nor made anew.
 *
 * A row has an `element`, and a `stop()` if it must hear that it is gone; an item says which row it is by its `key` and makes it by `create()`, which gives the row, or brings a
 * row up to date by `update(row)`.
 */
export class RowList {
  list;
  /** In the order of the list's children. */
  rows = [];

  constructor(list) {
    this.list = list;
  }

  /** @param {Array<{key: string, create: () => object, update: (row: object) => void}>} items */
  show(items) {
    const old = this.rows;
    const focusedAt = this.#focusedAt();
    let start = 0;
    while (start < old.length && start < items.length && old[start].key === items[start].key) start++;
    let end = 0;
    while (end < old.length - start && end < items.length - start && old.at(-1 - end).key === items.at(-1 - end).key) end++;
    const between = new Map(old.slice(start, old.length - end).map((row) => [row.key, row]));
    this.rows = items.map((item, index) => {
      const isKept = index < start || index >= items.length - end;
      const row = isKept ? old[index < start ? index : index - items.length + old.length] : between.get(item.key);
      if (!row) return Object.assign(item.create(), { key: item.key });
      between.delete(item.key);
      item.update(row);
      return row;
    });
    between.forEach((row) => {
      this.takeOut(row.element);
      row.stop?.();
    });
    let previous = this.rows[start - 1] ?? null;
    for (const row of this.rows.slice(start, this.rows.length - end)) {
      if (this.after(previous) !== row.element) this.putAfter(previous, row.element);
      previous = row;
    }
    if (focusedAt >= 0 && !this.list.contains(document.activeElement)) this.#refocus(old[focusedAt], focusedAt);
  }

  /** The element that stands behind a row, or first in the list. */
  after(row) {
    return row ? row.element.nextElementSibling : this.list.firstElementChild;
  }

  putAfter(row, element) {
    this.list.insertBefore(element, this.after(row));
  }

  takeOut(element) {
    element.remove();
  }

  rowOf(node) {
    return this.rows.find(({ element }) => element.contains(node)) ?? null;
  }

  #focusedAt() {
    const { activeElement } = document;
    return this.list.contains(activeElement) ? this.rows.findIndex(({ element }) => element.contains(activeElement)) : -1;
  }

  /** What had the focus was moved or is gone: its row has it now, or the one that took its place. */
  #refocus(row, index) {
    const now = row.element.isConnected ? row : this.rows[Math.min(index, this.rows.length - 1)];
    now?.element.focus({ preventScroll: true });
  }
}
