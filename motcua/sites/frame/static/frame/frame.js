// The only script of ours on a public page. Everything works without it.
(function () {
  "use strict";

  function answer(form, name) {
    var chosen = form.querySelector('[name="' + name + '"]:checked');
    if (chosen) return chosen.value;
    var field = form.querySelector('select[name="' + name + '"], input[name="' + name + '"]:not([type="radio"], [type="checkbox"])');
    return field ? field.value : "";
  }

  // A question that depends on another of the same page is hidden while its answer does not call for it.
  function follow(form) {
    form.querySelectorAll("[data-when]").forEach(function (field) {
      var cut = field.dataset.when.indexOf("=");
      field.hidden = answer(form, field.dataset.when.slice(0, cut)) !== field.dataset.when.slice(cut + 1);
    });
  }

  document.querySelectorAll("form").forEach(function (form) {
    if (form.querySelector("[data-when]")) {
      follow(form);
      form.addEventListener("change", function () { follow(form); });
    }
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  var wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();
