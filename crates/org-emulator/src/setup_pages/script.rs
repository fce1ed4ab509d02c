//! What the classic pages do in the browser.

/// Buttons, rows that open, lists of two halves, call types.
pub(super) const CLASSIC: &str = r"
(function () {
  var all = function (s, w) { return Array.prototype.slice.call((w || document).querySelectorAll(s)); };
  var byId = function (id) { return document.getElementById(id); };
  var form = document.forms[0];
  document.addEventListener('click', function (event) {
    var it = event.target.closest('[data-go],[data-send],[data-open],[data-move],[data-close],[data-sure]');
    if (!it) { return; }
    if (it.dataset.sure && !window.confirm(it.dataset.sure)) { event.preventDefault(); return; }
    if (it.dataset.close) { byId(it.dataset.close).remove(); event.preventDefault(); }
    if (it.dataset.go) { event.preventDefault(); location.href = it.dataset.go; }
    if (it.dataset.send) {
      event.preventDefault();
      var hidden = document.createElement('input');
      hidden.type = 'hidden'; hidden.name = it.dataset.send; hidden.value = '1';
      form.appendChild(hidden); form.submit();
    }
    if (it.dataset.open) {
      event.preventDefault();
      var row = byId(it.dataset.open), open = row.classList.toggle('open');
      all('.body', row)[0].classList.toggle('off', !open);
      all('.arrow', row)[0].textContent = open ? '\u25BC' : '\u25B6';
      var text = it.querySelector('span') || it;
      text.textContent = open ? it.dataset.shut : it.dataset.show;
    }
    if (it.dataset.move) { event.preventDefault(); move(it); }
  });
  all('[data-late]').forEach(function (it) {
    setTimeout(function () { it.classList.remove('off'); }, Number(it.dataset.late));
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && event.target.matches('[role=button],[role=link]')) { event.target.click(); }
  });
  function texts(select) { return Array.prototype.map.call(select.options, function (o) { return o.text; }); }
  function move(it) {
    var row = it.closest('.row'), lists = all('select', row), chosen = lists[1];
    var from = it.dataset.move === 'remove' ? chosen : lists[0];
    var marked = Array.prototype.filter.call(from.options, function (o) { return o.selected; });
    if (it.dataset.move === 'up' || it.dataset.move === 'down') {
      marked = Array.prototype.filter.call(chosen.options, function (o) { return o.selected; });
      marked.forEach(function (o) {
        if (it.dataset.move === 'up' && o.previousElementSibling) { chosen.insertBefore(o, o.previousElementSibling); }
        if (it.dataset.move === 'down' && o.nextElementSibling) { chosen.insertBefore(o.nextElementSibling, o); }
      });
    } else {
      marked.forEach(function (o) { (from === chosen ? lists[0] : chosen).appendChild(o); o.selected = false; });
    }
    all('.now', row)[0].textContent = texts(chosen).join(', ');
    all('input[type=hidden]', row)[0].value =
      Array.prototype.map.call(chosen.options, function (o) { return o.value; }).join(',');
    if (row.dataset.singles) { singles(row); }
  }
  function singles(row) {
    var chosen = all('select', row)[1], box = byId(row.dataset.singles);
    all('.row', box).forEach(function (one) {
      var there = Array.prototype.some.call(chosen.options, function (o) { return o.value === one.dataset.object; });
      one.classList.toggle('off', !there);
    });
  }
  document.addEventListener('change', function (event) {
    var it = event.target;
    if (it.dataset && it.dataset.types) {
      if (it.dataset.types === 'reload') {
        var hidden = document.createElement('input');
        hidden.type = 'hidden'; hidden.name = it.dataset.reload; hidden.value = '1';
        form.appendChild(hidden); form.submit(); return;
      }
      all('[data-type]').forEach(function (part) {
        part.classList.toggle('off', part.dataset.type !== it.value);
      });
    }
    var row = it.closest('.row');
    if (row && all('input[type=radio]', row).length) { summary(row); }
  });
  function summary(row) {
    var on = all('input[type=radio]', row).filter(function (r) { return r.checked; })[0];
    if (!on) { return; }
    var line = on.closest('.choice'), text = on.dataset.text, more = line && all('select,input[type=text]', line)[0];
    if (more && more.tagName === 'SELECT') { text += ' ' + more.options[more.selectedIndex].text; }
    if (more && more.tagName === 'INPUT') { text += ' ' + more.value; }
    all('.now', row)[0].textContent = text;
  }
})();
";

/// Save says that it saves, and does so two seconds later.
pub(super) const SLOW: &str = r"
(function () {
  var begun = false;
  document.addEventListener('click', function (event) {
    var it = event.target.closest('a,button,input,[role=button]');
    if (begun || !it || (it.tagName === 'INPUT' ? it.value : it.textContent).trim() !== 'SAVE') { return; }
    begun = true;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.querySelector('.intro').textContent = 'Saving\u2026 this may take a moment.';
    setTimeout(function () { it.click(); }, 2000);
  }, true);
})();
";

/// Save is answered by a dialog.
pub(super) const DIALOG: &str = r"
document.addEventListener('click', function (event) {
  var it = event.target.closest('a,button,input,[role=button]');
  if (!it || (it.tagName === 'INPUT' ? it.value : it.textContent).trim() !== 'SAVE') { return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  window.alert('Another administrator is editing this layout.');
}, true);
";
