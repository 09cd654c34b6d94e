import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { command, pressed, useCommands, useOffered } from "./command";

const run = vi.fn();
const commands = [
  command<{ may: boolean }>({ id: "a", label: "a", shortcut: "n", enabled: (c) => c.may, run: () => run("n") }),
  command<{ may: boolean }>({ id: "b", label: "b", shortcut: "mod+s", run: () => run("save") }),
  command<{ may: boolean }>({ id: "c", label: "c", shortcut: "Enter", run: () => run("open") }),
];
const context = { may: true };
const never = { may: false };

function Screen({ may }: { may: boolean }) {
  useCommands(commands, may ? context : never);
  return (
    <>
      <input aria-label="text" />
      <button type="button">go</button>
    </>
  );
}

function press(key: string, options: KeyboardEventInit = {}, target: Element = document.body) {
  let found = false;
  const handle = (e: Event) => {
    found = pressed(e as KeyboardEvent);
  };
  target.addEventListener("keydown", handle, { once: true });
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
  return found;
}

test("a key runs its command while the screen is there", () => {
  const { unmount } = render(<Screen may />);
  expect(press("n")).toBe(true);
  expect(run).toHaveBeenLastCalledWith("n");
  unmount();
  expect(press("n")).toBe(false);
});

test("what may not be done has no key", () => {
  render(<Screen may={false} />);
  expect(press("n")).toBe(false);
});

test("letters typed into a text stay there; Ctrl S saves from anywhere", () => {
  const { getByLabelText } = render(<Screen may />);
  const input = getByLabelText("text");
  expect(press("n", {}, input)).toBe(false);
  expect(press("s", { ctrlKey: true }, input)).toBe(true);
});

test("Enter on a button presses the button", () => {
  const { getByRole } = render(<Screen may />);
  expect(press("Enter")).toBe(true);
  expect(press("Enter", {}, getByRole("button"))).toBe(false);
});

test("a key that an input method is composing with gives no order", () => {
  render(<Screen may />);
  expect(press("n", { isComposing: true })).toBe(false);
});

const help = [command<object>({ id: "help", label: "help", shortcut: "n", run: () => run("help") })];

function Frame({ screen }: { screen: boolean }) {
  useCommands(help, context, true);
  const offered = useOffered().map((c) => c.id);
  return (
    <>
      {offered.join(" ")}
      {screen && <Screen may />}
    </>
  );
}

test("what a screen offers comes before what is offered everywhere, even when the screen arrives later", () => {
  const { container, rerender } = render(<Frame screen={false} />);
  expect(container).toHaveTextContent("help");
  rerender(<Frame screen />);
  expect(container).toHaveTextContent("a b c help");
  press("n");
  expect(run).toHaveBeenLastCalledWith("n");
});
