import { h } from '../dom.js';
import { isAdminOf } from '../people.js';
import { complainAt, field } from './field.js';

const RULES = [
  ['onlyAdminsCanMessage', 'Only admins can write'],
  ['onlyAdminsCanAddMembers', 'Only admins can add members'],
  ['historyVisibleToNewMembers', 'New members see earlier messages'],
];

/** A group's name, description and rules, for its admins to change. */
export function groupRules(conversation, attempt, chat) {
  const name = field({ name: 'name', label: 'Name', autocomplete: 'off' });
  const description = field({ name: 'description', label: 'Description', autocomplete: 'off' });
  const save = h('button', { class: 'primary', 'data-testid': 'save-group' }, 'Save');
  const cancel = h('button', { type: 'button', class: 'secondary', 'data-testid': 'cancel-edit-group', on: { click: () => turn(false) } }, 'Cancel');
  const edit = h('button', { type: 'button', class: 'link', 'data-testid': 'edit-group', on: { click: () => turn(true) } }, 'Change name and description');
  const form = h('form', { novalidate: true, hidden: true, on: { submit: (event) => submit(event) } },
    name.element, description.element, h('div', { class: 'dialog-actions' }, cancel, save));
  const boxes = RULES.map(([rule, label]) => {
    const box = h('input', { type: 'checkbox', role: 'switch', 'data-testid': rule, on: { change: () => set(rule, box) } });
    return { rule, box, element: h('label', { class: 'rule' }, label, box) };
  });
  const element = h('div', { class: 'rules' }, edit, form, boxes.map((each) => each.element));

  const turn = (isOn) => {
    form.hidden = !isOn;
    edit.hidden = isOn;
    if (!isOn) return;
    name.input.value = conversation().name ?? '';
    description.input.value = conversation().description ?? '';
    name.input.focus();
  };
  const submit = (event) => {
    event.preventDefault();
    save.disabled = true;
    attempt(async () => {
      try {
        await chat.groups.change(conversation().id, { name: name.input.value.trim(), description: description.input.value.trim() });
        turn(false);
      } catch (failure) {
        const rest = complainAt([name, description], failure);
        if (rest) throw new Error(rest);
      }
    }).finally(() => {
      save.disabled = false;
    });
  };
  const set = async (rule, box) => {
    const taken = await attempt(() => chat.groups.change(conversation().id, { settings: { [rule]: box.checked } }));
    if (!taken) box.checked = !box.checked;
  };

  return {
    element,
    render() {
      element.hidden = !isAdminOf(conversation());
      boxes.forEach(({ rule, box }) => {
        box.checked = !!conversation().settings?.[rule];
      });
    },
  };
}
