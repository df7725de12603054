import { ownAddress } from '../attachments.js';
import { h } from '../dom.js';

const TONES = 8;

/**
 * A round picture, or initials on a tone that belongs to the id; decoration, as the name is always written beside it. A picture of this
 * platform that does not come fires `picture-lost` (`detail` = the id), which goes up to the page: its URL may be too old.
 *
 * @param {string} kind classes: `small` or `large`, and `online` for a dot
 */
export function avatar({ id, name, url }, kind = '') {
  const face = h('span', { class: `avatar tone-${toneOf(id)} ${kind}`, 'aria-hidden': 'true' }, initials(name));
  if (url) {
    const own = ownAddress(url);
    const lost = ({ currentTarget: image }) => {
      if (own) image.dispatchEvent(new CustomEvent('picture-lost', { bubbles: true, detail: id }));
      image.remove();
    };
    face.append(h('img', { src: own ?? url, alt: '', loading: 'lazy', on: { error: lost } }));
  }
  return face;
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const first = (word) => Array.from(word ?? '')[0] ?? '';
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase();
}

function toneOf(id) {
  let sum = 0;
  for (const character of String(id)) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return sum % TONES;
}
