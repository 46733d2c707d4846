// What is wrong with the host, and what to do about it.

import { badge, bytes, h, money, table } from './dom.js';
import { ask } from './host.js';
import { renew } from './renew.js';

const LAST = ['note', 'fine'];

export async function doctorView(place) {
  const found = h('div');
  async function refresh() {
    const [status, { findings, problems }, { instances }] = await Promise.all(
      [ask('GET', '/admin/v1/status'), ask('GET', '/admin/v1/doctor'), ask('GET', '/admin/v1/instances')]);
    const names = new Set(instances.map(({ name }) => name));
    renew(found, [
      h('p', {}, problems === 0 ? 'Nothing is wrong.' : `${problems} ${problems === 1 ? 'thing is' : 'things are'} wrong.`),
      h('p', { class: 'quiet' }, figures(status)),
      table(['How', 'What', 'Found'], findings.toSorted(urgentFirst).map((finding) => row(finding, names)), '')]);
  }
  place.append(h('h1', {}, 'Doctor'), found);
  await refresh();
  return { refresh };
}

function urgentFirst(a, b) {
  return LAST.indexOf(a.weight.toLowerCase()) - LAST.indexOf(b.weight.toLowerCase());
}

function row(finding, instances) {
  return [
    badge(finding.weight),
    instances.has(finding.subject)
      ? h('a', { href: `#/instances/${encodeURIComponent(finding.subject)}` }, finding.subject) : finding.subject,
    [finding.message, finding.advice && h('p', { class: 'quiet' }, finding.advice)],
  ];
}

function figures(status) {
  return [
    `Bindery ${status.version}`,
    `since ${new Date(status.started).toLocaleString()}`,
    `home ${status.home}`,
    status.memory.rss_bytes && `${bytes(status.memory.rss_bytes)} of memory`,
    money(status.cost) && `${money(status.cost)} spent`,
  ].filter(Boolean).join(' · ');
}
