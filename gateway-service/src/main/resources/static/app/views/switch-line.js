import { h } from '../dom.js';

/**
 * Something that is on or off, with what it means.
 *
 * @param {{name: string, label: string, hint?: string, onChange: (isOn: boolean) => void}} what
 */
export function switchLine({ name, label, hint = '', onChange }) {
  const hintId = `hint-${name}`;
  const box = h('input', { type: 'checkbox', role: 'switch', 'data-testid': name, 'aria-describedby': hintId, on: { change: () => onChange(box.checked) } });
  const about = h('span', { class: 'hint', id: hintId, 'data-testid': hintId }, hint);
  return {
    name,
    element: h('div', { class: 'switch-line' }, h('label', { class: 'rule' }, label, box), about),
    show(isOn) {
      box.checked = isOn;
    },
    /** @param {{hint: string, isPossible: boolean}} state what is to be said of it now, and whether it can be changed at all */
    explain({ hint: text, isPossible }) {
      about.textContent = text;
      box.disabled = !isPossible;
    },
  };
}
