declare module "virtual:messages" {
  import type { Messages } from "@lingui/core";

  const messages: Messages;
  // biome-ignore lint/style/noDefaultExport: the shape of the generated module
  export default messages;
}
