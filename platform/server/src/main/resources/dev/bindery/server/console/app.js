// The console: which view is shown, and what the host's events change on it.

import { h, toast } from './dom.js';
import { ask, follow } from './host.js';
import { bindingsView } from './bindings.js';
import { instanceView } from './instance.js';
import { modelsView } from './models.js';
import { chatView } from './chat.js';
import { eventsView, remember } from './events.js';
import { keysView } from './keys.js';
import { doctorView } from './doctor.js';

/** Each gives its title and a function that fills an element and may answer { refresh, leave }. */
const VIEWS = {
  bindings: ['Bindings', bindingsView],
  models: ['Models', modelsView],
  chat: ['Chat', chatView],
  events: ['Events', eventsView],
  keys: ['API keys', keysView],
  doctor: ['Doctor', doctorView],
  instances: [null, instanceView],
};
const QUIET = 300;

let shown = {};
let visit = 0;
let waiting = null;

async function show() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const [, view] = VIEWS[name] ?? VIEWS.bindings;
  const mine = ++visit;
  shown.leave?.();
  shown = {};
  mark(VIEWS[name] ? name : 'bindings');
  const place = h('div');
  try {
    const handle = await view(place, rest.map(decodeURIComponent).join('/'));
    if (mine !== visit) {
      handle?.leave?.();
      return;
    }
    shown = handle ?? {};
  } catch (e) {
    place.replaceChildren(h('p', { class: 'problem', role: 'alert' }, e.message));
  }
  if (mine === visit) {
    document.getElementById('view').replaceChildren(place);
  }
}

function mark(name) {
  const current = name === 'instances' ? 'bindings' : name;
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.hash === `#/${current}`);
  }
}

/** Many events come together; the view is made anew once they have. */
function refreshSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => shown.refresh?.().catch(() => {}), QUIET);
}

/** What happened before this page was opened, for the view of events alone. */
function before(topic, event) {
  if (topic !== 'gap') {
    remember(topic, event);
    shown.event?.(topic, event);
  }
}

function heard(topic, event) {
  remember(topic, event);
  shown.event?.(topic, event);
  const [type, what] = topic.split('/');
  if (type === 'notification') {
    if (what !== 'info') {
      toast(what, `${event.subject}: ${event.message}`);
    }
  } else if (type !== 'progress') {
    refreshSoon();
  }
}

function standing(connected) {
  document.getElementById('gone').hidden = connected;
  if (connected) {
    refreshSoon();
  }
}

async function head() {
  const status = await ask('GET', '/admin/v1/status');
  document.getElementById('version').textContent = `${status.version} on ${status.address}`;
}

document.querySelector('nav').append(...Object.entries(VIEWS)
  .filter(([, [title]]) => title)
  .map(([name, [title]]) => h('a', { href: `#/${name}` }, title)));
window.addEventListener('hashchange', show);
show();
head().catch((e) => toast('error', e.message));
follow(before, heard, standing);
