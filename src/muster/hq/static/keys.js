// Security keys: asks the browser for one, and sends what it says with the form. Without it codes still work.
"use strict";
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withIds = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));
const forNew = (options) => ({
  ...options, challenge: toBytes(options.challenge), user: { ...options.user, id: toBytes(options.user.id) },
  excludeCredentials: withIds(options.excludeCredentials),
});
const forKnown = (options) => ({ ...options, challenge: toBytes(options.challenge), allowCredentials: withIds(options.allowCredentials) });
const told = (key) => {
  const response = { clientDataJSON: toText(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = toText(key.response[part]);
  }
  return JSON.stringify({ id: key.id, rawId: toText(key.rawId), type: key.type, response, clientExtensionResults: {} });
};
const field = document.querySelector("[data-key-options]");
const button = document.querySelector("[data-key-ask]");
if (field instanceof HTMLInputElement && button instanceof HTMLButtonElement && window.PublicKeyCredential) {
  const options = JSON.parse(field.dataset.keyOptions);
  const wrong = document.querySelector("[data-key-wrong]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (field.dataset.keyAct === "create" && !field.form.reportValidity()) return;
    wrong.hidden = true;
    try {
      const key = field.dataset.keyAct === "create"
        ? await navigator.credentials.create({ publicKey: forNew(options) })
        : await navigator.credentials.get({ publicKey: forKnown(options) });
      field.value = told(key);
      field.form.submit();
    } catch {
      wrong.hidden = false;
    }
  });
}
