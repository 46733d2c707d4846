// Which bindings there are, how they and their instances stand, and everything done to jars.

import { badge, button, h, toast, tone } from './dom.js';
import { ask } from './host.js';
import { renew } from './renew.js';

export async function bindingsView(place) {
  const standing = h('ul', { class: 'overview', 'aria-label': 'How the instances stand' });
  const list = h('div', { class: 'cards' });
  async function refresh() {
    const [{ bindings }, { instances }] = await Promise.all(
      [ask('GET', '/admin/v1/bindings'), ask('GET', '/admin/v1/instances')]);
    const byName = new Map(instances.map((instance) => [instance.name, instance]));
    renew(standing, overview(instances));
    renew(list, bindings.map((binding) => card(binding, byName, refresh)));
  }
  place.append(h('h1', {}, 'Bindings'), standing, dropArea(refresh), list);
  await refresh();
  return { refresh };
}

/** Who serves and who does not, in a line for each way to stand; those that serve come first. */
function overview(instances) {
  const groups = Map.groupBy(instances, standingOf);
  const serving = groups.get('ACTIVE') ?? [];
  groups.delete('ACTIVE');
  const lines = [...groups].sort(([a], [b]) => a.localeCompare(b));
  return [
    serving.length > 0
      ? group('ACTIVE', 'Serving', serving)
      : h('li', { 'data-key': 'ACTIVE' }, 'No instance serves yet: give one what it needs, or install a binding.'),
    ...lines.map(([state, those]) => group(state, '', those)),
  ];
}

function group(state, title, instances) {
  return h('li', { 'data-key': state }, badge(title || state, tone(state)), ' ',
    instances.map((instance, i) => [i > 0 && ', ', link(instance)]));
}

function link(instance) {
  return h('a', { href: `#/instances/${encodeURIComponent(instance.name)}` }, instance.name);
}

/** What of state and health matters to who uses it. */
function standingOf(instance) {
  return instance.state === 'ACTIVE' && instance.health.status !== 'UP' ? instance.health.status : instance.state;
}

function card(binding, instances, refresh) {
  const own = instancesOf(binding, instances);
  const serves = own.length === 0 || own.some((instance) => standingOf(instance) === 'ACTIVE');
  return h('article', { class: 'card', 'data-binding': binding.id, 'data-key': binding.id, 'data-file': binding.file },
    h('header', {},
      logo(`/bindings/${encodeURIComponent(binding.id)}/logo`),
      h('div', {},
        h('h2', {}, binding.name, ' ', h('small', {}, binding.version)),
        h('p', { class: 'quiet' }, binding.card?.description ?? binding.file)),
      badge(binding.state, binding.state === 'ACTIVE' && !serves ? 'plain' : undefined)),
    binding.reason && own.every((instance) => instance.reason !== binding.reason)
      && h('p', { class: 'reason' }, binding.reason),
    h('ul', { class: 'instances' }, own.map(row)),
    h('footer', {}, actions(binding, refresh)));
}

const LOGOS = ['svg', 'png', 'jpg', 'webp'];

/** A jar may have its logo in one of these forms, or none. */
function logo(path) {
  let tried = 0;
  const image = h('img', { src: `${path}.${LOGOS[tried]}`, alt: '', width: 40, height: 40 });
  image.addEventListener('error', () => {
    tried += 1;
    if (tried < LOGOS.length) {
      image.src = `${path}.${LOGOS[tried]}`;
    } else {
      image.remove();
    }
  });
  return image;
}

function instancesOf(binding, instances) {
  return binding.instances.map((name) => instances.get(name)).filter(Boolean);
}

function row(instance) {
  const standing = standingOf(instance);
  const reason = standing === instance.state ? instance.reason : instance.health.reason;
  return h('li', {},
    link(instance), ' ',
    badge(standing),
    instance.active_calls > 0 && h('span', { class: 'quiet' }, ` ${instance.active_calls} in flight`),
    reason && h('p', { class: 'reason' }, reason));
}

function actions(binding, refresh) {
  const path = `/admin/v1/bindings/${encodeURIComponent(binding.id)}`;
  const change = (verb) => async () => {
    await ask('POST', `${path}/${verb}`);
    await refresh();
  };
  const act = (label, work, attributes) => labelled(label, binding, work, attributes);
  const off = binding.state === 'DISABLED';
  return [
    act('Another instance', () => create(binding)),
    off || act('Reload', change('reload')),
    off || act('Roll back', change('rollback')),
    act(off || binding.state === 'QUARANTINED' ? 'Enable' : 'Disable',
      change(off || binding.state === 'QUARANTINED' ? 'enable' : 'disable')),
    act('Uninstall', async () => {
      const what = binding.bundled
        ? 'It comes with Bindery, so it is hidden; installing its jar brings it back.'
        : `${binding.file} is deleted.`;
      if (confirm(`Uninstall ${binding.id}? ${what}`)) {
        await ask('DELETE', path);
        await refresh();
      }
    }, { class: 'danger' }),
  ];
}

/** For who hears the buttons and does not see on which card they are. */
function labelled(label, binding, work, attributes = {}) {
  return button(label, work, { 'aria-label': `${label}: ${binding.name}`, ...attributes });
}

async function create(binding) {
  const name = prompt(`A name for another instance of ${binding.name}; it comes first in its models' names:`);
  if (name?.trim()) {
    await ask('PATCH', `/admin/v1/instances/${encodeURIComponent(name.trim())}`, { binding: binding.id });
    location.hash = `#/instances/${encodeURIComponent(name.trim())}`;
  }
}

/** What a folder is not, nor a file that has gone or changed since. */
async function readable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Error('it cannot be read; is it a folder?');
  }
}

/** Jars are dropped here, or chosen; they are installed one after the other. */
function dropArea(refresh) {
  const said = h('ul', { class: 'installed', 'aria-live': 'polite' });
  async function install(files) {
    for (const file of files) {
      const line = h('li', {}, `${file.name}: installing …`);
      said.append(line);
      try {
        await readable(file);
        const binding = await ask('POST', `/admin/v1/bindings?file=${encodeURIComponent(file.name)}`, file);
        line.textContent = binding.current
          ? `${file.name}: ${binding.id} ${binding.version} is ${binding.state}. ${binding.reason}`
          : `${file.name} does not serve: ${binding.reason || `${binding.file} has the same id and goes first`}`;
        line.className = binding.current && ['ACTIVE', 'DISABLED'].includes(binding.state) ? 'done' : 'problem';
      } catch (e) {
        line.textContent = `${file.name}: ${e.message}`;
        line.className = 'problem';
      }
      await refresh().catch((e) => toast('error', e.message));
    }
  }
  const input = h('input', { type: 'file', accept: '.jar', multiple: true, id: 'jars', change: () => {
    install([...input.files]);
    input.value = '';
  } });
  const area = h('section', { class: 'drop' },
    h('label', { for: 'jars' }, 'Drop jars of bindings here, or choose them: '), input, said);
  area.addEventListener('dragover', (e) => {
    e.preventDefault();
    area.classList.add('over');
  });
  area.addEventListener('dragleave', () => area.classList.remove('over'));
  area.addEventListener('drop', (e) => {
    e.preventDefault();
    area.classList.remove('over');
    install([...e.dataTransfer.files]);
  });
  return area;
}
