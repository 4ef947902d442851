// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lazy } from './lazy';

const reload = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { ...location, reload });
  sessionStorage.clear();
  reload.mockClear();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('code that does not fit what is loaded has the page loaded anew, but not over and over', async () => {
  const broken = lazy(() => Promise.reject(new SyntaxError("does not provide an export named 'x'")));
  await broken.fetch();
  await broken.fetch();
  expect(reload).toHaveBeenCalledTimes(1);
  vi.setSystemTime(Date.now() + 60_000);
  await broken.fetch();
  expect(reload).toHaveBeenCalledTimes(2);
});

test('code that cannot be fetched just now does not', async () => {
  await lazy(() => Promise.reject(new TypeError('Failed to fetch'))).fetch();
  expect(reload).not.toHaveBeenCalled();
});
