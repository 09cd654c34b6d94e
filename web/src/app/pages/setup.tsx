import { languageBeforeLogin } from "../../features/session/language";
import { SetupPage } from "../../features/session/setup";
import { mount } from "../providers";

export default (root: HTMLElement) => mount(root, <SetupPage />, languageBeforeLogin());
