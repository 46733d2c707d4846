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
import { arrive, depart } from './places.js';

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
let due = null;
let refreshing = false;

async function show() {
  const [asked, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const name = Object.hasOwn(VIEWS, asked) ? asked : 'bindings';
  const [title, view] = VIEWS[name];
  const mine = ++visit;
  shown.leave?.();
  shown = {};
  mark(name);
  const place = h('div');
  let about = '';
  try {
    about = rest.map(decodeURIComponent).join('/');
    const handle = await view(place, about);
    if (mine !== visit) {
      handle?.leave?.();
      return;
    }
    shown = handle ?? {};
  } catch (e) {
    place.replaceChildren(
      h('h1', {}, title ?? about),
      h('p', { class: 'problem', role: 'alert' }, e.message),
      h('p', {}, h('a', { href: '#/bindings' }, '← Bindings')));
    if (mine === visit && e.status === 0) {
      shown = { refresh: show };
    }
  }
  if (mine === visit) {
    document.getElementById('view').replaceChildren(place);
    document.title = `${title ?? about} · Bindery`;
    arrive();
  }
}

function mark(name) {
  const current = name === 'instances' ? 'bindings' : name;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#/${current}`) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
}

/** Many events come together; the view is made anew once for all of them. */
function refreshSoon() {
  due ??= setTimeout(refresh, QUIET);
}

async function refresh() {
  due = null;
  if (refreshing) {
    refreshSoon();
    return;
  }
  const view = shown;
  refreshing = true;
  try {
    await view.refresh?.();
  } catch (e) {
    if (e.status === 404 && view === shown) {
      show();
    }
  } finally {
    refreshing = false;
  }
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
window.addEventListener('hashchange', (e) => {
  depart(e.oldURL);
  show();
});
// Not every change of a setting is an event.
window.addEventListener('focus', refreshSoon);
// A file that misses its place must not take the console's own.
for (const event of ['dragover', 'drop']) {
  window.addEventListener(event, (e) => e.preventDefault());
}
show();
head().catch((e) => toast('error', e.message));
follow(before, heard, standing);
