import { h } from '../dom.js';

/** A labelled input with room for what the server says about it; with `options`, pairs of value and text, one chooses among them. */
export function field({ name, label, hint, options, ...attributes }) {
  const id = `field-${name}`;
  const error = h('p', { class: 'field-error', id: `${id}-error`, 'data-testid': `error-${name}`, hidden: true });
  const choices = options?.map(([value, text]) => h('option', { value }, text)) ?? [];
  const input = h(options ? 'select' : 'input', { id, name, 'data-testid': name, 'aria-describedby': `${id}-error`, ...attributes }, choices);
  const element = h('div', { class: 'field' }, h('label', { for: id }, label), input, hint ? h('p', { class: 'hint' }, hint) : null, error);
  const complain = (text) => {
    // The server begins with the field's wire name; the reader knows it by its label.
    error.textContent = text?.startsWith(`${name} `) ? label + text.slice(name.length) : (text ?? '');
    error.hidden = !text;
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  input.addEventListener('input', () => complain(''));
  return { name, element, input, complain };
}

/** Shows each complaint at its field, and returns what belongs to no field here: the detail, or the complaints left over. */
export function complainAt(fields, failure) {
  const complaints = { ...failure.fields };
  for (const { name, complain } of fields) {
    complain(complaints[name]);
    delete complaints[name];
  }
  fields.find(({ name }) => failure.fields?.[name])?.input.focus();
  const rest = Object.values(complaints);
  if (rest.length) return rest.join(' ');
  return Object.keys(failure.fields ?? {}).length ? '' : failure.message;
}
