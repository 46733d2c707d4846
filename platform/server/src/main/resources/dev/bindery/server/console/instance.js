// One instance: how it stands, its settings, limits, commands and what it has spent.

import { badge, button, h, money, table, toast } from './dom.js';
import { ask, send } from './host.js';
import { settingsForm } from './settings.js';

export async function instanceView(place, name) {
  const path = `/admin/v1/instances/${encodeURIComponent(name)}`;
  const state = h('div', { class: 'standing' });
  const instance = await ask('GET', path);
  const binding = await ask('GET', `/admin/v1/bindings/${encodeURIComponent(instance.binding)}`).catch(() => null);
  const show = (now) => state.replaceChildren(...standing(now));
  show(instance);
  place.append(
    h('p', {}, h('a', { href: '#/bindings' }, '← Bindings')),
    h('h1', {}, instance.name, ' ', h('small', {}, `instance of ${instance.binding}`)),
    readme(instance.binding),
    state,
    form('Settings', settingsForm(instance.template, instance.settings), (settings) => ask('PATCH', path, { settings }), show),
    form('Where and how much', placement(instance), (change) => ask('PATCH', path, change), show),
    commands(binding?.card?.commands ?? [], path),
    spending(instance.totals),
    removal(instance, path));
  return { refresh: async () => show(await ask('GET', path)) };
}

function standing(instance) {
  const degraded = instance.state === 'ACTIVE' && instance.health.status !== 'UP';
  const reason = degraded ? instance.health.reason : instance.reason;
  return [
    h('p', {}, badge(degraded ? instance.health.status : instance.state),
      ` ${instance.active_calls} in flight, ${instance.queued_calls} waiting`,
      instance.stuck_calls > 0 && `, ${instance.stuck_calls} stuck`),
    reason && h('p', { class: 'reason' }, reason),
    instance.models.length > 0 && h('p', { class: 'quiet' }, `Models: ${instance.models.join(', ')}`),
  ].filter(Boolean);
}

/** What the binding's author says of it, once it is wanted. */
function readme(binding) {
  const text = h('pre');
  return h('details', { class: 'readme', toggle: async (e) => {
    if (e.target.open && text.textContent === '') {
      const path = `/bindings/${encodeURIComponent(binding)}/README.md`;
      text.textContent = await send('GET', path).then((response) => response.text(), (problem) => problem.message);
    }
  } }, h('summary', {}, `README of ${binding}`), text);
}

/** A form that sends what was changed; what the host refuses changes nothing, and is shown. */
function form(title, fields, apply, show) {
  const said = h('p', { role: 'status' });
  const element = h('form', { class: 'panel', autocomplete: 'off', submit: async (e) => {
    e.preventDefault();
    said.className = '';
    said.textContent = '';
    try {
      const change = fields.changed();
      if (Object.keys(change).length === 0) {
        said.textContent = 'Nothing was changed.';
        return;
      }
      const now = await apply(change);
      show(now);
      toast('success', `${now.name} is ${now.state.replaceAll('_', ' ').toLowerCase()}.`);
      dispatchEvent(new HashChangeEvent('hashchange'));
    } catch (problem) {
      said.className = 'problem';
      said.textContent = problem.message;
    }
  } }, h('h2', {}, title), fields.element, h('button', { type: 'submit', class: 'primary' }, 'Apply'), said);
  return element;
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

function commands(all, path) {
  if (all.length === 0) {
    return null;
  }
  return h('section', { class: 'panel' }, h('h2', {}, 'Commands'), all.map((command) => one(command, path)));
}

function one(command, path) {
  const fields = settingsForm(command.parameters, Object.fromEntries(command.parameters.map((entry) => [entry.name, entry.value])));
  const said = h('pre', { hidden: true });
  return h('div', { class: 'command' },
    h('p', {}, h('strong', {}, command.name), ' ', h('span', { class: 'quiet' }, command.help)),
    fields.element,
    button(`Run ${command.name}`, async () => {
      const { result } = await ask('POST', `${path}/commands/${encodeURIComponent(command.name)}`, fields.changed());
      said.hidden = false;
      said.textContent = typeof result === 'string' ? result : JSON.stringify(result, null, 2);
    }),
    said);
}

function spending(totals) {
  return h('section', { class: 'panel' }, h('h2', {}, 'Use'), table(
    ['Model', 'Calls', 'Tokens in', 'Tokens out', 'Cost'],
    Object.entries(totals.models).map(([model, total]) => [
      model, total.calls, total.input_tokens, total.output_tokens, money(total.cost) || 'no price is set']),
    'It has answered no call yet.'));
}

function removal(instance, path) {
  return h('section', { class: 'panel' }, h('h2', {}, 'Remove'),
    h('p', { class: 'quiet' }, 'Its file and its secrets are deleted; the binding stays.'),
    button('Remove instance', async () => {
      if (confirm(`Remove the instance ${instance.name}?`)) {
        await ask('DELETE', path);
        location.hash = '#/bindings';
      }
    }, { class: 'danger' }));
}
