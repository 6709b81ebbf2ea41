//! MCP, and other protocols in JSON-RPC: the methods that say something by themselves. What `tools/call` calls has the name
//! that the server gave it.
//!
//! Source: the schema reference at modelcontextprotocol.io, the A2A specification, the execution API of Ethereum.

use super::{Tool, table};

pub(in super::super) const TOOL: Tool = Tool {
    name: "mcp",
    places: &[],
    graphql: None,
    table: table!(
        "
RPC initialize                       initialize             READ
RPC ping                             ping                   READ
RPC tools/list                       list_tools             READ
RPC resources/list                   list_resources         READ
RPC resources/templates/list         list_resource_templates READ
RPC resources/read                   read_resource          READ  -       file=$.params.uri
RPC resources/subscribe              subscribe_resource     READ  -       file=$.params.uri
RPC resources/unsubscribe            unsubscribe_resource   READ  -       file=$.params.uri
RPC prompts/list                     list_prompts           READ
RPC prompts/get                      get_prompt             READ
RPC completion/complete              complete_argument      READ
RPC roots/list                       list_roots             READ
RPC logging/setLevel                 set_log_level          WRITE
RPC sampling/createMessage           create_message         WRITE model
RPC elicitation/create               ask_user               WRITE message
RPC notifications/initialized        notify_initialized     READ
RPC notifications/progress           notify_progress        READ
RPC notifications/cancelled          cancel_request         WRITE
RPC message/send                     send_message           WRITE message
RPC message/stream                   send_message           WRITE message
RPC tasks/get                        get_task               READ
RPC tasks/list                       list_tasks             READ
RPC tasks/result                     get_task_result        READ
RPC tasks/cancel                     cancel_task            WRITE
RPC tasks/pushNotificationConfig/set set_push_notification  ADMIN webhook webhook=$.params.pushNotificationConfig.url
RPC eth_sendTransaction              send_transaction       WRITE payment
RPC eth_sendRawTransaction           send_transaction       WRITE payment
RPC eth_sign*                        sign_transaction       ADMIN credential
RPC eth_get*                         get_chain_data         READ
RPC eth_call                         call_contract          READ
RPC eth_estimateGas                  estimate_gas           READ
RPC eth_blockNumber                  get_block_number       READ
RPC eth_chainId                      get_chain_id           READ
"
    ),
};
