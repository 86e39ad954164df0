// The page is drawn anew from a snapshot whenever anything happens, and changes only what
// differs, so that focus, scrolling and half-typed words stay where they are.

export const $ = (id) => document.getElementById(id);

// el makes an element. Children that are null, false or empty are left out.
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== ''));
  return node;
}

const keyOf = (node) => (node.nodeType === 1 ? node.getAttribute('data-key') : null);
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

// fill makes the children of parent like those of want, keeping each that is alike.
export function fill(parent, want) {
  let here = parent.firstChild;
  for (const next of [...want].flat(Infinity).filter(Boolean)) {
    let found = here;
    while (found && !alike(found, next)) found = found.nextSibling;
    if (!found) {
      parent.insertBefore(next, here);
      continue;
    }
    while (here !== found) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
    become(here, next);
    here = here.nextSibling;
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}

// become makes have like want without replacing it. What a person has typed, ticked or
// unfolded is theirs: only the example, which types on their behalf, writes into a field.
function become(have, want) {
  if (have.nodeType !== 1) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  const theirs = (name) => name === 'open' && have.nodeName === 'DETAILS';
  for (const { name } of [...have.attributes]) if (!want.hasAttribute(name) && !theirs(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value && !theirs(name)) have.setAttribute(name, value);
  if (have.nodeName !== 'TEXTAREA') fill(have, [...want.childNodes]);
}

// London is where the service is, wherever the page is looked at.
const inLondon = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options });
const formats = {
  time: inLondon({ hour: '2-digit', minute: '2-digit' }),
  day: inLondon({ weekday: 'long', day: 'numeric', month: 'long' }),
  both: inLondon({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
};

export const timeOf = (at) => formats.time.format(new Date(at));
export const dayOf = (at) => formats.day.format(new Date(at));
export const momentOf = (at) => formats.both.format(new Date(at));

export const initials = (name) => name.split(/\s+/).map((w) => w[0]).slice(0, 2).join('').toUpperCase();

// byDay puts a heading before the first of the messages of each day.
export function byDay(messages, at, draw) {
  let day = '';
  return messages.flatMap((m) => {
    const its = dayOf(at(m));
    const heading = its !== day && el('div', { class: 'day', 'data-key': `day ${its}` }, el('span', {}, its));
    day = its;
    return [heading, draw(m)];
  }).filter(Boolean);
}

// log fills a list of messages. It goes to its end if there are new ones, and stays there.
export function log(place, messages, empty) {
  const last = place.lastElementChild;
  const before = last && last.dataset.key;
  const atEnd = isAtEnd(place);
  fill(place, messages.length ? messages : [el('p', { class: 'empty', 'data-key': 'empty' }, empty)]);
  if (atEnd || place.lastElementChild.dataset.key !== before) place.scrollTop = place.scrollHeight;
}

const isAtEnd = (place) => place.scrollTop + place.clientHeight > place.scrollHeight - 40;

// stay keeps a list of messages at its end while the room for it changes.
export function stay(place) {
  let atEnd = true;
  place.addEventListener('scroll', () => { atEnd = isAtEnd(place); });
  new ResizeObserver(() => { if (atEnd) place.scrollTop = place.scrollHeight; }).observe(place);
}

// menu is a button that unfolds things to do, each a button or a link.
export function menu(key, label, items, className) {
  return el('details', { class: `menu ${className || ''}`, 'data-key': key }, el('summary', {}, label), el('div', { class: 'items' }, items));
}

document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('details.menu[open]')) {
    const inside = open.contains(event.target);
    if (!inside || event.target.closest('.items button, .items a')) open.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest('details.menu[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
  event.stopImmediatePropagation();
});

document.addEventListener('toggle', (event) => {
  if (event.target.matches('details.menu[open]')) event.target.querySelector('.items').scrollIntoView({ block: 'nearest' });
}, true);
