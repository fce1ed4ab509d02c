// What a person sees in this document, and the few things that a person does in it. It runs in a world
// of its own, which scripts of the page do not see.
globalThis.setupPage = globalThis.setupPage || (() => {
  let seen = [];
  const PRESS = 'a[href],button,input[type=submit],input[type=button],input[type=image],[role=button],[role=link]';
  const CONTROLS = PRESS + ',input,select,textarea';
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) { return null; }
    const style = getComputedStyle(element);
    if (style.visibility !== 'visible' || style.display === 'none' || Number(style.opacity) === 0) { return null; }
    return [box.left + scrollX, box.top + scrollY, box.width, box.height];
  };
  const tidy = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const words = (element) => {
    if (element.nodeType === Node.TEXT_NODE) { return element.data; }
    if (/^(SELECT|OPTION|SCRIPT|STYLE|TEXTAREA)$/.test(element.tagName || '')) { return ''; }
    if (element.tagName === 'IMG') { return ' ' + (element.alt || element.title || '') + ' '; }
    return Array.from(element.childNodes).map(words).join('');
  };
  const named = (element) => {
    const by = element.getAttribute('aria-labelledby');
    if (by) {
      const texts = by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(words);
      if (tidy(texts.join(' '))) { return tidy(texts.join(' ')); }
    }
    const aria = tidy(element.getAttribute('aria-label'));
    if (aria) { return aria; }
    if (element.labels && element.labels.length) { return tidy(Array.from(element.labels).map(words).join(' ')); }
    if (element.matches(PRESS)) {
      const own = element.tagName === 'INPUT' ? element.value || element.alt : words(element);
      // An arrow is no name.
      if (/[\p{L}\p{N}]/u.test(own || '')) { return tidy(own); }
      return tidy(element.title);
    }
    return '';
  };
  const kind = (element) => {
    const type = (element.type || '').toLowerCase();
    if (element.tagName === 'SELECT') { return element.multiple ? 'list' : 'select'; }
    if (element.matches(PRESS)) { return 'press'; }
    if (element.tagName === 'TEXTAREA') { return 'text'; }
    if (type === 'checkbox') { return 'box'; }
    if (type === 'radio') { return 'radio'; }
    if (type === 'password') { return 'password'; }
    return /^(text|search|email|tel|url|number|)$/.test(type) ? 'text' : null;
  };
  const look = () => {
    seen = [];
    const controls = [];
    for (const element of document.querySelectorAll(CONTROLS)) {
      const area = shown(element), what = kind(element);
      if (!area || !what) { continue; }
      const control = { id: seen.length, kind: what, name: named(element), area, disabled: Boolean(element.disabled) };
      if (what === 'text') { control.value = element.value; }
      if (what === 'box' || what === 'radio') { control.checked = element.checked; }
      if (what === 'select' || what === 'list') {
        control.options = Array.from(element.options).map((option) => ({ text: tidy(option.text), on: option.selected }));
        const chosen = element.options[element.selectedIndex];
        control.value = what === 'select' && chosen ? tidy(chosen.text) : '';
      }
      seen.push(element);
      controls.push(control);
    }
    const texts = [];
    const walker = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (!node.matches('img,[role=img]')) { continue; }
        const area = shown(node), text = tidy(node.alt || node.getAttribute('aria-label') || node.title);
        if (area && text) { texts.push({ words: text, area, pressed: Boolean(node.closest(PRESS)) }); }
        continue;
      }
      const parent = node.parentElement, text = tidy(node.data);
      if (!text || !parent || parent.closest('script,style,select,textarea,noscript,[role=img]') || !shown(parent)) { continue; }
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 1) { continue; }
      texts.push({ words: text, area: [box.left + scrollX, box.top + scrollY, box.width, box.height], pressed: Boolean(parent.closest(PRESS)) });
    }
    return { host: location.host, path: location.pathname, title: document.title, ready: document.readyState === 'complete', texts, controls };
  };
  const tell = (element, ...names) => names.forEach((name) => element.dispatchEvent(new Event(name, { bubbles: true })));
  const reach = (id) => {
    const element = seen[id];
    if (!element || !element.isConnected || !shown(element)) { return 'gone'; }
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const label = top && top.closest('label');
    const free = !top || element.contains(top) || top.contains(element) || (label && label.contains(element)) ||
      Array.from(element.labels || []).some((label) => label.contains(top));
    return free ? element : 'covered';
  };
  const act = (id, what, value) => {
    const element = reach(id);
    if (typeof element === 'string') { return element; }
    if (element.disabled) { return 'disabled'; }
    element.focus();
    if (what === 'press') { element.click(); return 'done'; }
    if (what === 'tick') { if (element.checked !== value) { element.click(); } return element.checked === value ? 'done' : 'kept'; }
    if (what === 'type') {
      const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
      own.set.call(element, value);
      tell(element, 'input', 'keyup', 'change');
      return element.value === value ? 'done' : 'kept';
    }
    if (what === 'choose') {
      const wanted = Array.isArray(value) ? value : [value];
      const all = Array.from(element.options);
      const matches = wanted.map((text) => all.filter((option) => tidy(option.text) === text).length);
      if (matches.includes(0)) { return 'missing'; }
      if (matches.some((count) => count > 1)) { return 'twice'; }
      all.forEach((option) => { option.selected = wanted.includes(tidy(option.text)); });
      tell(element, 'input', 'change');
      return 'done';
    }
    return 'unknown';
  };
  // Empties what people type into, for a picture of the page. Nobody goes on with the page after that.
  const blank = () => {
    const within = (root) => root.querySelectorAll('*').forEach((it) => {
      if (it.shadowRoot) { within(it.shadowRoot); }
      if (it.getAttribute('contenteditable')) { it.textContent = ''; }
      if (!/^(input|textarea)$/i.test(it.tagName)) { return; }
      const type = (it.type || '').toLowerCase();
      if (!/^(submit|button|image|checkbox|radio|hidden|file)$/.test(type)) { it.value = ''; }
    });
    within(document);
    if (document.activeElement) { document.activeElement.blur(); }
    return 'done';
  };
  // The page as its maker would want to see it: structure and words, without anything that is hidden or secret.
  const outline = () => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll('script,style,link,meta,noscript,svg,input[type=hidden],iframe').forEach((it) => it.remove());
    copy.querySelectorAll('textarea').forEach((it) => { it.textContent = ''; });
    const kept = /^(id|name|class|for|type|role|title|alt|aria-.*|selected|checked|multiple|size|maxlength)$/;
    copy.querySelectorAll('*').forEach((it) => {
      Array.from(it.attributes).forEach((one) => { if (!kept.test(one.name)) { it.removeAttribute(one.name); } });
    });
    return copy.outerHTML;
  };
  return { look, act, blank, outline };
})();
