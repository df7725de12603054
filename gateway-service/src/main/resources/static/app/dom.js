/**
 * A new element. Attributes: `on` holds listeners by event; `key` tells an element from its siblings of the same kind; booleans set or
 * leave out; everything else is an attribute. Children are nodes or text; text becomes a text node, never markup. Null and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') listen(element, value);
    else if (name === 'key') keys.set(element, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...shownOf(children));
  return element;
}

/**
 * Makes an element have these children, made for it: those of its present children that are alike stay and become what the new ones
 * are. So the page is redrawn under a pointer, a focus or a selection without taking it away. As with `h`, null and false are left out.
 */
export function fill(element, ...children) {
  const fresh = shownOf(children).map((child) => (child instanceof Node ? child : document.createTextNode(child)));
  const left = [...element.childNodes];
  arrange(element, fresh.map((child) => {
    const at = left.includes(child) ? left.indexOf(child) : left.findIndex((old) => areAlike(old, child));
    return at < 0 ? child : become(left.splice(at, 1)[0], child);
  }));
}

/**
 * Makes the children of `parent` show `items` in order. The element of an item stays as long as the item does. Listeners must be in `on`
 * (see `h`), so that an element hears through those of its last state.
 *
 * @param {Array<{key: string, stamp: string, create: () => Element}>} items an element is made to look anew when its stamp changes
 */
export function renderKeyed(parent, items) {
  const known = shown.get(parent) ?? new Map();
  const next = new Map();
  for (const { key, stamp, create } of items) {
    const old = known.get(key);
    if (old?.stamp === stamp) next.set(key, old);
    else next.set(key, { stamp, node: old ? become(old.node, create()) : create() });
  }
  arrange(parent, [...next.values()].map(({ node }) => node));
  shown.set(parent, next);
}

/** What takes the focus in an element, or is it. */
export function focusable(element) {
  const takers = 'a[href], button:not(:disabled), input, textarea, [tabindex]';
  return element?.matches?.(takers) ? element : element?.querySelector?.(takers);
}

const shown = new WeakMap();
const keys = new WeakMap();
const handlers = new WeakMap();

function shownOf(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}

function listen(element, listeners) {
  handlers.set(element, listeners);
  for (const event of Object.keys(listeners)) element.addEventListener(event, hear);
}

function hear(event) {
  return handlers.get(event.currentTarget)[event.type]?.(event);
}

function areAlike(old, fresh) {
  return old.nodeName === fresh.nodeName && kindOf(old) === kindOf(fresh);
}

function kindOf(node) {
  return keys.get(node) ?? node.dataset?.testid ?? '';
}

/** @returns the element that is on the page from now on: the old one, in the state of the fresh one, if that can be */
function become(old, fresh) {
  if (old === fresh || old.nodeName !== fresh.nodeName) return fresh;
  if (old instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return old;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (handlers.has(fresh) || handlers.has(old)) listen(old, handlers.get(fresh) ?? {});
  if (keys.has(fresh)) keys.set(old, keys.get(fresh));
  fill(old, [...fresh.childNodes]);
  return old;
}

/** The focus of a child that goes is for the one in its place, or near it; a browser that can't move an element without taking its focus gives it back. */
function arrange(parent, nodes) {
  const before = [...parent.childNodes];
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const at = before.findIndex((child) => child.contains(focused));
  const staying = new Set(nodes);
  for (const child of before) if (!staying.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else if (node.parentNode === parent && parent.isConnected && parent.moveBefore) parent.moveBefore(node, cursor);
    else parent.insertBefore(node, cursor);
  }
  if (!focused || focused === document.activeElement) return;
  const near = [...nodes.slice(at), ...nodes.slice(0, at).reverse()].map(focusable);
  [focused, ...near].find((each) => each?.isConnected)?.focus({ preventScroll: true });
}
