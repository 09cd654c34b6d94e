export { ChoicesDisplay as default } from "../shared/text";
