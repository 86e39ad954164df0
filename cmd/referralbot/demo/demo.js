'use strict';

// The page draws itself anew from a snapshot whenever anything happens, and changes only
// what differs, so that focus, scrolling and half-typed words stay where they are.

const $ = (id) => document.getElementById(id);

// What the page itself remembers: whose clinician's eyes we look through, and where.
const looking = { clinician: null, channel: 'triage', seen: { triage: 0, safety: 0 } };
let shown = null; // the last snapshot

// ---- Building and changing elements

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ''));
  return node;
}

const keyOf = (node) => (node.nodeType === 1 ? node.getAttribute('data-key') : null);
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

// fill makes the children of parent like those of want, keeping each that is alike.
function fill(parent, want) {
  let here = parent.firstChild;
  for (const next of [...want]) {
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

// become makes have like want without replacing it. What a person has typed or ticked is
// theirs: only the example, which types on their behalf, writes into a field.
function become(have, want) {
  if (have.nodeType !== 1) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  for (const { name } of [...have.attributes]) if (!want.hasAttribute(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  if (have.nodeName !== 'TEXTAREA') fill(have, want.childNodes);
}

// ---- Acting

async function act(what) {
  const answer = await fetch('/act', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(what),
  });
  const said = answer.ok ? await answer.json() : { error: 'That could not be done.' };
  $('lost').textContent = said.error || '';
  return said;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act], [data-look]');
  if (!button) return;
  if (button.dataset.act) act(JSON.parse(button.dataset.act));
  if (button.dataset.look) {
    Object.assign(looking, JSON.parse(button.dataset.look));
    draw(shown);
  }
});

document.addEventListener('change', (event) => {
  const menu = event.target.closest('[data-choose]');
  if (!menu || !menu.value) return;
  act({ ...JSON.parse(menu.dataset.choose), chosen: [menu.value] });
  menu.value = '';
});

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches('.composer')) return say(form);
  const values = {};
  for (const field of form.querySelectorAll('[data-block]')) values[field.dataset.block] = valueOf(field);
  form.querySelector('.submit').disabled = true;
  const answer = await act({ who: form.dataset.who, do: 'submit', view: form.dataset.view, values });
  form.querySelector('.submit').disabled = false;
  showErrors(form, answer.errors || {});
});

function say(form) {
  const words = form.querySelector('textarea');
  const text = words.value.trim();
  if (text) act({ who: form.dataset.who, do: 'say', text });
  words.value = '';
}

// Enter sends, as in both chats; Shift and Enter begins a new line.
document.addEventListener('keydown', (event) => {
  const composer = event.target.closest('.composer');
  if (composer && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    say(composer);
  }
  const form = event.target.closest('.form');
  if (form && event.key === 'Escape') form.querySelector('.close').click();
});

function valueOf(field) {
  const ticked = [...field.querySelectorAll('input:checked')].map((i) => i.value);
  if (field.querySelector('input[type=radio], input[type=checkbox]')) return ticked;
  return [field.querySelector('input, select, textarea').value].filter(Boolean);
}

function showErrors(form, errors) {
  form.errors = errors;
  draw(shown);
  const first = form.querySelector('[aria-invalid=true]');
  if (first) first.focus();
  else form.querySelector('.body').scrollTop = 0;
}

// ---- Slack's blocks

const initials = (name) => name.split(/\s+/).map((w) => w[0]).slice(0, 2).join('').toUpperCase();
const clock = (at) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
const words = (text) => (text ? (text.type === 'mrkdwn' ? text.text.replace(/[*_`]/g, '') : text.text) : '');

// One function to each type of block; press makes the act of a button.
const blocks = {
  header: (b) => el('h3', { class: 'heading' }, words(b.text)),
  section: (b, press) => [
    b.text && el('div', { class: 'words' }, words(b.text)),
    b.fields && el('div', { class: 'pairs' }, b.fields.map((f) => el('div', { class: 'words' }, pair(words(f))))),
    b.accessory && el('div', { class: 'row' }, button(b.accessory, (action) => press(`${b.block_id}/${action}`))),
  ],
  context: (b) => el('div', { class: 'small words' }, b.elements.map(plainWords).join('  ')),
  actions: (b, press) => el('div', { class: 'row' }, b.elements.map((e) => (e.options ? menu : button)(e, press))),
  divider: () => el('hr', { class: 'rule' }),
  input: (b, press, view) => input(b, view),
};

const plainWords = (e) => (typeof e.text === 'string' ? e.text : words(e.text));

// pair sets a label, which stands on a line before its value, apart from it.
function pair(text) {
  const [label, ...rest] = text.split('\n');
  return rest.length ? [el('span', { class: 'small' }, label), el('br'), rest.join('\n')] : [text];
}

function button(e, press) {
  return el('button', { type: 'button', class: e.style || '', 'data-key': e.action_id, 'data-act': JSON.stringify(press(e.action_id)) }, words(e.text));
}

// menu is a list of things to do, of which the first only says so.
function menu(e, press) {
  const name = words(e.placeholder) || 'More';
  return el('select', { class: 'menu', 'data-key': e.action_id, 'aria-label': name, 'data-choose': JSON.stringify(press(e.action_id)) },
    el('option', { value: '' }, name), e.options.map((o) => el('option', { value: o.value }, words(o.text))));
}

function drawBlocks(list, press, view) {
  return (list || []).map((b) => {
    const drawn = blocks[b.type] ? blocks[b.type](b, press, view) : null;
    return drawn && el('div', { class: 'blocks', 'data-key': b.block_id }, drawn);
  });
}

// ---- Slack's inputs

function input(b, view) {
  const e = b.element;
  const id = `${view.id}-${b.block_id}`;
  const error = (view.errors || {})[b.block_id];
  const given = view.draft[b.block_id] || (view.entered || {})[b.block_id] || e.initial || [];
  const described = [b.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || null;
  const about = { 'aria-invalid': error ? 'true' : null, 'aria-describedby': described };
  const label = words(b.label) + (b.optional ? ' (optional)' : '');
  const many = Boolean(manyTypes[e.type]);
  const parts = [
    el(many ? 'legend' : 'label', many ? {} : { for: id }, label),
    (manyTypes[e.type] || oneTypes[e.type] || oneTypes.plain_text_input)(e, id, given, about),
    b.hint && el('div', { class: 'small', id: `${id}-hint` }, words(b.hint)),
    error && el('div', { class: 'wrong', id: `${id}-error` }, error),
  ];
  return el(many ? 'fieldset' : 'div', { class: 'field', 'data-block': b.block_id, 'data-key': b.block_id }, parts);
}

const ticks = (type) => (e, id, given, about) =>
  e.options.map((o, i) => el('label', { class: 'option', 'data-key': o.value },
    el('input', { type, name: id, value: o.value, checked: given.includes(o.value), ...(i ? {} : about) }),
    el('span', {}, words(o.text), o.description && el('span', { class: 'small' }, ' ', words(o.description)))));

const manyTypes = { radio_buttons: ticks('radio'), checkboxes: ticks('checkbox'), multi_static_select: ticks('checkbox') };

const line = (type) => (e, id, given, about) =>
  el('input', { type, id, value: given[0] || '', placeholder: words(e.placeholder) || null, maxlength: e.max_length || null, autocomplete: 'off', ...about });

const oneTypes = {
  plain_text_input: (e, id, given, about) => e.multiline
    ? el('textarea', { id, rows: 4, maxlength: e.max_length || null, ...about }, given[0] || '')
    : line('text')(e, id, given, about),
  email_text_input: line('email'),
  datepicker: line('date'),
  number_input: line('number'),
  static_select: (e, id, given, about) => select(e.options.map((o) => [o.value, words(o.text)]), id, given, about),
  users_select: (e, id, given, about) => select([shown.visitor, ...shown.clinicians].map((p) => [p.id, p.name]), id, given, about),
};

const select = (options, id, given, about) => el('select', { id, ...about },
  el('option', { value: '' }, 'Choose…'),
  options.map(([value, label]) => el('option', { value, selected: given.includes(value) }, label)));

// ---- Slack's windows and messages

function drawView(place, who, view, draft) {
  const open = place.querySelector('form');
  const pane = place.closest('.pane');
  const opener = document.activeElement;
  const here = pane.contains(opener);
  if (!view) {
    fill(place, []);
    if (open && here) (pane.opener && pane.opener.isConnected ? pane.opener : pane.querySelector('.tools button')).focus();
    return;
  }
  const same = open && open.dataset.view === view.id && open.dataset.title === view.title;
  view.errors = same ? open.errors : {};
  view.draft = draft || {};
  const press = (action) => ({ who, do: 'pressView', view: view.id, action });
  fill(place, [el('form', { class: 'form', role: 'dialog', 'aria-label': view.title, novalidate: true, 'data-key': view.id + view.blocks.map((b) => b.block_id).join(),
    'data-who': who, 'data-view': view.id, 'data-title': view.title },
    el('header', {}, el('h3', {}, view.title),
      el('button', { type: 'button', class: 'close', 'aria-label': 'Close', 'data-act': JSON.stringify({ who, do: 'close', view: view.id }) }, '×')),
    el('div', { class: 'body', tabindex: '0', role: 'group', 'aria-label': view.title }, drawBlocks(view.blocks, press, view)),
    view.submit && el('footer', {}, el('button', { type: 'submit', class: 'submit' }, view.submit)))]);
  const now = place.querySelector('form');
  write(now, view.draft);
  if (now === open || !here) return;
  if (!open) pane.opener = opener;
  now.querySelector('.body').focus({ preventScroll: true });
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

function slackMessage(m, names, who) {
  const bot = !names[m.user];
  const name = names[m.user] || 'Referral Bot';
  const press = (action) => ({ who, do: 'press', channel: m.channel, ts: m.ts, action });
  const body = m.blocks ? drawBlocks(m.blocks, press) : el('div', { class: 'words' }, m.text);
  const card = m.blocks && m.blocks[0].type === 'header';
  return el('article', { class: 'said' + (bot ? ' bot' : '') + (m.ephemeral ? ' private' : ''), 'data-key': m.ts },
    el('span', { class: 'face', 'aria-hidden': 'true' }, bot ? 'RB' : initials(name)),
    el('div', {},
      el('div', { class: 'who' }, name, el('time', {}, clock(m.at)), m.edited && el('span', { class: 'small' }, 'edited')),
      m.ephemeral && el('div', { class: 'small' }, 'Only visible to you'),
      el('div', { class: 'blocks' + (card ? ' card' : '') }, body)));
}

// ---- Telegram

function bubble(m) {
  const press = (b) => JSON.stringify({ who: 'parent', do: 'press', message: m.ID, data: b.Data });
  const rows = (m.Buttons || []).map((row) => el('div', {}, row.map((b) =>
    el('button', { type: 'button', 'data-key': b.Data, 'data-act': press(b) }, b.Text))));
  return el('article', { class: 'bubble' + (m.FromBot ? '' : ' me'), 'data-key': String(m.ID) },
    el('span', { class: 'words' }, m.Text),
    rows.length ? el('div', { class: 'keys' }, rows) : null,
    el('time', {}, clock(m.Sent)));
}

// ---- Drawing

// log fills a list of messages and, if there are new ones, goes to its end.
function log(place, messages, empty) {
  const before = place.lastElementChild && place.lastElementChild.dataset.key;
  fill(place, messages.length ? messages : [el('p', { class: 'empty' }, ...empty)]);
  const last = place.lastElementChild;
  if (last.dataset.key !== before) place.scrollTop = place.scrollHeight;
}

function playing(who, play) {
  const pane = $(who);
  const button = pane.querySelector('.play');
  button.textContent = play.on ? 'Stop the example' : 'Fill in an example family';
  if (play.on || pane.dataset.playing) pane.querySelector('textarea').value = play.text || '';
  pane.dataset.playing = play.on ? 'yes' : '';
}

function draw(snap) {
  if (!snap) return;
  shown = snap;
  const names = { [snap.visitor.id]: snap.visitor.name };
  for (const c of snap.clinicians) names[c.id] = c.name;

  $('visitor-name').textContent = `${snap.visitor.name}, health visitor`;
  $('visitor-face').textContent = initials(snap.visitor.name);
  log($('visitor-log'), snap.visitor.messages.map((m) => slackMessage(m, names, 'visitor')),
    ['Press ', el('b', {}, '/refer'), ' to refer a family yourself, or let an example be filled in.']);
  playing('visitor', snap.visitor.play);
  drawView($('visitor-view'), 'visitor', snap.visitor.view, snap.visitor.play.values);

  $('parent-name').textContent = `${snap.parent.name}, parent`;
  $('parent-face').textContent = initials(snap.parent.name);
  log($('parent-log'), snap.parent.messages.map(bubble),
    ['Press ', el('b', {}, '/start'), ' to refer yourself, or let an example be filled in.']);
  playing('parent', snap.parent.play);

  drawTriage(snap, names);
}

function drawTriage(snap, names) {
  const me = snap.clinicians.find((c) => c.id === looking.clinician) || snap.clinicians[0];
  looking.clinician = me.id;
  looking.seen[looking.channel] = snap[looking.channel].length;
  const person = (c) => el('button', { type: 'button', 'data-key': c.id, 'aria-pressed': String(c.id === me.id), 'data-look': JSON.stringify({ clinician: c.id }) }, c.name);
  const channel = (name) => {
    const fresh = snap[name].length - looking.seen[name];
    return el('button', { type: 'button', 'data-key': name, 'aria-pressed': String(name === looking.channel), 'data-look': JSON.stringify({ channel: name }) },
      `#${name}`, fresh > 0 ? el('span', { class: 'count' }, String(fresh), el('span', { class: 'hidden' }, ' new')) : null);
  };
  const command = (text) => el('button', { type: 'button', 'data-key': `/triage ${text}`, 'data-act': JSON.stringify({ who: me.id, do: 'triage', text }) }, `/triage ${text}`.trim());
  fill($('triage-tools'), [
    el('div', { class: 'who-tabs', role: 'group', 'aria-label': 'Which clinician you are' }, snap.clinicians.map(person)),
    command(''), command('enter'),
    el('div', { class: 'who-tabs push', role: 'group', 'aria-label': 'Channel' }, channel('triage'), channel('safety')),
  ]);
  const told = me.messages.filter((m) => m.channel === snap[looking.channel + 'Channel'] || m.channel.startsWith('D'));
  const messages = [...snap[looking.channel], ...(looking.channel === 'triage' ? told : [])].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  log($('triage-log'), messages.map((m) => slackMessage(m, names, me.id)), looking.channel === 'triage'
    ? ['Referrals appear here for a clinician to claim. Nothing in the channel says who the family is.']
    : ['If anything a person writes suggests that somebody may be at risk, this channel is told at once.']);
  drawView($('triage-view'), me.id, me.view);
}

// ---- Listening

let lost = false;
const events = new EventSource('/events');
events.onmessage = (event) => {
  if (lost) $('lost').textContent = '';
  lost = false;
  draw(JSON.parse(event.data));
};
events.onerror = () => {
  lost = true;
  $('lost').textContent = 'The program has stopped, or cannot be reached.';
};
