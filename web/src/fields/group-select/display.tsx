export { default } from "../organization-select/display";
