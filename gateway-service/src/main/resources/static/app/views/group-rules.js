import { h } from '../dom.js';
import { isAdminOf } from '../people.js';
import { complainAt, field } from './field.js';
import { switchLine } from './switch-line.js';

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
  const switches = RULES.map(([name, label]) => switchLine({ name, label, onChange: (isOn) => set(name, isOn) }));
  const element = h('div', { class: 'rules' }, edit, form, switches.map((each) => each.element));

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
  const set = async (rule, isOn) => {
    const taken = await attempt(() => chat.groups.change(conversation().id, { settings: { [rule]: isOn } }));
    if (!taken) switches.find(({ name }) => name === rule).show(!isOn);
  };

  return {
    element,
    render() {
      element.hidden = !isAdminOf(conversation());
      switches.forEach((each) => each.show(!!conversation().settings?.[each.name]));
    },
  };
}
