// Copies a text that is to be sent by other means; without script it is marked by hand.
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select(); // refused, or no secure page: the older way
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}
