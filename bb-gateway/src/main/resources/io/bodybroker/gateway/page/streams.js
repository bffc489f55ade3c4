// Streams of messages as they come: reads server-sent events and JSON lines, keeps what each route has told.
'use strict';

const StreamLog = (() => {
  const SHOWN = 200; // messages kept of one stream; it may last for hours
  const runs = new Map();
  const listeners = new Set();

  function change(key, part) {
    runs.set(key, { ...runs.get(key), ...part });
    listeners.forEach((listener) => listener());
  }

  function add(key, message) {
    const run = runs.get(key);
    change(key, { count: run.count + 1, messages: [...run.messages, message].slice(-SHOWN) });
  }

  /** Cuts a text that comes in pieces at a separator; what follows the last one waits for more. */
  function cutter(separator, take) {
    let rest = '';
    return (text) => {
      const parts = (rest + text).split(separator);
      rest = parts.pop();
      parts.forEach(take);
    };
  }

  /** Server-sent events (WHATWG HTML, 9.2.6), as far as the gateway writes them. */
  const events = (key) => cutter('\n\n', (block) => {
    const fields = { event: 'message', data: '', id: '' };
    block.split('\n').forEach((line) => {
      const colon = line.indexOf(':');
      if (colon > 0) {
        fields[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, '');
      }
    });
    if (fields.event === 'problem') {
      change(key, { problem: fields.data });
    } else if (fields.event === 'message' && fields.data !== '') {
      add(key, { id: fields.id, text: fields.data });
    } else if (fields.event === 'end') {
      change(key, { isComplete: true });
    }
  });

  /** A JSON object a line; empty lines only keep the connection. */
  const lines = (key) => cutter('\n', (line) => {
    if (line === '') {
      return;
    }
    const { message, problem } = JSON.parse(line);
    if (problem) {
      change(key, { problem: JSON.stringify(problem) });
    } else {
      add(key, { id: '', text: JSON.stringify(message) });
    }
  });

  /** Reads a body to its end, or until somebody stops it. */
  async function read(key, body, take) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      take(next.value);
    }
  }

  /** What the viewer shows when a stream is over: its head, and that the messages are above. */
  function summary(response, key) {
    const { count, state } = runs.get(key);
    return new Response(`${count} ${count === 1 ? 'message' : 'messages'}, ${state}`, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  }

  /** A fetch for one route whose messages are shown while they come. */
  const fetching = (key) => async (url, request) => {
    const control = new AbortController();
    runs.set(key, { state: 'connecting', count: 0, messages: [], stop: () => control.abort() });
    change(key, {});
    let response;
    try {
      response = await fetch(url, { ...request, signal: control.signal });
    } catch (e) {
      change(key, { state: control.signal.aborted ? 'stopped' : 'failed' });
      throw e;
    }
    const type = response.headers.get('content-type') || '';
    const isEvents = type.startsWith('text/event-stream');
    if (!isEvents && !type.startsWith('application/x-ndjson')) {
      runs.delete(key); // refused: the viewer shows the problem as it shows every answer
      change(key, {});
      return response;
    }
    change(key, { state: 'live' });
    try {
      await read(key, response.body, (isEvents ? events : lines)(key));
      const { problem, isComplete } = runs.get(key);
      const isCut = isEvents && !isComplete;
      change(key, { state: problem ? 'failed' : isCut ? 'cut off' : 'ended' });
    } catch (e) {
      change(key, { state: control.signal.aborted ? 'stopped' : 'cut off' });
    }
    return summary(response, key);
  };

  return {
    fetching,
    run: (key) => runs.get(key),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
})();
