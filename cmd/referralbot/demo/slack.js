// Slack's side of the page: messages, Block Kit, and windows with forms in them.

import { el, fill, timeOf, byDay, initials, menu } from './tree.js';

// ---- Text

const marks = [
  [/\*([^*\n]+)\*/, (t) => el('b', {}, mrkdwn(t))],
  [/_([^_\n]+)_/, (t) => el('i', {}, mrkdwn(t))],
  [/~([^~\n]+)~/, (t) => el('s', {}, mrkdwn(t))],
  [/`([^`\n]+)`/, (t) => el('code', {}, plain(t))],
  [/<([^>\n]+)>/, (t) => angle(t)],
];
const mark = new RegExp(`(?<![\\w])(?:${marks.map(([m]) => m.source).join('|')})(?![\\w])`);

let people = {}; // names by id

// mrkdwn reads Slack's markup.
function mrkdwn(text) {
  const found = mark.exec(text);
  if (!found) return [plain(text)];
  const kind = found.slice(1).findIndex((group) => group !== undefined);
  const after = found.index + found[0].length;
  return [plain(text.slice(0, found.index)), marks[kind][1](found[kind + 1]), mrkdwn(text.slice(after))].flat();
}

const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

// angle is a mention or a link, with what to call it after a bar.
function angle(inside) {
  const [what, label] = inside.split('|');
  if (what.startsWith('@')) return el('span', { class: 'mention' }, `@${people[what.slice(1)] || label || what.slice(1)}`);
  if (what.startsWith('!')) return el('span', { class: 'mention' }, label || `@${what.slice(1)}`);
  if (what.startsWith('#')) return el('span', { class: 'mention' }, `#${label || what.slice(1)}`);
  return el('a', { href: what, target: '_blank', rel: 'noopener noreferrer' }, plain(label || what));
}

// words are a text object's, as nodes; label are the same as a string.
const words = (text) => (!text ? [] : text.type === 'mrkdwn' ? mrkdwn(text.text) : [text.text]);
const label = (text) => (text ? text.text : '');

// ---- Blocks

// One function to each type of block; press makes the act of a button or of what is chosen.
const blocks = {
  header: (b) => el('h3', { class: 'heading' }, words(b.text)),
  section: (b, press) => [
    el('div', { class: 'beside' },
      b.text && el('div', { class: 'words' }, words(b.text)),
      b.accessory && element(b.accessory, (action) => press(`${b.block_id}/${action}`))),
    b.fields && el('dl', { class: 'pairs' }, b.fields.map(pair)),
  ],
  context: (b) => el('p', { class: 'small words' }, b.elements.map((e) => [words(typeof e.text === 'string' ? e : e.text), ' '])),
  actions: (b, press) => el('div', { class: 'row' }, b.elements.map((e) => element(e, press))),
  divider: () => el('hr', { class: 'rule' }),
  input: (b, press, view) => input(b, view),
};

// pair is a label, which stands on a line before its value, and the value.
function pair(text) {
  const [name, ...value] = label(text).split('\n');
  if (!value.length) return el('div', {}, el('dd', { class: 'words' }, words(text)));
  return el('div', {}, el('dt', {}, name), el('dd', { class: 'words' }, text.type === 'mrkdwn' ? mrkdwn(value.join('\n')) : value.join('\n')));
}

// One function to each type of element that acts when it is pressed or chosen.
const elements = {
  button: (e, press) => e.url
    ? el('a', { class: 'button', href: e.url, target: '_blank', rel: 'noopener noreferrer', 'data-key': e.action_id, 'data-act': JSON.stringify(press(e.action_id)) }, `${label(e.text)} ↗`)
    : el('button', { type: 'button', class: e.style || '', 'data-key': e.action_id, 'data-act': JSON.stringify(press(e.action_id)) }, label(e.text)),
  overflow: (e, press) => chooser(e, press, [el('span', { 'aria-hidden': 'true' }, '⋯'), el('span', { class: 'hidden' }, 'More')]),
  static_select: (e, press) => chooser(e, press, label(e.placeholder) || 'More'),
};

// element draws what stands among buttons: an input acts as soon as something is chosen in it.
function element(e, press) {
  if (elements[e.type]) return elements[e.type](e, press);
  const draw = manyTypes[e.type] || oneTypes[e.type];
  if (!draw) return undrawn(e.type);
  const to = press(e.action_id);
  const name = label(e.placeholder) || 'Choose';
  return el('div', { class: 'field', role: 'group', 'aria-label': name, 'data-key': e.action_id, 'data-choose': JSON.stringify(to) },
    draw(e, `${to.ts || to.view}-${to.action}`, e.initial || [], manyTypes[e.type] ? {} : { 'aria-label': name }));
}

// undrawn owns up to what this page cannot draw.
const undrawn = (type) => el('span', { class: 'small', 'data-undrawn': type }, `(${type}, which this page does not draw)`);

// chooser is a list of which one is chosen, and that acts.
function chooser(e, press, name) {
  return menu(e.action_id, name, e.options.map((o) =>
    el('button', { type: 'button', 'data-key': o.value, 'data-act': JSON.stringify({ ...press(e.action_id), chosen: [o.value] }) }, label(o.text))));
}

function drawBlocks(list, press, view) {
  return (list || []).map((b) => {
    const draw = blocks[b.type] || (() => undrawn(b.type));
    return el('div', { class: 'block', 'data-key': b.block_id }, draw(b, press, view));
  });
}

// ---- Inputs

function input(b, view) {
  const e = b.element;
  const id = `${view.id}-${b.block_id}`;
  const error = (view.errors || {})[b.block_id];
  const given = view.draft[b.block_id] || (view.entered || {})[b.block_id] || e.initial || [];
  const described = [b.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || null;
  const about = { 'aria-invalid': error ? 'true' : null, 'aria-describedby': described, 'aria-required': b.optional ? null : 'true' };
  const name = [words(b.label), b.optional && el('span', { class: 'small' }, ' (optional)')];
  const many = manyTypes[e.type];
  const about2 = many ? { 'aria-describedby': described } : {};
  return el(many ? 'fieldset' : 'div', { class: 'field', 'data-block': b.block_id, 'data-key': b.block_id, ...about2 },
    many ? el('legend', {}, name) : el('label', { for: id }, name),
    b.hint && el('div', { class: 'small', id: `${id}-hint` }, words(b.hint)),
    (many || oneTypes[e.type] || (() => undrawn(e.type)))(e, id, given, about),
    error && el('div', { class: 'wrong', id: `${id}-error` }, error));
}

const ticks = (type) => (e, id, given, about) => el('div', { class: e.options.length > 12 ? 'options long' : 'options' },
  e.options.map((o) => el('label', { class: 'option', 'data-key': o.value },
    el('input', { type, name: id, value: o.value, checked: given.includes(o.value), 'aria-invalid': about['aria-invalid'] }),
    el('span', {}, words(o.text), o.description && el('span', { class: 'small' }, ' ', words(o.description))))));

const manyTypes = { radio_buttons: ticks('radio'), checkboxes: ticks('checkbox'), multi_static_select: ticks('checkbox') };

const line = (type) => (e, id, given, about) =>
  el('input', { type, id, value: given[0] || '', placeholder: label(e.placeholder) || null, maxlength: e.max_length || null, autocomplete: 'off', ...about });

const oneTypes = {
  plain_text_input: (e, id, given, about) => e.multiline
    ? el('textarea', { id, rows: 4, maxlength: e.max_length || null, ...about }, given[0] || '')
    : line('text')(e, id, given, about),
  email_text_input: line('email'),
  url_text_input: line('url'),
  datepicker: line('date'),
  timepicker: line('time'),
  number_input: line('number'),
  static_select: (e, id, given, about) => select(e.options.map((o) => [o.value, label(o.text)]), id, given, about),
  users_select: (e, id, given, about) => select(Object.entries(people), id, given, about),
};

const select = (options, id, given, about) => el('select', { id, ...about },
  el('option', { value: '' }, 'Choose…'),
  options.map(([value, name]) => el('option', { value, selected: given.includes(value) }, name)));

// valueOf is what is entered in a field.
export function valueOf(field) {
  const ticked = [...field.querySelectorAll('input:checked')].map((i) => i.value);
  if (field.querySelector('input[type=radio], input[type=checkbox]')) return ticked;
  return [field.querySelector('input, select, textarea').value].filter(Boolean);
}

// ---- Windows

// drawView draws the window in front of somebody, over their pane. Focus goes into it if it
// was in the pane, or nowhere since the button that had it is gone; it cannot leave it while it
// is open, and goes back where it was.
export function drawView(pane, who, view, draft) {
  const place = pane.querySelector('.over');
  const open = place.querySelector('form');
  const focused = document.activeElement;
  const here = pane.contains(focused) || focused === document.body && !pane.dataset.playing;
  for (const part of pane.children) part.inert = Boolean(view) && part !== place;
  if (!view) {
    fill(place, []);
    if (open && here) (pane.opener && pane.opener.isConnected ? pane.opener : pane.querySelector('textarea')).focus();
    return;
  }
  const title = `${view.id}-title`;
  const same = open && open.dataset.view === view.id && open.dataset.title === view.title;
  view.errors = same ? open.errors : {};
  view.draft = draft || {};
  const press = (action) => ({ who, do: 'pressView', view: view.id, action });
  fill(place, [el('form', { class: 'form', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': title, novalidate: true,
    'data-key': view.id + view.blocks.map((b) => b.block_id).join(), 'data-who': who, 'data-view': view.id, 'data-title': view.title },
    el('header', {}, el('h3', { id: title, tabindex: '-1' }, view.title),
      el('button', { type: 'button', class: 'close', 'aria-label': 'Close', 'data-act': JSON.stringify({ who, do: 'close', view: view.id }) }, '×')),
    el('div', { class: 'body', tabindex: '0', role: 'group', 'aria-labelledby': title }, drawBlocks(view.blocks, press, view)),
    el('footer', {},
      el('button', { type: 'button', 'data-act': JSON.stringify({ who, do: 'close', view: view.id }) }, view.close || 'Close'),
      view.submit && el('button', { type: 'submit', class: 'primary submit' }, view.submit)))]);
  const now = place.querySelector('form');
  write(now, view.draft);
  if (now === open || !here) return;
  if (!open) pane.opener = focused;
  now.querySelector('h3').focus({ preventScroll: true });
}

// write puts what the example types into the fields of a form.
function write(form, draft) {
  for (const [block, values] of Object.entries(draft)) {
    const field = form.querySelector(`[data-block="${CSS.escape(block)}"]`);
    if (!field) continue;
    for (const i of field.querySelectorAll('input[type=radio], input[type=checkbox]')) i.checked = values.includes(i.value);
    const one = field.querySelector('select, textarea, input:not([type=radio]):not([type=checkbox])');
    if (one) one.value = values[0] || '';
    const body = form.querySelector('.body');
    body.scrollTop = Math.max(body.scrollTop, field.offsetTop + field.offsetHeight - body.offsetTop - body.clientHeight + 16);
  }
}

// Tab goes round in a window, and Escape closes it, also where a redrawing has taken the focus away.
document.addEventListener('keydown', (event) => {
  const form = event.target === document.body ? [...document.querySelectorAll('.form')].at(-1) : event.target.closest('.form');
  if (form && event.key === 'Escape') form.querySelector('.close').click();
  if (!form || event.key !== 'Tab') return;
  const stops = [...form.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((e) => !e.disabled && e.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const from = document.activeElement;
  if (event.shiftKey ? from === first || !stops.includes(from) : from === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
});

// ---- Messages

// messages draws what who sees in a channel.
export function messages(list, names, who) {
  people = names;
  return byDay(list, (m) => m.at, (m) => message(m, who));
}

function message(m, who) {
  const bot = !people[m.user];
  const name = people[m.user] || 'referralbot';
  const press = (action) => ({ who, do: 'press', channel: m.channel, ts: m.ts, action });
  const card = m.blocks && m.blocks[0].type === 'header';
  const typed = el('div', { class: 'words' }, bot ? mrkdwn(m.text) : m.text);
  return el('article', { class: 'said' + (m.ephemeral ? ' private' : ''), 'data-key': m.ts },
    el('span', { class: bot ? 'face bot' : 'face', 'aria-hidden': 'true' }, bot ? '' : initials(name)),
    el('div', { class: 'text' },
      m.ephemeral && el('div', { class: 'small' }, 'Only visible to you'),
      el('div', { class: 'who' }, el('b', {}, name), bot && el('span', { class: 'app' }, 'APP'), el('time', {}, timeOf(m.at)), m.edited && el('span', { class: 'small' }, '(edited)')),
      el('div', { class: 'blocks' + (card ? ' card' : '') }, m.blocks ? drawBlocks(m.blocks, press) : typed)));
}

// home draws the app's Home tab.
export function home(view, who) {
  if (!view) return [];
  const press = (action) => ({ who, do: 'pressView', view: view.id, action });
  return [el('div', { class: 'home', 'data-key': 'home' }, drawBlocks(view.blocks, press, view))];
}
