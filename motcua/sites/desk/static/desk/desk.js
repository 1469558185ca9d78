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

  function help() {
    var keys = document.querySelector("[data-keys]");
    if (!keys) return false;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var done = true;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "?") done = help();
    else if (event.key === "/" || event.key === "p" || event.key === "b" || event.key === "u") done = press(event.key);
    else done = false;
    if (done) event.preventDefault();
  });
})();
