// Adds to pages that work without it: dropping files, the share that has been read, and news of what is being done.
(function () {
  "use strict";

  var result = document.querySelector("[data-result]");
  if (result && (result.dataset.result || location.hash === "#result")) result.focus();

  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented || form.target) return;
      // a second press would send it twice; disabled only afterwards, so that the button's own value is sent
      setTimeout(function () {
        form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
      });
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });

  var progress = document.querySelector("[data-progress]");
  if (progress) {
    var words = progress.querySelector("[data-words]");
    var ask = function () {
      fetch(progress.dataset.progress, {headers: {Accept: "application/json"}}).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (state) {
        if (!state.waits) return location.reload();
        // said anew only when it differs: a live region reads every change
        if (words.textContent !== state.progress) words.textContent = state.progress;
        setTimeout(ask, 700);
      }).catch(function () { words.textContent = progress.dataset.failed; });
    };
    setTimeout(ask, 400);
  }

  var form = document.querySelector("[data-drop]");
  if (!form) return;
  var input = form.querySelector("input[type=file]"), said = form.querySelector("[data-said]");
  form.querySelector("[data-hint]").hidden = false;

  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      event.preventDefault();
      form.classList.add("over");
    });
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var largest = Number(form.dataset.largest), files = Array.prototype.slice.call(input.files);
    if (files.some(function (file) { return file.size > largest; })) {
      said.textContent = form.dataset.tooLarge;
      input.focus();
      return;
    }
    var button = form.querySelector("button"), request = new XMLHttpRequest(), last = -1;
    button.disabled = true;
    request.open("POST", form.action);
    request.upload.addEventListener("progress", function (step) {
      var percent = step.total ? Math.floor(step.loaded / step.total * 10) * 10 : 0;
      if (percent !== last) said.textContent = form.dataset.sending.replace("{percent}", String(last = percent));
    });
    request.addEventListener("load", function () {
      if (request.status === 200 && request.responseURL !== form.action) return location.assign(request.responseURL);
      var told = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[role=alert]");
      said.textContent = told ? told.textContent.trim() : form.dataset.failed;
      button.disabled = false;
    });
    request.addEventListener("error", function () {
      said.textContent = form.dataset.failed;
      button.disabled = false;
    });
    request.send(new FormData(form));
  });
})();
