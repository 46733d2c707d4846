// What happens on the host, as it happens.

import { badge, clock, h } from './dom.js';

const KEPT = 1000;
const kept = [];

/** Keeps an event for whoever opens the view later. */
export function remember(topic, event) {
  kept.push([topic, event]);
  if (kept.length > KEPT) {
    kept.shift();
  }
}

export async function eventsView(place) {
  const wanted = h('input', { type: 'search', class: 'wide', 'aria-label': 'Show only', placeholder: 'Show only, for instance: echo' });
  const rows = h('tbody');
  const none = h('p', { class: 'empty', role: 'status' });
  const fits = ([topic, event]) => `${topic} ${event.subject ?? ''} ${event.message}`.toLowerCase().includes(wanted.value.toLowerCase());
  function fill() {
    rows.replaceChildren(...kept.filter(fits).map(row).reverse());
    none.textContent = kept.length > 0 ? 'No event says that.' : 'The host has no events yet.';
    none.hidden = rows.children.length > 0;
  }
  wanted.addEventListener('input', fill);
  fill();
  place.append(h('h1', {}, 'Events'), wanted, none, h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Time', 'What', 'Whose', 'More'].map((head) => h('th', { scope: 'col' }, head)))), rows)));
  return {
    event: (topic, event) => {
      if (fits([topic, event])) {
        none.hidden = true;
        rows.prepend(row([topic, event]));
      }
      while (rows.children.length > KEPT) {
        rows.lastChild.remove();
      }
    },
  };
}

function row([topic, event]) {
  const [type, what] = topic.split('/');
  return h('tr', {},
    h('td', { class: 'whole', title: event.time }, event.time ? clock(event.time) : ''),
    h('td', {}, what ? badge(what) : type, ' ', h('span', { class: 'quiet' }, what ? type : '')),
    h('td', {}, event.subject ?? ''),
    h('td', {}, event.message));
}
