import { h } from '../dom.js';
import { RowList } from './row-list.js';

/** The browser looks after each piece at every scroll: rows by themselves would cost more than they save. */
const ROWS_OF_A_PIECE = 50;

/** About the height of a row, for a piece that was never on the screen. */
const REM_OF_A_ROW = 2.75;

/**
 * A list of thousands of rows. They stand in pieces, and a piece that is far from the screen is neither laid out nor painted. A row that
 * `leads` stands in one piece with the row that follows it.
 */
export class LongRowList extends RowList {
  show(items) {
    super.show(items);
    for (const piece of this.list.children) {
      const height = `auto ${piece.childElementCount * REM_OF_A_ROW}rem`;
      if (piece.style.containIntrinsicHeight !== height) piece.style.containIntrinsicHeight = height;
    }
  }

  /** The index of the first row of which something stands below a line on the page; the number of rows if none does. */
  firstBelow(y) {
    const piece = firstBelow(this.list.children, y);
    const element = piece && (firstBelow(piece.children, y) ?? piece.nextElementSibling?.firstElementChild);
    return element ? this.rows.findIndex((row) => row.element === element) : this.rows.length;
  }

  after(row) {
    if (!row) return this.list.firstElementChild?.firstElementChild ?? null;
    return row.element.nextElementSibling ?? row.element.parentElement.nextElementSibling?.firstElementChild ?? null;
  }

  /** What is older than all gets pieces of its own: no row that is there already moves to another one. */
  putAfter(row, element) {
    const piece = row?.element.parentElement ?? null;
    const next = row?.element.nextElementSibling ?? null;
    this.takeOut(element);
    if (piece && (next || row.leads || piece.childElementCount < ROWS_OF_A_PIECE)) piece.insertBefore(element, next);
    else this.list.insertBefore(h('ol', { class: 'piece', role: 'presentation' }, element), piece ? piece.nextSibling : this.list.firstChild);
  }

  takeOut(element) {
    const piece = element.parentElement;
    element.remove();
    if (piece && piece !== this.list && !piece.hasChildNodes()) piece.remove();
  }
}

function firstBelow(elements, y) {
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (elements[middle].getBoundingClientRect().bottom > y) to = middle;
    else from = middle + 1;
  }
  return elements[from];
}
