import { boot } from "./boot";

/** Messages by the path of the value they are about, e.g. "record.金額.value". */
export type FieldErrors = Record<string, { messages: string[] }>;

/** An answer of the server that is not a success, or no answer at all (status 0, code "network"). */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: FieldErrors = {},
    /** Seconds to wait before trying again, where the server says so. */
    readonly retryAfter?: number,
    /** The request id an administrator can look for in the logs. */
    readonly id?: string,
  ) {
    super(message);
  }
}

type Scalar = string | number | boolean | null | undefined;
export type Params = Record<string, Scalar | readonly Scalar[]>;
type Options = { signal?: AbortSignal; anonymous?: boolean };

/** A path with its query string: arrays become name[0]=…&name[1]=…, and empty values are left out. */
export function address(path: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) {
      value.forEach((v, i) => {
        search.append(`${name}[${i}]`, String(v));
      });
    } else if (value !== undefined && value !== null && value !== "") {
      search.append(name, String(value));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const http = {
  get: <T>(path: string, params?: Params, options?: Options) =>
    send<T>("GET", address(path, params), undefined, options),
  post: <T>(path: string, body: unknown = {}, options?: Options) => send<T>("POST", path, body, options),
  put: <T>(path: string, body: unknown = {}, options?: Options) => send<T>("PUT", path, body, options),
  delete: <T>(path: string, params?: Params, options?: Options) =>
    send<T>("DELETE", address(path, params), undefined, options),
  upload,
};

async function send<T>(method: string, url: string, body: unknown, options: Options = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: headers(method, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "network", "");
  }
  const text = await response.text();
  if (response.ok) return (text ? JSON.parse(text) : {}) as T;
  throw refused(response.status, text, response.headers.get("Retry-After"), options.anonymous);
}

function headers(method: string, json: boolean): Record<string, string> {
  const h: Record<string, string> = {
    "X-Requested-With": "XMLHttpRequest",
    "Accept-Language": document.documentElement.lang,
  };
  if (json) h["Content-Type"] = "application/json";
  if (method !== "GET") h["X-Engawa-CSRF"] = boot().csrf;
  return h;
}

/** Uploads one file as multipart "file", telling how much of it (0 to 1) has been sent. */
function upload<T>(
  path: string,
  file: File,
  options: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how much of a body has been sent
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers("POST", false))) request.setRequestHeader(name, value);
    request.upload.onprogress = (e) => e.lengthComputable && options.onProgress?.(e.loaded / e.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText || "{}") as T);
      else reject(refused(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new ApiError(0, "network", ""));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Makes the error of a refused request; a lost session leads to the login page and back here afterwards. */
function refused(status: number, text: string, retryAfter: string | null, anonymous = false): ApiError {
  if (status === 401 && !anonymous) toLogin();
  const body = parse(text);
  const seconds = retryAfter ? Number(retryAfter) : Number.NaN;
  return new ApiError(
    status,
    body.code ?? `HTTP_${status}`,
    body.message ?? "",
    body.errors,
    Number.isFinite(seconds) ? seconds : undefined,
    body.id,
  );
}

function parse(text: string): { code?: string; message?: string; id?: string; errors?: FieldErrors } {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a proxy's HTML page, or nothing
  }
}

function toLogin(): void {
  const here = location.pathname + location.search + location.hash;
  location.assign(address("/login", { next: here }));
}
