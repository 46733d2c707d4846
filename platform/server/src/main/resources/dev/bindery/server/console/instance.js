// One instance: how it stands, its settings, limits, commands and what it has spent.

import { badge, button, h, money, table } from './dom.js';
import { ask, send } from './host.js';
import { renew } from './renew.js';
import { SECTIONS, sectionForm } from './sections.js';
import { settingsForm } from './settings.js';

export async function instanceView(place, name) {
  const path = `/admin/v1/instances/${encodeURIComponent(name)}`;
  const state = h('div', { class: 'standing' });
  const instance = await ask('GET', path);
  const binding = await ask('GET', `/admin/v1/bindings/${encodeURIComponent(instance.binding)}`).catch(() => null);
  const used = h('div');
  const show = (now) => {
    state.replaceChildren(...standing(now));
    renew(used, [spending(now.totals)]);
    forms.forEach((form) => form.renew(now));
  };
  const forms = SECTIONS.map((section) => sectionForm(section, instance, path, show));
  show(instance);
  place.append(
    h('p', {}, h('a', { href: '#/bindings' }, '← Bindings')),
    h('h1', {}, instance.name, ' ', h('small', {}, `instance of ${instance.binding}`)),
    readme(instance.binding),
    state,
    ...forms.map((form) => form.element),
    ...commands(binding?.card?.commands ?? [], path),
    used,
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
    instance.models.length > 0 && h('p', { class: 'quiet' }, modelsOf(instance)),
  ].filter(Boolean);
}

const NAMED = 12;

function modelsOf({ models }) {
  const more = models.length - NAMED;
  return [`Models: ${models.slice(0, NAMED).join(', ')}`, more > 0 && [' and ', h('a', { href: '#/models' }, `${more} more`)]];
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

function commands(all, path) {
  if (all.length === 0) {
    return [];
  }
  return [h('section', { class: 'panel' }, h('h2', {}, 'Commands'), all.map((command) => one(command, path)))];
}

function one(command, path) {
  const fields = settingsForm(command.parameters, Object.fromEntries(command.parameters.map((entry) => [entry.name, entry.value])));
  const said = h('pre', { hidden: true });
  return h('div', { class: 'command' },
    h('p', {}, h('strong', {}, command.name), ' ', h('span', { class: 'quiet' }, command.help)),
    fields.element,
    button(`Run ${command.name}`, async () => {
      const result = await run(fields, `${path}/commands/${encodeURIComponent(command.name)}`);
      if (result === undefined) {
        return;
      }
      said.hidden = false;
      said.textContent = typeof result === 'string' ? result : JSON.stringify(result, null, 2);
    }),
    said);
}

/** Nothing where a parameter is wrong, which is shown at it. */
async function run(fields, path) {
  if ([...fields.element.querySelectorAll('input')].some((input) => !input.reportValidity())) {
    return undefined;
  }
  try {
    fields.complain('');
    return (await ask('POST', path, fields.changed())).result;
  } catch (problem) {
    if (fields.complain(problem.message)) {
      return undefined;
    }
    throw problem;
  }
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
