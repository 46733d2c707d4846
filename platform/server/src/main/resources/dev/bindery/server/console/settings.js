// A form for a ConfigTemplate: settings of instances, and parameters of commands.

import { h } from './dom.js';

const NUMBERS = ['int', 'float'];
let made = 0;

/**
 * A form's fields, without its buttons.
 *
 * @param template the entries, as the admin API tells them
 * @param values what they are now; of a secret only whether there is one is shown
 * @return { element, changed(), complain(problem) }: changed() gives the changed values by name, null
 *     for one that goes back to its default; complain() shows a problem at the field that it names first,
 *     and answers whether there is one
 * @throws Error with a sentence, from changed(), where a value cannot be read
 */
export function settingsForm(template, values) {
  const fields = template.filter((entry) => entry.type !== 'btn').map(
    (entry) => field(entry, Object.hasOwn(values, entry.name) ? values[entry.name] : undefined));
  return {
    element: h('div', { class: 'settings' }, fields.map((one) => one.element)),
    changed: () => Object.fromEntries(fields.map((one) => one.change()).filter(Boolean)),
    complain: (problem) => {
      const words = problem.split(': ');
      fields.forEach((one) => one.complain(''));
      const named = fields.find(({ name }) => words.includes(name) || words.includes(`limit ${name}`));
      named?.complain(problem);
      return named !== undefined;
    },
  };
}

function field(entry, value) {
  const control = controlOf(entry, value);
  const id = `setting-${++made}`;
  control.input.name = entry.name;
  control.input.id = id;
  control.input.setAttribute('aria-describedby', `${id}-help ${id}-problem`);
  const before = control.read();
  const reset = h('button', { type: 'button', class: 'link', title: 'Back to the default', 'aria-label': `${entry.name} back to its default` }, 'default');
  const wrong = h('p', { class: 'problem', id: `${id}-problem`, hidden: true });
  let toDefault = false;
  function choose(chosen) {
    toDefault = chosen;
    reset.ariaPressed = String(chosen);
  }
  control.input.addEventListener('input', () => choose(false));
  reset.addEventListener('click', () => {
    control.write(entry.value);
    choose(true);
  });
  return {
    name: entry.name,
    complain: (problem) => {
      wrong.textContent = problem;
      wrong.hidden = problem === '';
      control.input.ariaInvalid = problem === '' ? null : 'true';
      if (problem !== '') {
        reveal(control.input);
        control.input.focus();
      }
    },
    element: h('div', { class: 'field' },
      h('label', { for: id }, entry.name, entry.required && h('span', { class: 'required', title: 'required' }, ' *')),
      h('div', { class: 'control' }, control.input, reset),
      h('p', { class: 'quiet', id: `${id}-help` }, entry.help, ' ', h('small', {}, limits(entry))),
      wrong),
    change: () => {
      if (toDefault) {
        return [entry.name, null];
      }
      const now = control.read();
      return same(now, before) ? null : [entry.name, parsed(entry, now)];
    },
  };
}

/** A field in what is folded up can neither be seen nor take the keyboard. */
export function reveal(input) {
  const folded = input.closest('details');
  if (folded) {
    folded.open = true;
  }
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An input, and what it holds as text or truth value. */
function controlOf(entry, value) {
  if (entry.secret) {
    const given = value !== null && value !== undefined && value !== '';
    const input = h('input', { type: 'password', autocomplete: 'new-password', placeholder: given ? 'is set; what you type replaces it' : 'not set' });
    return { input, read: () => input.value, write: () => {
      input.value = '';
      input.placeholder = 'is removed when applied';
    } };
  }
  const text = shownText(entry, value);
  if (entry.type === 'bool' && typeof value === 'boolean' && typeof entry.value === 'boolean') {
    const input = h('input', { type: 'checkbox', checked: value });
    return { input, read: () => input.checked, write: (to) => { input.checked = to === true; } };
  }
  const input = inputOf(entry, text);
  input.value = text;
  return { input, read: () => input.value, write: (to) => { input.value = shownText(entry, to); } };
}

function inputOf(entry, text) {
  if (entry.type === 'bool') {
    return choice(['', 'true', 'false']);
  }
  if (entry.options.length > 0) {
    return choice(entry.options.includes(text) ? entry.options : [text, ...entry.options]);
  }
  if (['text', 'list', 'dict'].includes(entry.type)) {
    return h('textarea', { rows: Math.min(12, Math.max(2, text.split('\n').length)), spellcheck: 'false', placeholder: entry.placeholder });
  }
  if (NUMBERS.includes(entry.type)) {
    return h('input', { type: 'number', min: entry.min, max: entry.max, step: entry.type === 'int' ? 1 : 'any', placeholder: entry.placeholder });
  }
  return h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: entry.placeholder });
}

function choice(options) {
  return h('select', {}, options.map((option) => h('option', { value: option }, option === '' ? '(default)' : option)));
}

function shownText(entry, value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (entry.type === 'list') {
    return value.every((one) => typeof one === 'string' && !one.includes('\n')) ? value.join('\n') : JSON.stringify(value, null, 2);
  }
  return typeof value === 'object' ? (Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2)) : String(value);
}

/** What a text means for its type. */
function parsed(entry, text) {
  if (typeof text === 'boolean') {
    return text;
  }
  if (entry.type === 'bool') {
    return text === '' ? null : text === 'true';
  }
  if (NUMBERS.includes(entry.type)) {
    return text === '' ? null : number(entry, text);
  }
  if (entry.type === 'dict') {
    return text.trim() === '' ? {} : json(entry, text);
  }
  if (entry.type === 'list') {
    return text.trim().startsWith('[') ? json(entry, text) : text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  }
  return text;
}

/** A number that a browser would round is none that was meant. */
function number(entry, text) {
  const value = Number(text);
  if (entry.type === 'int' && !Number.isSafeInteger(value)) {
    throw new Error(`${entry.name}: ${text} cannot be set here; 'bindery config' takes whole numbers this long`);
  }
  return value;
}

function json(entry, text) {
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Error(`${entry.name}: expected JSON; ${e.message}`);
  }
}

function limits(entry) {
  const said = [];
  if (entry.type === 'list') {
    said.push('one a line');
  }
  if (entry.type === 'dict') {
    said.push('JSON');
  }
  if (entry.min !== undefined && entry.max !== undefined) {
    said.push(`${entry.min} to ${entry.max}`);
  } else if (NUMBERS.includes(entry.type) && entry.min !== undefined) {
    said.push(`from ${entry.min}`);
  } else if (NUMBERS.includes(entry.type) && entry.max !== undefined) {
    said.push(`up to ${entry.max}`);
  }
  return said.length === 0 ? '' : `(${said.join(', ')})`;
}
