/* What was pressed shows that it is at work, until the next page comes. */
document.addEventListener("submit", function (event) {
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("[aria-busy]").forEach(function (one) { one.removeAttribute("aria-busy"); });
});
/* Leaving in a hurry: the page is replaced, so that Back does not lead to it. */
document.addEventListener("click", function (event) {
  var way = event.target.closest && event.target.closest("a[data-leave]");
  if (!way) return;
  event.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(way.href);
});
/* Live hints: "this changed, version n". The page then fetches; a missed hint costs nothing. */
(function () {
  "use strict";
  var meta = document.querySelector('meta[name="letsema-sockets"]');
  var origin = meta && meta.content;
  if (!origin || !window.WebSocket || !document.querySelector("[data-live]")) return;

  var wait = 1000, longest = 60000, opened = false, stale = false, socket = null;

  /* Nobody's half-written words are fetched away; what she then sends is checked anyway. */
  function written(field) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return field.selectedOptions[0] !== (field.querySelector("[selected]") || field.options[0]);
    return field.value !== field.defaultValue;
  }
  function refresh(element) {
    if ([].some.call(element.querySelectorAll("input, textarea, select"), written)) return;
    if (window.htmx) window.htmx.trigger(element, "refresh");
  }
  function all() {
    if (document.hidden) { stale = true; return; }
    stale = false;
    document.querySelectorAll("[data-live]").forEach(refresh);
  }
  function names(element) {
    return (element.getAttribute("data-live") || "").split(/\s+/);
  }
  function hinted(hint) {
    if (document.hidden) { stale = true; return; }
    document.querySelectorAll("[data-live]").forEach(function (element) {
      var mine = names(element);
      if (mine.indexOf(hint.what) < 0 && mine.indexOf(hint.what + ":" + hint.id) < 0) return;
      var seen = Number(element.getAttribute("data-version") || 0);
      var exact = mine.indexOf(hint.what + ":" + hint.id) >= 0;
      if (exact && hint.version && seen && hint.version <= seen) return;
      refresh(element);
    });
  }
  function connect() {
    socket = new WebSocket(origin);
    socket.onopen = function () {
      wait = 1000;
      if (opened) all();
      opened = true;
    };
    socket.onmessage = function (message) {
      var hint;
      try { hint = JSON.parse(message.data); } catch (error) { return; }
      if (hint && hint.what) hinted(hint);
    };
    socket.onclose = function (event) {
      if (event.code === 4401 || event.code === 4403 || event.code === 1008) return;
      setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, longest);
    };
  }
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && stale) all();
  });
  connect();
})();
