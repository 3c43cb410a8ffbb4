/* Runs before the first paint and in every browser, so it is plain ES5: applies the stored language,
   text size and colours, and tells people whose browser cannot run the pages. */
(function () {
  var root = document.documentElement;
  var chosen = /(?:^|; )language=(\w+)/.exec(document.cookie);
  if (chosen) root.lang = chosen[1] === 'en' ? 'en' : 'zh-CN';
  try {
    // Where it was kept before the server had to know it.
    if (!chosen && localStorage.getItem('language') === 'en') root.lang = 'en';
    var size = localStorage.getItem('text-size');
    if (size === 'large' || size === 'larger') root.className = 'large';
    if (size === 'larger') root.className = 'large larger';
    var colours = localStorage.getItem('colours');
    if (colours === 'dark' || colours === 'light') root.setAttribute('data-colours', colours);
    // oxlint-disable-next-line no-unused-vars -- ES5 wants a name
  } catch (error) {
    /* Storage is closed to this page: the defaults stand. */
  }
  // A page is painted before the script that listens to it. What is sent until then waits (its fields must not come
  // into the address), and what is being composed is finished first: src/take-over.ts.
  var early = (window.early = { sent: null, isTouched: false, isComposing: false });
  function notice(types, noticed) {
    types.forEach(function (type) {
      document.addEventListener(type, noticed, true);
    });
  }
  notice(['focusin', 'input', 'change', 'toggle'], function () {
    early.isTouched = true;
  });
  notice(['compositionstart', 'compositionend'], function (event) {
    early.isComposing = event.type === 'compositionstart';
  });
  notice(['submit'], function (event) {
    if (!event.target.closest('[data-painted]')) return;
    event.preventDefault();
    early.isTouched = true;
    early.sent = event.target;
  });
  // What the secret of a link opens is not the page for those who come without one.
  if (location.hash.length > 20) root.setAttribute('data-secret', '');
  // The newest thing the pages use that the oldest browsers they serve (Chrome 87, Safari 14) lack.
  if (!Object.hasOwn) {
    Object.hasOwn = function (object, key) {
      return Object.prototype.hasOwnProperty.call(Object(object), key);
    };
  }
  var isOld = !('noModule' in HTMLScriptElement.prototype) || !window.Promise || !Promise.any;
  if (isOld) {
    document.addEventListener('DOMContentLoaded', function () {
      document.getElementById('old-browser').removeAttribute('hidden');
    });
  }
})();
