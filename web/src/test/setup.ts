import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Waiting ends with the condition; the limit only tells a busy machine from a wrong screen.
configure({
  asyncUtilTimeout: 10_000,
  getElementError: (message) => new Error((message ?? "not found").split("\n\n")[0]),
});

// What Mantine asks of a browser and jsdom does not have.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
    dispatchEvent: vi.fn(),
    onchange: null,
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Object.defineProperty(document, "fonts", { value: new EventTarget() });
Object.defineProperties(window.HTMLElement.prototype, {
  clientWidth: { get: () => 1280 },
  clientHeight: { get: () => 800 }, // jsdom lays nothing out, and a list with no height draws no rows
});
window.HTMLElement.prototype.scrollIntoView = () => {};

afterEach(() => {
  cleanup();
  localStorage.clear();
});
