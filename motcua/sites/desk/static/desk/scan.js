// Reads the QR code of a form with the camera, where the browser can. Without it: a hand scanner, or typing.
(function () {
  "use strict";

  var button = document.querySelector("[data-scan]");
  var box = document.getElementById("loc-q");
  if (!button || !box) return;
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) {
    document.querySelectorAll("[data-scan-missing]").forEach(function (line) { line.hidden = false; });
    return;
  }

  var video = null;

  function stop() {
    if (!video) return;
    video.srcObject.getTracks().forEach(function (track) { track.stop(); });
    video.remove();
    video = null;
    button.setAttribute("aria-pressed", "false");
  }

  function look(detector) {
    if (!video) return;
    detector.detect(video).then(function (codes) {
      if (!codes.length) return window.setTimeout(look, 200, detector);
      box.value = codes[0].rawValue;
      stop();
      box.form.requestSubmit();
    }).catch(function () { window.setTimeout(look, 500, detector); });
  }

  function start() {
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (stream) {
      video = document.createElement("video");
      video.className = "desk-video";
      video.muted = true;
      video.playsInline = true;
      video.srcObject = stream;
      button.after(video);
      button.setAttribute("aria-pressed", "true");
      video.play();
      look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    }).catch(function () {
      document.querySelectorAll("[data-scan-missing]").forEach(function (line) { line.hidden = false; });
    });
  }

  button.hidden = false;
  button.addEventListener("click", function () { if (video) stop(); else start(); });
})();
