/** For tests alone: what `suoja/widget/templates/widget/views.html` holds ready, as far as the script takes hold of it. */

const help =
  '<section><ul class="help-list"><li><a href="tel:080005005">Nollalinja 080 005 005</a></li></ul></section>';
const plain = (state: string, button = ""): string =>
  `<template id="view-${state}"><div class="chat-body">${state}${help}</div>${
    button && `<div class="chat-foot"><button>${button}</button></div>`
  }</template>`;

const VIEWS = `
<template id="view-notice">
  <div class="chat-body">
    <fieldset><legend>Which chat?</legend><div class="choices"></div></fieldset>
    <ul class="notice"><li>For adults.</li></ul><ul class="notice"><li>For the young.</li></ul>
    <label class="check"><input type="checkbox">A professional</label>
  </div>
  <div class="chat-foot">
    <p class="notice-said" role="status"></p><p class="emergency">112</p><button>Start</button>
  </div>
</template>
<template id="view-closed">
  <div class="chat-body">
    <p data-reason="nobody_on_duty" hidden>Nobody.</p><p data-reason="full" hidden>Full.</p>${help}
  </div>
</template>
<template id="view-queue">
  <div class="chat-body">
    <p class="requeued" hidden></p>
    <div class="queue" role="status" aria-label="Queue"><h2>In the queue.</h2><p></p><p class="panes"></p></div>
  </div>
  <div class="chat-foot"><button>Leave the queue</button></div>
</template>
<template id="view-help">${help}</template>
<template id="view-ended"><div class="chat-foot"><h2></h2><p>Kept.</p><button></button></div></template>
${plain("elsewhere")}${plain("gone", "Close")}${plain("failed", "Try again")}${plain("unsupported")}`;

/** Puts the templates into the page, as the server does. */
export function holdViews(): void {
  const held = document.createElement("div");
  held.innerHTML = VIEWS;
  document.body.append(held);
}
