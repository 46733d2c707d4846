// The forms of an instance: its settings, and where and how much it may serve.

import { h, toast } from './dom.js';
import { ask } from './host.js';
import { reveal, settingsForm } from './settings.js';

/** Each tells what of an instance it shows, its fields, and how what was changed in them is sent. */
export const SECTIONS = [
  {
    title: 'Settings',
    part: ({ template, settings }) => ({ template, settings }),
    fields: (instance) => settingsForm(instance.template, instance.settings),
    change: (settings) => ({ settings }),
  },
  {
    title: 'Where and how much',
    part: ({ enabled, default_model, aliases, isolation, memory, calls, limits }) => (
      { enabled, default_model, aliases, isolation, memory, calls, limits }),
    fields: placement,
    change: (change) => change,
  },
];

/**
 * A form that sends only what was changed in it; what the host refuses changes nothing, and is shown.
 *
 * @param applied hears how the instance is afterwards
 * @return { element, renew(instance) }: what was changed elsewhere comes in, unless somebody is at it
 */
export function sectionForm(section, instance, path, applied) {
  const said = h('p', { role: 'status' });
  const place = h('div');
  const head = h('h2', {}, section.title);
  let fields;
  let seen;
  const say = (text, problem = false) => {
    said.className = problem ? 'problem' : '';
    said.textContent = text;
  };
  function fill(now) {
    const at = place.contains(document.activeElement) ? document.activeElement.name : '';
    const unfolded = place.querySelector('details')?.open;
    fields = section.fields(now);
    seen = JSON.stringify(section.part(now));
    place.replaceChildren(fields.element);
    place.querySelector('details')?.toggleAttribute('open', unfolded === true);
    if (at) {
      place.querySelector(`[name="${CSS.escape(at)}"]`)?.focus();
    }
  }
  async function apply() {
    const change = fields.changed();
    if (Object.keys(change).length === 0) {
      say('Nothing was changed.');
      return;
    }
    const now = await ask('PATCH', path, section.change(change));
    fill(now);
    applied(now);
    toast('success', `${now.name} is ${now.state.replaceAll('_', ' ').toLowerCase()}.`);
  }
  const element = h('form', { class: 'panel', autocomplete: 'off', submit: async (e) => {
    e.preventDefault();
    say('');
    try {
      fields.complain('');
      await apply();
    } catch (problem) {
      if (!fields.complain(problem.message)) {
        say(problem.message, true);
      }
    }
  } }, head, place, h('button', { type: 'submit', class: 'primary' }, 'Apply'), said);
  element.addEventListener('invalid', (e) => reveal(e.target), true);
  fill(instance);
  return {
    element,
    renew: (now) => {
      if (seen === JSON.stringify(section.part(now))) {
        return;
      }
      if (untouched(fields) && !place.contains(document.activeElement)) {
        fill(now);
      } else {
        seen = JSON.stringify(section.part(now));
        say('It was changed elsewhere meanwhile. Only what you changed here is applied; load the page anew to see the rest.');
      }
    },
  };
}

/** What cannot be read was touched. */
function untouched(fields) {
  try {
    return Object.keys(fields.changed()).length === 0;
  } catch {
    return false;
  }
}

const LIMITS = [
  ['concurrency', 'calls at once'], ['queue', 'calls that may wait'], ['first_token_s', 'seconds to the first token'],
  ['idle_s', 'seconds between tokens'], ['total_s', 'seconds in all'], ['unload_after_s', 'seconds after which an unused model is unloaded'],
  ['retries', 'retries of a request'],
];

function placement(instance) {
  const entry = (name, type, value, help, more = {}) => ({ name, type, value, help, options: [], ...more });
  const general = settingsForm([
    entry('enabled', 'bool', true, 'Whether it serves'),
    entry('default_model', 'str', '', 'The model of requests that name only the instance'),
    entry('aliases', 'dict', {}, 'Other names for models: {"alias": "model"}'),
    entry('isolation', 'str', 'card', 'Where it runs; card: as the binding says', { options: ['card', 'classloader', 'process'] }),
    entry('memory', 'str', '', 'Memory of its process, such as 512m or 2g'),
    entry('calls', 'list', [], 'Models of other instances that it may call, such as openai/*'),
  ], { ...instance, isolation: instance.isolation ?? 'card' });
  const limits = settingsForm(
    LIMITS.map(([name, help]) => entry(name, 'int', null, help, { min: 0 })), instance.limits);
  return {
    complain: (problem) => general.complain(problem) || limits.complain(problem),
    element: h('div', {}, general.element, h('details', {}, h('summary', {}, 'Limits'), limits.element)),
    changed: () => {
      const change = general.changed();
      if (change.isolation === 'card') {
        change.isolation = null;
      }
      if (change.aliases !== undefined) {
        const gone = Object.keys(instance.aliases).map((alias) => [alias, null]);
        change.aliases = { ...Object.fromEntries(gone), ...change.aliases };
      }
      if (change.enabled === null) {
        change.enabled = true;
      }
      const limited = limits.changed();
      return Object.keys(limited).length === 0 ? change : { ...change, limits: limited };
    },
  };
}
