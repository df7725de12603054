/**
 * A new element. Attributes: `on` holds listeners by event; booleans set or leave out; everything else is an attribute.
 * Children are nodes or text; text becomes a text node, never markup. Null and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...shownOf(children));
  return element;
}

/** Gives an element other children; as with `h`, null and false are left out. */
export function fill(element, ...children) {
  element.replaceChildren(...shownOf(children));
}

function shownOf(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}

/**
 * Makes the children of `parent` show `items` in order, keeping the elements of those that did not change.
 *
 * @param {Array<{key: string, stamp: string, create: () => Element}>} items an element is made anew when its stamp changes
 */
export function renderKeyed(parent, items) {
  const known = shown.get(parent) ?? new Map();
  const next = new Map();
  const focusedKey = keyOfFocus(known);
  let cursor = parent.firstChild;
  for (const { key, stamp, create } of items) {
    const old = known.get(key);
    const node = old?.stamp === stamp ? old.node : create();
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
    next.set(key, { stamp, node });
  }
  for (const [key, { node }] of known) {
    if (next.get(key)?.node !== node) node.remove();
  }
  shown.set(parent, next);
  if (focusedKey) refocus(next.get(focusedKey)?.node);
}

const shown = new WeakMap();

function keyOfFocus(known) {
  for (const [key, { node }] of known) {
    if (node.contains(document.activeElement)) return key;
  }
  return null;
}

/** Moving or replacing an element takes its focus away: give it back, so that the keyboard stays where it was. */
function refocus(node) {
  if (node && !node.contains(document.activeElement)) node.querySelector('a, button')?.focus({ preventScroll: true });
}
