// No module: it is there when a module is not. The page shows nothing without all of its scripts, and a network that changes breaks off what comes.
(() => {
  const LONGEST_SECONDS = 30;
  const tries = Number(sessionStorage.getItem('parley.load-tries') ?? 0);

  function loadAgain({ target }) {
    if (!target.matches?.('script, link[rel=stylesheet]')) return;
    removeEventListener('error', loadAgain, true);
    const page = document.getElementById('app');
    if (page) page.textContent = 'Parley could not be loaded. It tries again.';
    sessionStorage.setItem('parley.load-tries', tries + 1);
    addEventListener('online', () => location.reload());
    setTimeout(() => navigator.onLine && location.reload(), 1000 * Math.min(2 ** tries, LONGEST_SECONDS));
  }

  addEventListener('error', loadAgain, true);
})();
