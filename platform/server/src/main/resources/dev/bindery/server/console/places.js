// Where in a view its reader was: kept for coming back, also over a reload.

const KEPT = 'bindery.places';
const places = read();
let first = true;

history.scrollRestoration = 'manual';
window.addEventListener('pagehide', () => {
  depart(location.href);
  sessionStorage.setItem(KEPT, JSON.stringify([...places]));
});

function read() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? '[]'));
  } catch {
    return new Map();
  }
}

/** The view at an address is left. */
export function depart(address) {
  places.set(new URL(address).hash, scrollY);
}

/** The view at the address is there: to where it was left, and for the keyboard to its beginning. */
export function arrive() {
  const heading = document.querySelector('#view h1');
  heading?.setAttribute('tabindex', '-1');
  if (!first) {
    heading?.focus({ preventScroll: true });
  }
  first = false;
  scrollTo({ top: places.get(location.hash) ?? 0, behavior: 'instant' });
}
