// Which bindings there are, how they and their instances stand, and everything done to jars.

import { badge, button, h, toast } from './dom.js';
import { ask } from './host.js';

export async function bindingsView(place) {
  const list = h('div', { class: 'cards' });
  async function refresh() {
    const [{ bindings }, { instances }] = await Promise.all(
      [ask('GET', '/admin/v1/bindings'), ask('GET', '/admin/v1/instances')]);
    const byName = new Map(instances.map((instance) => [instance.name, instance]));
    list.replaceChildren(...bindings.map((binding) => card(binding, byName, refresh)));
  }
  place.append(h('h1', {}, 'Bindings'), dropArea(refresh), list);
  await refresh();
  return { refresh };
}

function card(binding, instances, refresh) {
  return h('article', { class: 'card', 'data-binding': binding.id },
    h('header', {},
      logo(`/bindings/${encodeURIComponent(binding.id)}/logo`),
      h('div', {},
        h('h2', {}, binding.name, ' ', h('small', {}, binding.version)),
        h('p', { class: 'quiet' }, binding.card?.description ?? binding.file)),
      badge(binding.state)),
    binding.reason && instancesOf(binding, instances).every((instance) => instance.reason !== binding.reason)
      && h('p', { class: 'reason' }, binding.reason),
    h('ul', { class: 'instances' }, instancesOf(binding, instances).map(row)),
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
  const degraded = instance.state === 'ACTIVE' && instance.health.status !== 'UP';
  const reason = degraded ? instance.health.reason : instance.reason;
  return h('li', {},
    h('a', { href: `#/instances/${encodeURIComponent(instance.name)}` }, instance.name), ' ',
    badge(degraded ? instance.health.status : instance.state),
    instance.active_calls > 0 && h('span', { class: 'quiet' }, ` ${instance.active_calls} in flight`),
    reason && h('p', { class: 'reason' }, reason));
}

function actions(binding, refresh) {
  const path = `/admin/v1/bindings/${encodeURIComponent(binding.id)}`;
  const change = (verb) => async () => {
    await ask('POST', `${path}/${verb}`);
    await refresh();
  };
  const off = binding.state === 'DISABLED';
  return [
    button('Another instance', () => create(binding)),
    off || button('Reload', change('reload')),
    off || button('Roll back', change('rollback')),
    button(off || binding.state === 'QUARANTINED' ? 'Enable' : 'Disable',
      change(off || binding.state === 'QUARANTINED' ? 'enable' : 'disable')),
    button('Uninstall', async () => {
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

async function create(binding) {
  const name = prompt(`A name for another instance of ${binding.name}; it comes first in its models' names:`);
  if (name?.trim()) {
    await ask('PATCH', `/admin/v1/instances/${encodeURIComponent(name.trim())}`, { binding: binding.id });
    location.hash = `#/instances/${encodeURIComponent(name.trim())}`;
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
