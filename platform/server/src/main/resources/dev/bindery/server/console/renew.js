// New content in the place of old: what is the same stays, and so does the keyboard's place in it.

/** These only hold others together, so that what is in them is compared piece by piece. */
const HOLDS = '.scroll, table, thead, tbody';
const CONTROLS = 'a[href], button, input, select, textarea, summary';

/**
 * Gives a place new children. One that looks as before stays as it was: an image is not loaded
 * again, a selection stays. Children are told apart by their data-key, else by what they are.
 */
export function renew(place, children) {
  const goBack = keyboardIn(place);
  arrange(place, children);
  goBack();
}

function keyOf(element) {
  return element.dataset.key ?? element.tagName;
}

function arrange(place, children) {
  const before = new Map([...place.children].map((child) => [keyOf(child), child]));
  let at = place.firstElementChild;
  for (const child of children) {
    const node = chosen(before.get(keyOf(child)), child);
    before.delete(keyOf(child));
    if (node === at) {
      at = at.nextElementSibling;
    } else if (at && node === child && keyOf(at) === keyOf(child)) {
      at.replaceWith(child);
      at = child.nextElementSibling;
    } else {
      place.insertBefore(node, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextElementSibling;
    gone.remove();
  }
}

function chosen(old, child) {
  if (!old || old.tagName !== child.tagName) {
    return child;
  }
  if (old.matches(HOLDS)) {
    arrange(old, [...child.children]);
    return old;
  }
  return old.isEqualNode(child) ? old : child;
}

/** Answers what brings the focus back: to the same control, else to the one that came for it. */
function keyboardIn(place) {
  const focused = document.activeElement;
  if (!place.contains(focused)) {
    return () => {};
  }
  const row = focused.closest('[data-key]');
  const controls = (within) => [...within.querySelectorAll(CONTROLS)];
  const fromEnd = row ? controls(row).length - controls(row).indexOf(focused) : 1;
  return () => {
    if (document.activeElement === focused) {
      return;
    }
    const now = [...place.querySelectorAll('[data-key]')].find((one) => one.dataset.key === row?.dataset.key);
    const there = now ? controls(now) : [];
    const next = focused.isConnected ? focused
      : there.find((one) => one.textContent === focused.textContent) ?? there.at(-fromEnd) ?? document.querySelector('h1');
    next?.focus({ preventScroll: true });
  };
}
