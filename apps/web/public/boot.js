/* Runs before the first paint and in every browser, so it is plain ES5: applies the stored language,
   text size and colours, and tells people whose browser cannot run the pages. */
(function () {
  var root = document.documentElement;
  try {
    var language = localStorage.getItem('language');
    if (language === 'en') root.lang = 'en';
    var size = localStorage.getItem('text-size');
    if (size === 'large' || size === 'larger') root.className = 'large';
    if (size === 'larger') root.className = 'large larger';
    var colours = localStorage.getItem('colours');
    if (colours === 'dark' || colours === 'light') root.setAttribute('data-colours', colours);
    // oxlint-disable-next-line no-unused-vars -- ES5 wants a name
  } catch (error) {
    /* Storage is closed to this page: the defaults stand. */
  }
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
