/**
 * Runs `task` while no other tab of this browser runs one under the same name.
 *
 * Web Locks exist in secure contexts only. On a plain-HTTP address of a local network a lease in localStorage stands in:
 * it is not airtight (two tabs may write within the same instant), only much better than nothing.
 */
export function exclusively(name, task) {
  return navigator.locks ? navigator.locks.request(name, task) : withLease(name, task);
}

const LEASE_MILLIS = 10_000;
const SETTLE_MILLIS = 40;

async function withLease(name, task) {
  const holder = String(Math.random());
  while (!(await tookLease(name, holder))) await pause(SETTLE_MILLIS * (1 + Math.random()));
  try {
    return await task();
  } finally {
    // A task that took too long may have lost the lease to another tab.
    if (localStorage.getItem(name)?.startsWith(`${holder} `)) localStorage.removeItem(name);
  }
}

async function tookLease(name, holder) {
  const [, until] = (localStorage.getItem(name) ?? '').split(' ');
  if (Number(until) > Date.now()) return false;
  const lease = `${holder} ${Date.now() + LEASE_MILLIS}`;
  localStorage.setItem(name, lease);
  await pause(SETTLE_MILLIS); // the last tab to write within this time holds it
  return localStorage.getItem(name) === lease;
}

export function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
