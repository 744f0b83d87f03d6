'use strict';

const $ = id => document.getElementById(id);
const HEX_SHOWN = 1024;
const WORDS = { running: 'running', starting: 'starting …', stopping: 'stopping …', stopped: 'stopped' };
const MEANING = {
  'POST /shop/cart': 'changed the cart',
  'POST /shop/login': 'logged in',
  'POST /shop/logout': 'logged out',
  'GET /shop/index.jsp': 'showed the shop',
  'GET /shop/status': 'looked at the session',
};
let seen = 0;
let busy = false;
let shownColumns = {};
let lastDatabase = true;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function badge(node) {
  const made = element('span', node, 'badge ' + node.toLowerCase());
  made.setAttribute('aria-label', 'node ' + node);
  return made;
}

const money = cents => (cents / 100).toFixed(2);
const clock = millis => new Date(millis).toLocaleTimeString('en-GB');

// What the user does

async function perform(path, form) {
  if (busy) return;
  setBusy(true);
  try {
    await fetch(path, { method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form) });
  } finally {
    await refresh();
    setBusy(false);
  }
}

async function control(what) {
  if (busy) return;
  setBusy(true);
  const watching = setInterval(showState, 300);
  try {
    await fetch('/demo/' + what, { method: 'POST', headers: { 'X-Demo': '1' } });
  } finally {
    clearInterval(watching);
    await refresh();
    setBusy(false);
  }
}

function setBusy(now) {
  busy = now;
  document.body.setAttribute('aria-busy', now);
  for (const button of document.querySelectorAll('main button')) {
    if (now) button.disabled = true;
  }
  if (!now) enable();
}

// What the page shows

let state = { nodes: {}, database: false };
let session = null;

function enable() {
  for (const button of document.querySelectorAll('main button')) button.disabled = false;
  for (const [name, condition] of Object.entries(state.nodes)) {
    const running = condition === 'running';
    document.querySelector(`[data-control="${name}/stop"]`).disabled = !running;
    document.querySelector(`[data-control="${name}/kill"]`).disabled = !running;
    document.querySelector(`[data-control="${name}/start"]`).disabled = condition !== 'stopped';
  }
  document.querySelector('[data-control="database/restart"]').disabled = !state.database;
  document.querySelector('[data-control="database/stop"]').disabled = !state.database;
  document.querySelector('[data-control="database/start"]').disabled = state.database;
  $('login').disabled = Boolean(session && session.customer);
  $('logout').disabled = !session;
}

async function refresh() {
  await showSession();
  await showRow();
  await showState();
}

async function showSession() {
  let response;
  try {
    response = await fetch('/shop/status', { headers: { 'X-Demo-Quiet': '1' } });
  } catch (e) {
    return trouble('The demo does not answer any more. Was it ended?');
  }
  const node = response.headers.get('X-Answered-By');
  $('answered').hidden = !node;
  if (node) $('answered').replaceChildren('read on', badge(node));
  for (const name of ['A', 'B']) $('node-' + name).classList.toggle('lit', name === node);
  if (response.status === 503 && node) {
    return trouble('503: the session cannot be reached at the moment. The cookie stays as it is, and nobody was logged out. '
        + `Retry-After: ${response.headers.get('Retry-After')} s.`);
  }
  if (!response.ok) return trouble(await response.text());
  trouble('');
  session = (await response.json()).session;
  $('none').hidden = Boolean(session);
  $('session').hidden = !session;
  showDetails();
  showCart();
}

function trouble(text) {
  $('trouble').hidden = !text;
  $('trouble').textContent = text;
}

function showDetails() {
  if (!session) return;
  const facts = [
    ['Session id', session.id],
    ['Customer', session.customer || 'not logged in'],
    ['Created', clock(session.created)],
    ['Cart changes', `${session.pages}, counted by an object changed in place`],
    ['Time-out', `${session.timeoutSeconds / 60} minutes`],
  ];
  $('session').replaceChildren(...facts.flatMap(([name, value]) => {
    const shown = element('dd', value, name === 'Session id' ? 'id' : '');
    mark(shown, 'session ' + name, value);
    return [element('dt', name), shown];
  }));
}

function showCart() {
  const items = session ? session.cart : [];
  const lines = items.map(item => {
    const line = element('li');
    const remove = element('button', '−');
    remove.setAttribute('aria-label', 'Take out ' + item.name);
    remove.addEventListener('click', () => perform('/shop/cart', { sku: item.sku, action: 'remove' }));
    line.append(element('span', item.quantity + ' ×', 'count'), element('span', item.name),
        element('span', money(item.priceInCents * item.quantity), 'price'), remove);
    return line;
  });
  if (items.length) {
    const total = element('li', undefined, 'total');
    total.append(element('span', 'Total'), element('span', money(session.totalInCents), 'price'));
    lines.push(total);
  }
  $('cart').replaceChildren(...lines);
}

async function showRow() {
  const secrets = session
    ? [...new Set(['cart', 'customer', 'com.example.shop', session.id.split('.')[0], session.customer, ...session.cart.map(item => item.name)].filter(Boolean))]
    : [];
  const response = await fetch('/shop/-/row?find=' + encodeURIComponent(secrets.join('\n')));
  const answer = await response.json();
  const row = answer.row;
  $('norow').hidden = Boolean(row);
  $('norow').textContent = answer.database ? 'No row.' : 'PostgreSQL is down. The row waits on its disk.';
  $('columns').hidden = !row;
  $('search').hidden = !row;
  $('size').hidden = !row;
  if (!row) return;
  const total = ['base', 'delta'].reduce((sum, name) => sum + (row[name] ? row[name].bytes : 0), 0);
  $('size').textContent = `${total} bytes, sealed with AES-256-GCM`;
  $('columns').replaceChildren(...Object.entries(row).flatMap(([name, value]) => {
    if (value === null) return [];
    const shown = element('dd', value.hex === undefined ? value : `${value.bytes} bytes`);
    if (value.hex === undefined) {
      mark(shown, 'row ' + name, String(value));
      return [element('dt', name), shown];
    }
    const digits = element('dd', undefined, 'long');
    digits.append(element('span', hex(value.hex), 'hex'));
    mark(digits, 'row ' + name, value.hex);
    return [element('dt', name), shown, digits];
  }), element('dt', 'null'), element('dd', Object.keys(row).filter(name => row[name] === null).join(', ')));
  const found = answer.found || [];
  $('search').classList.toggle('found', found.length > 0);
  const result = element('b', found.length ? `Found: ${found.join(', ')}` : 'None of it is there.');
  $('search').replaceChildren(`Searched all columns for ${secrets.map(text => `“${text.length > 20 ? text.slice(0, 8) + '…' : text}”`).join(', ')}. `, result);
}

function hex(digits) {
  const groups = digits.slice(0, 2 * HEX_SHOWN).match(/.{1,8}/g) || [];
  const more = digits.length / 2 - HEX_SHOWN;
  return groups.join(' ') + (more > 0 ? ` … and ${more} bytes more` : '');
}

/** Lets what has changed since the last time light up for a moment. */
function mark(shown, name, value) {
  if (name in shownColumns && shownColumns[name] !== value) shown.classList.add('fresh');
  shownColumns[name] = value;
}

async function showState() {
  const response = await fetch('/demo/state?since=' + seen);
  state = await response.json();
  const first = seen === 0;
  $('tomcat').textContent = state.tomcat;
  for (const [name, condition] of Object.entries(state.nodes)) show($('node-' + name), condition);
  show($('database'), state.database ? 'running' : 'stopped');
  const events = state.activity.filter(event => event.seq > seen);
  for (const event of events) {
    seen = event.seq;
    if (event.quiet) continue;
    $('log').prepend(line(event));
  }
  const told = first ? [] : events.filter(event => !event.quiet);
  if (told.length) $('latest').textContent = summary(told);
  if (!busy) enable();
}

function show(machine, condition) {
  for (const word of Object.keys(WORDS)) machine.classList.toggle(word, word === condition);
  machine.querySelector('.word').textContent = WORDS[condition];
}

function line(event) {
  const made = element('li');
  made.title = clock(event.at);
  if (event.kind === 'request') {
    made.append(badge(event.node), element('span', event.text),
        element('span', `${event.status} · ${event.millis} ms`, 'cost'), element('span', effect(event), 'effect'));
  } else {
    made.append(element('span', '•', 'mark'), element('span', sentence(event)), element('span', event.seconds || '', 'cost'));
  }
  return made;
}

const effect = event => event.status === 503 ? '503: the database does not answer' : event.row;

function sentence(event) {
  if (event.kind !== 'rotated') return event.text;
  const where = event.asked.join(' and ');
  const dead = event.alive.length ? `STILL ALIVE on ${event.alive.join(' and ')}` : 'dead there';
  return `The session id changed from ${event.old} to ${event.new} and the old one was tried on ${where}: ${dead}.`;
}

/** One sentence for all that an action caused. */
function summary(events) {
  return events.map(event => event.kind === 'request'
    ? `Node ${event.node} ${event.status === 503 ? 'answered 503' : MEANING[event.text] || 'answered ' + event.text} (${event.status === 503 ? 'the database is down' : event.row}; ${event.millis} ms)`
    : sentence(event).replace(/\.$/, '') + (event.seconds ? ` (${event.seconds})` : '')).join('. ') + '.';
}

// Beginning

for (const button of document.querySelectorAll('[data-control]')) {
  button.addEventListener('click', () => control(button.dataset.control));
}
for (const button of document.querySelectorAll('[data-sku]')) {
  button.addEventListener('click', () => perform('/shop/cart', { sku: button.dataset.sku, label: 'you' }));
}
$('login').addEventListener('click', () => perform('/shop/login', { user: 'wilhelmina', password: 'open sesame' }));
$('logout').addEventListener('click', () => perform('/shop/logout', {}));
$('look').addEventListener('click', () => perform('/shop/status'));

setInterval(async () => {
  if (busy || document.hidden) return;
  try {
    await showState();
    if (state.database !== lastDatabase) await refresh();
    lastDatabase = state.database;
  } catch (e) {
    trouble('The demo does not answer any more. Was it ended?');
  }
}, 2000);
refresh();
