//! Slack: the Web API, whose path is the method, and incoming webhooks.
//!
//! Source: the method reference at docs.slack.dev.

use super::Tool;

pub(super) const TOOL: Tool = Tool {
    name: "slack",
    places: &["slack.com"],
    graphql: None,
    table: "
ANY /api/chat.postMessage           post_message          WRITE message channel=$.channel channel=?channel
ANY /api/chat.postEphemeral         post_ephemeral        WRITE message channel=$.channel
ANY /api/chat.update                update_message        WRITE message channel=$.channel
ANY /api/chat.delete                delete_message        WRITE delete channel=$.channel
ANY /api/chat.scheduleMessage       schedule_message      WRITE message channel=$.channel
ANY /api/conversations.history      read_history          READ - channel=$.channel channel=?channel
ANY /api/conversations.replies      read_replies          READ - channel=$.channel channel=?channel
ANY /api/conversations.list         list_channels         READ
ANY /api/conversations.create       create_channel        WRITE
ANY /api/conversations.invite       invite_to_channel     ADMIN invite channel=$.channel principal=$.users
ANY /api/conversations.inviteShared share_channel         ADMIN share,invite channel=$.channel principal=$.emails principal=$.emails[*]
ANY /api/users.list                 list_users            READ export
POST /services/**                   post_message          WRITE message
",
};
