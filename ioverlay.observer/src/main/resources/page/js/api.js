// The observer's REST interface (docs/rest.md); the page uses nothing else.

/** What the observer did not do, as its sentence (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status of HTTP; 0 if there was no answer at all */
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function problem(response) {
  let sentence = `The observer answered ${response.status} ${response.statusText}.`;
  try {
    const body = await response.json();
    sentence = body.detail || body.title || sentence;
  } catch {
    // No problem document: the status has to do.
  }
  return new Problem(response.status, sentence);
}

async function ask(path, init) {
  let response;
  try {
    response = await fetch(path, {cache: 'no-store', ...init});
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, 'The observer does not answer.');
  }
  if (!response.ok) throw await problem(response);
  return response.json();
}

export const get = (path, signal) => ask(path, {signal});

export const post = (path, body, signal) => ask(path, {
  method: 'POST',
  headers: body === undefined ? {} : {'Content-Type': 'application/json'},
  body: body === undefined ? undefined : JSON.stringify(body),
  signal,
});

const part = encodeURIComponent;

export const nodePath = id => `api/nodes/${part(id)}`;

/** Has a node do something (docs/commands.md); the answer is what the command answers. */
export const order = (id, command) => post(`${nodePath(id)}/commands`, command).then(answer => answer.result);

export const orderHome = (id, command) =>
  post(`api/containers/${part(id)}/commands`, command).then(answer => answer.result);

/** Sends a bundle; fetch cannot tell how far an upload is, so this is the older way. */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', 'api/algorithms');
    request.setRequestHeader('Content-Type', 'application/java-archive');
    request.upload.onprogress = e => progress(e.lengthComputable ? e.loaded / e.total : 0);
    request.onerror = () => reject(new Problem(0, 'The upload broke off: the observer does not answer.'));
    request.onload = () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // Said by the status, below.
      }
      if (request.status >= 200 && request.status < 300) resolve({status: request.status, ...body});
      else reject(new Problem(request.status, body.detail || body.title || `The observer answered ${request.status}.`));
    };
    request.send(file);
  });
}
