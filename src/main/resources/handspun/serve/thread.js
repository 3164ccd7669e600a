// A thread that reads with a network: one thing at a time, and of what comes meanwhile the newest.

/** Starts one; calls what is given with its answers: see exact/worker.js. */
export function readingThread(answer) {
  const worker = new Worker(new URL("./exact/worker.js", import.meta.url), { type: "module" });
  let busy = false;
  let waiting = null;

  const next = () => {
    if (!busy && waiting !== null) {
      busy = true;
      worker.postMessage(waiting);
      waiting = null;
    }
  };
  worker.addEventListener("message", ({ data }) => {
    busy = false;
    next();
    answer(data);
  });
  worker.addEventListener("error", () => answer({ type: "failed", message: "exact/worker.js" }));

  return {
    use: (id, model, parameters) => worker.postMessage({ type: "network", id, model, parameters }),
    read(message) {
      waiting = message === null ? null : { type: "read", ...message };
      next();
    },
  };
}
