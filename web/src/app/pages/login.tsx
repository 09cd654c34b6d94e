import { languageBeforeLogin } from "../../features/session/language";
import { LoginPage } from "../../features/session/login";
import { mount } from "../providers";

export default (root: HTMLElement) => mount(root, <LoginPage />, languageBeforeLogin());
