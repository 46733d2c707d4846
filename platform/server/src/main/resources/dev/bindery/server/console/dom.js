// Small help with the document. Whatever comes from the host becomes text, never markup.

/** An element. Functions among the attributes are listeners; true is an attribute without a value. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that cannot be pressed again while its work goes on; it keeps the keyboard. */
export function button(label, work, attributes = {}) {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', async () => {
    if (element.ariaDisabled) {
      return;
    }
    element.ariaDisabled = 'true';
    try {
      await work();
    } catch (e) {
      toast('error', e.message);
    } finally {
      element.ariaDisabled = null;
    }
  });
  return element;
}

export function badge(state, weight = tone(state)) {
  return h('span', { class: `badge ${weight}` }, state.replaceAll('_', ' ').toLowerCase());
}

const TONES = {
  ACTIVE: 'good', UP: 'good', fine: 'good', success: 'good', READY: 'good',
  FAILED: 'bad', QUARANTINED: 'bad', LEAKED: 'bad', error: 'bad', problem: 'bad',
  DEGRADED: 'warn', NEEDS_CONFIGURATION: 'warn', warning: 'warn', note: 'warn',
};

/** How good it is to stand so. */
export function tone(state) {
  return Object.hasOwn(TONES, state) ? TONES[state] : 'plain';
}

/** A table whose rows are lists of cells; the first one's text tells rows apart. */
export function table(heads, rows, empty) {
  if (rows.length === 0) {
    return h('p', { class: 'empty' }, empty);
  }
  return h('div', { class: 'scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, rows.map(row))));
}

function row(cells) {
  const made = h('tr', {}, cells.map((cell) => h('td', {}, cell)));
  made.dataset.key = made.firstChild.textContent;
  return made;
}

const MOST_TOASTS = 4;
const TOAST_TIME = { bad: 30_000 };

/** A sentence in the corner, for a while or until it is pressed; of many, the latest. */
export function toast(weight, text) {
  const all = document.getElementById('toasts');
  if ([...all.children].some((one) => one.textContent === text)) {
    return;
  }
  const note = h('button', { type: 'button', class: `toast ${tone(weight)}`, click: () => note.remove() }, text);
  all.append(note);
  while (all.children.length > MOST_TOASTS) {
    all.firstChild.remove();
  }
  setTimeout(() => note.remove(), TOAST_TIME[tone(weight)] ?? 10_000);
}

export function bytes(count) {
  if (count === undefined || count === null) {
    return '';
  }
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function clock(time) {
  return new Date(time).toLocaleTimeString();
}

/** Amounts by currency, as { USD: 0.02 }. */
export function money(cost) {
  return Object.entries(cost).map(([currency, amount]) => `${Number(amount).toFixed(4)} ${currency}`).join(' + ');
}
