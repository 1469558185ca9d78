// Keys for officers. Everything works without them; the page lists them under "Phím tắt".
(function () {
  "use strict";

  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
  var here = -1;

  function go(step) {
    if (!rows.length) return;
    if (here >= 0) rows[here].classList.remove("here");
    here = Math.max(0, Math.min(rows.length - 1, here + step));
    rows[here].classList.add("here");
    rows[here].querySelector("a").focus();
  }

  function press(key) {
    var target = document.querySelector('[data-key="' + key + '"]');
    if (!target) return false;
    if (target.matches("input")) target.focus();
    else target.click();
    return true;
  }

  // The boxes of the list: one for the whole page, how many are ticked, x for the row one stands on.
  var boxes = Array.prototype.slice.call(document.querySelectorAll('[data-row] input[type="checkbox"]'));
  var all = document.querySelector("[data-all]");
  var picked = document.querySelector("[data-picked]");

  function count() {
    var many = boxes.filter(function (box) { return box.checked; }).length;
    if (picked) picked.textContent = many ? many : "";
    if (all) all.querySelector("input").checked = many > 0 && many === boxes.length;
  }

  if (all && boxes.length) {
    all.hidden = false;
    all.addEventListener("change", function (event) {
      boxes.forEach(function (box) { box.checked = event.target.checked; });
      count();
    });
  }
  document.addEventListener("change", count);
  count();

  function tick() {
    var box = here >= 0 && rows[here].querySelector('input[type="checkbox"]');
    if (!box) return false;
    box.checked = !box.checked;
    count();
    return true;
  }

  function help() {
    var keys = document.querySelector("[data-keys]");
    if (!keys) return false;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
    return true;
  }

  // Where a page is for typing, one types at once; Ctrl and Enter send it from any box.
  var first = document.querySelector('[data-focus] input:not([type="hidden"])');
  if (first) first.focus();

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey && event.key === "Enter" && press("enter")) return event.preventDefault();
    var typing = event.target.closest('input:not([type="checkbox"]), select, textarea');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var done = true;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x") done = tick();
    else if (event.key === "?") done = help();
    else if (/^[bnpu\/]$/.test(event.key)) done = press(event.key);
    else done = false;
    if (done) event.preventDefault();
  });

  // A list where something opens in another tab is fresh again when one comes back to it.
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && document.querySelector("[data-again]")) location.reload();
  });
})();
