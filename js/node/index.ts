/**
 * What needs Node's own modules: approvals in files, and a person asked on the terminal.
 *
 * @packageDocumentation
 */

export { FileApprovalStore } from "../approvals/file-store.js";
export { askOnTerminal, type TerminalOptions } from "../approvals/terminal.js";
