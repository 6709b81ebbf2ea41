//! Discord: the HTTP API, with or without a version in its path, and webhooks.
//!
//! Source: the API reference at docs.discord.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "discord",
    places: &["discord.com", "discordapp.com"],
    graphql: None,
    table: table!(
        "
GET    /api/**/users/*                                   get_user READ
GET    /api/**/users/@me/guilds                          list_guilds READ
GET    /api/**/guilds/{org}                              get_guild READ
GET    /api/**/guilds/{org}/channels                     list_channels READ
GET    /api/**/guilds/{org}/members                      list_members READ export
GET    /api/**/guilds/{org}/members/search               search_members READ
GET    /api/**/guilds/{org}/members/*                    get_member READ
GET    /api/**/guilds/{org}/roles                        list_roles READ
GET    /api/**/guilds/{org}/audit-logs                   read_audit_log READ export
GET    /api/**/guilds/{org}/messages/search              search_messages READ
GET    /api/**/channels/{channel}                        get_channel READ
GET    /api/**/channels/{channel}/messages               read_messages READ
GET    /api/**/channels/{channel}/messages/*             get_message READ
GET    /api/**/channels/{channel}/pins                   list_pins READ
GET    /api/**/channels/{channel}/webhooks               list_webhooks READ credential
GET    /api/**/invites/*                                 get_invite READ
POST   /api/**/channels/{channel}/messages               post_message WRITE message
PATCH  /api/**/channels/{channel}/messages/*             update_message WRITE message
DELETE /api/**/channels/{channel}/messages/*             delete_message WRITE delete
POST   /api/**/channels/{channel}/messages/bulk-delete   delete_messages ADMIN delete
POST   /api/**/channels/{channel}/messages/*/crosspost   publish_message WRITE message,share
POST   /api/**/channels/{channel}/messages/*/threads     create_thread WRITE
POST   /api/**/channels/{channel}/threads                create_thread WRITE message
PUT    /api/**/channels/{channel}/messages/*/reactions/*/* add_reaction WRITE
DELETE /api/**/channels/{channel}/messages/*/reactions/*/* remove_reaction WRITE delete
PUT    /api/**/channels/{channel}/pins/*                 pin_message WRITE
PUT    /api/**/channels/{channel}/messages/pins/*        pin_message WRITE
POST   /api/**/channels/{channel}/typing                 send_typing WRITE
PUT    /api/**/channels/{channel}/thread-members/{principal} add_thread_member WRITE invite
POST   /api/**/users/@me/channels                        open_direct_message WRITE - principal=$.recipient_id principal=$.recipients[*]
POST   /api/**/interactions/*/*/callback                 respond_to_interaction WRITE message
PATCH  /api/**/webhooks/*/*/messages/*                   update_message WRITE message
DELETE /api/**/webhooks/*/*/messages/*                   delete_message WRITE delete
POST   /api/**/webhooks/*/*                              post_message WRITE message
POST   /api/**/webhooks/*/*/slack                        post_message WRITE message
POST   /api/**/webhooks/*/*/github                       post_message WRITE message
POST   /api/**/guilds/{org}/scheduled-events             create_event WRITE message
POST   /api/**/guilds/{org}/emojis                       create_emoji WRITE
POST   /api/**/channels/{channel}/invites                create_invite ADMIN share,invite
DELETE /api/**/invites/*                                 delete_invite ADMIN delete
POST   /api/**/channels/{channel}/followers              follow_channel ADMIN share,webhook principal=$.webhook_channel_id
POST   /api/**/channels/{channel}/webhooks               create_webhook ADMIN credential,webhook
PATCH  /api/**/webhooks/*                                update_webhook ADMIN webhook channel=$.channel_id
PATCH  /api/**/webhooks/*/*                              update_webhook ADMIN webhook
DELETE /api/**/webhooks/*                                delete_webhook ADMIN delete,webhook
DELETE /api/**/webhooks/*/*                              delete_webhook ADMIN delete,webhook
POST   /api/**/guilds/{org}/channels                     create_channel ADMIN
PATCH  /api/**/channels/{channel}                        update_channel ADMIN access
DELETE /api/**/channels/{channel}                        delete_channel ADMIN delete
PUT    /api/**/channels/{channel}/permissions/{principal} set_channel_permissions ADMIN access
DELETE /api/**/channels/{channel}/permissions/*          delete_channel_permissions ADMIN delete,access
PUT    /api/**/guilds/{org}/members/{principal}          add_member ADMIN invite,access
PATCH  /api/**/guilds/{org}/members/{principal}          update_member ADMIN access
DELETE /api/**/guilds/{org}/members/{principal}          remove_member ADMIN delete,access
PUT    /api/**/guilds/{org}/members/{principal}/roles/*  grant_role ADMIN access
DELETE /api/**/guilds/{org}/members/{principal}/roles/*  revoke_role ADMIN delete,access
PUT    /api/**/guilds/{org}/bans/{principal}             ban_member ADMIN access
POST   /api/**/guilds/{org}/bulk-ban                     ban_members ADMIN access principal=$.user_ids[*]
DELETE /api/**/guilds/{org}/bans/{principal}             unban_member ADMIN delete,access
POST   /api/**/guilds/{org}/prune                        prune_members ADMIN delete,access
POST   /api/**/guilds/{org}/roles                        create_role ADMIN access
PATCH  /api/**/guilds/{org}/roles/*                      update_role ADMIN access
DELETE /api/**/guilds/{org}/roles/*                      delete_role ADMIN delete,access
PATCH  /api/**/guilds/{org}                              update_guild ADMIN
DELETE /api/**/guilds/{org}                              delete_guild ADMIN delete
POST   /api/**/applications/*/commands                   register_command ADMIN
PUT    /api/**/applications/*/commands                   register_command ADMIN
PATCH  /api/**/applications/@me                          update_application ADMIN webhook webhook=$.interactions_endpoint_url webhook=$.event_webhooks_url
"
    ),
};
