// The API keys of clients.

import { button, h, table } from './dom.js';
import { ask } from './host.js';
import { renew } from './renew.js';

export async function keysView(place) {
  const list = h('div');
  const made = h('p', { class: 'made', hidden: true, role: 'status' });
  async function refresh() {
    const { keys } = await ask('GET', '/admin/v1/keys');
    renew(list, [table(
      ['Name', 'Models', 'Made', 'To do'],
      keys.map((key) => row(key, refresh)),
      'There are no keys: whoever reaches this machine may use the models. The first key shuts out clients without one.')]);
  }
  place.append(h('h1', {}, 'API keys'), addForm(refresh, made), made, list);
  await refresh();
  return { refresh };
}

function row(key, refresh) {
  return [
    key.name,
    key.models.length === 0 ? 'all' : key.models.join(', '),
    key.created ? new Date(key.created).toLocaleString() : 'given at the start',
    key.revocable && button('Revoke', async () => {
      if (confirm(`Revoke ${key.name}? Its clients are shut out at once.`)) {
        await ask('DELETE', `/admin/v1/keys/${encodeURIComponent(key.name)}`);
        await refresh();
      }
    }, { class: 'danger' }),
  ];
}

function addForm(refresh, made) {
  const name = h('input', { type: 'text', 'aria-label': 'Name of the key', placeholder: 'name', required: true, autocomplete: 'off' });
  const models = h('input', { type: 'text', 'aria-label': 'Models of the key', placeholder: 'models, such as openai/*, echo/echo; empty for all', autocomplete: 'off', spellcheck: 'false' });
  return h('form', { class: 'pull', submit: async (e) => {
    e.preventDefault();
    made.hidden = false;
    try {
      const key = await ask('POST', '/admin/v1/keys', {
        name: name.value.trim(),
        models: models.value.split(',').map((model) => model.trim()).filter(Boolean),
      });
      made.className = 'made';
      made.replaceChildren(`The key of ${key.name}, shown this once: `, h('code', {}, key.key));
      name.value = '';
      models.value = '';
      await refresh();
    } catch (problem) {
      made.className = 'made problem';
      made.textContent = problem.message;
    }
  } }, name, models, h('button', { type: 'submit', class: 'primary' }, 'Add'));
}
