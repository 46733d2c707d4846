// The models, those that can be fetched, and their removal.

import { badge, button, bytes, h, table, toast } from './dom.js';
import { ask, lines, send } from './host.js';
import { renew } from './renew.js';

/** From as many on, a list is searched. */
const MANY = 12;

function says(model, words) {
  return [model.id, model.description ?? '', ...model.capabilities].some((text) => text.toLowerCase().includes(words));
}

export async function modelsView(place) {
  const list = h('div');
  const wanted = h('input', { type: 'search', class: 'wide', 'aria-label': 'Show only', placeholder: 'Show only, for instance: images', input: fill });
  let models = [];
  async function refresh() {
    ({ models } = await ask('GET', '/admin/v1/models'));
    wanted.hidden = models.length < MANY;
    fill();
  }
  function fill() {
    const fits = models.filter((model) => says(model, wanted.value.toLowerCase()));
    renew(list, [table(
      ['Model', 'Size', 'Context', 'Can', 'License', 'To do'],
      fits.map((model) => row(model, refresh)),
      models.length > 0 ? 'No model says that.' : 'There are no models. Give a binding its key or address first.')]);
  }
  place.append(h('h1', {}, 'Models'), pullForm(refresh), wanted, list);
  await refresh();
  return { refresh };
}

function row(model, refresh) {
  return [
    [h('strong', {}, model.id), model.description && h('p', { class: 'quiet' }, model.description)],
    h('span', { class: 'whole' }, bytes(model.size_bytes)),
    model.context_length ?? '',
    h('span', { class: 'quiet' }, model.capabilities.join(' ')),
    h('span', { class: 'whole' }, model.license ?? ''),
    h('span', { class: 'whole' }, todo(model, refresh)),
  ];
}

function todo(model, refresh) {
  if (!model.installed) {
    return badge('not fetched');
  }
  return [
    model.capabilities.includes('chat') && h('a', { href: `#/chat/${encodeURIComponent(model.id)}` }, 'Chat'), ' ',
    model.capabilities.includes('pull') && remove(model, refresh),
  ];
}

function remove(model, refresh) {
  return button('Delete', async () => {
    if (confirm(`Delete the files of ${model.id}?`)) {
      await ask('DELETE', `/admin/v1/models/${model.id.split('/').map(encodeURIComponent).join('/')}`);
      await refresh();
    }
  }, { class: 'danger' });
}

function pullForm(refresh) {
  const name = h('input', { type: 'text', name: 'model', 'aria-label': 'Model to fetch', placeholder: 'llamacpp/owner/repo:file.gguf', required: true, autocomplete: 'off', spellcheck: 'false' });
  const bar = h('progress', { hidden: true, max: 1 });
  const said = h('span', { class: 'quiet', role: 'status' });
  const start = h('button', { type: 'submit', class: 'primary' }, 'Fetch');
  const stop = h('button', { type: 'button', hidden: true }, 'Stop');
  return h('form', { class: 'pull', submit: async (e) => {
    e.preventDefault();
    const ending = new AbortController();
    stop.onclick = () => ending.abort();
    start.hidden = true;
    stop.hidden = false;
    bar.hidden = false;
    try {
      await pull(name.value.trim(), ending.signal, bar, said);
      toast('success', `${name.value.trim()} is there.`);
      await refresh();
    } catch (problem) {
      said.textContent = problem.name === 'AbortError' ? 'Stopped; the next try goes on from here.' : problem.message;
    } finally {
      start.hidden = false;
      stop.hidden = true;
      bar.hidden = true;
    }
  } }, name, start, stop, bar, said);
}

async function pull(model, signal, bar, said) {
  const response = await send('POST', '/admin/v1/models/pull', { model }, { signal });
  for await (const line of lines(response)) {
    const report = JSON.parse(line);
    if (report.error) {
      throw new Error(report.error.message);
    }
    said.textContent = report.total
      ? `${report.status}: ${bytes(report.completed)} of ${bytes(report.total)}` : report.status;
    if (report.total) {
      bar.value = report.completed / report.total;
    } else {
      bar.removeAttribute('value');
    }
  }
}
