export { default } from "../user-select/display";
