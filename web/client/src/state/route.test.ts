import { expect, test } from 'vitest';
import { addressOf, routeOf, samePage, type Route } from './route';

const ROUTES: readonly [string, Route][] = [
  ['/', { page: 'home', play: null }],
  ['/?play=open%2Fchess', { page: 'home', play: 'open/chess' }],
  ['/lobby/AB12', { page: 'lobby', id: 'AB12' }],
  ['/match/a%2Fb', { page: 'match', id: 'a/b' }],
  ['/replay/x', { page: 'replay', id: 'x' }],
  ['/settings', { page: 'settings' }],
  ['/workbench', { page: 'workbench', id: null }],
  ['/workbench/x', { page: 'workbench', id: 'x' }],
];

function read(address: string): Route {
  const { pathname, search } = new URL(address, 'https://parlour.example');
  return routeOf(pathname, search);
}

test.each(ROUTES)('%s is an address and leads back to itself', (address, route) => {
  expect(read(address)).toEqual(route);
  expect(addressOf(route)).toBe(address);
});

test.each(['/lobby', '/match/', '/nothing', '/match/a/b', '/settings/x'])('%s leads nowhere', (address) => {
  expect(read(address)).toEqual({ page: 'missing' });
});

test('a stray percent sign in an address does no harm', () => {
  expect(routeOf('/match/50%')).toEqual({ page: 'match', id: '50%' });
});

test('a dialog over a page is the same page', () => {
  expect(samePage(read('/'), read('/?play=chess'))).toBe(true);
  expect(samePage(read('/match/a'), read('/match/b'))).toBe(false);
  expect(samePage(read('/match/a'), read('/replay/a'))).toBe(false);
});
