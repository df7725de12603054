import { TENANT_ID } from '../config.js';
import { h } from '../dom.js';
import { alertLine } from './alert-line.js';
import { complainAt, field } from './field.js';

/** The page of those who are not signed in: log in, or register. */
export function signInView(session, notice, onSignedIn) {
  const card = h('main', { class: 'sign-in-card' });
  let mode = 'log-in';

  const show = (text = '') => {
    card.replaceChildren(...content(mode, text));
    queueMicrotask(() => card.querySelector('input').focus()); // once the card is on the page
  };
  const content = (current, text) => {
    const fields = current === 'register' ? registerFields() : logInFields();
    return [brand(), heading(current), form(current, fields, text), switcher(current)];
  };
  const switcher = (current) => {
    const [question, action, other] =
      current === 'register' ? ['Already have an account?', 'Log in', 'log-in'] : ['New here?', 'Create an account', 'register'];
    const turn = () => {
      mode = other;
      show();
    };
    return h('p', { class: 'switch' }, `${question} `,
      h('button', { type: 'button', class: 'link', 'data-testid': `go-to-${other}`, on: { click: turn } }, action));
  };
  const form = (current, fields, text) => {
    const alert = alertLine('form-alert');
    alert.show(text);
    const submit = h('button', { class: 'primary wide', 'data-testid': 'submit' }, current === 'register' ? 'Create account' : 'Log in');
    const onSubmit = async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]).filter(([, value]) => value));
      submit.disabled = true;
      try {
        if (current === 'register') await session.register({ ...values, tenantId: TENANT_ID });
        else await session.logIn({ ...values, tenantId: TENANT_ID });
        onSignedIn();
      } catch (failure) {
        alert.show(complainAt(fields, failure));
      } finally {
        submit.disabled = false;
      }
    };
    return h('form', { novalidate: true, 'data-testid': `${current}-form`, on: { submit: onSubmit } },
      alert.element, fields.map(({ element }) => element), submit);
  };

  show(notice);
  return h('div', { class: 'sign-in' }, card);
}

function brand() {
  return h('p', { class: 'brand' }, h('img', { src: 'parley.svg', alt: '', width: '36', height: '36' }), 'Parley',
    TENANT_ID === 'default' ? null : h('span', { class: 'tenant' }, TENANT_ID));
}

function heading(mode) {
  return mode === 'register'
    ? h('header', {}, h('h1', {}, 'Create your account'), h('p', {}, 'A name, an address, and you are talking.'))
    : h('header', {}, h('h1', {}, 'Welcome back'), h('p', {}, 'Log in to pick up where you left off.'));
}

function logInFields() {
  return [
    field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', required: true }),
    field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true }),
  ];
}

function registerFields() {
  return [
    field({ name: 'displayName', label: 'Name', autocomplete: 'name', hint: 'As others will see it.' }),
    field({ name: 'username', label: 'Username', autocomplete: 'nickname', autocapitalize: 'none', spellcheck: 'false', required: true }),
    field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', required: true }),
    field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', required: true }),
  ];
}
