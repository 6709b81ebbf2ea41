//! Gmail.
//!
//! Source: the Gmail API reference at developers.google.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "gmail",
    places: &["gmail.googleapis.com", "www.googleapis.com/gmail", "www.googleapis.com/upload/gmail", "www.googleapis.com/batch/gmail", "content.googleapis.com/gmail"],
    graphql: None,
    table: table!(
        "
POST                  /gmail/v1/users/{account}/messages/send        send_message              WRITE message       principal=$.to principal=$.to[*] principal=$.cc principal=$.bcc
POST|PUT              /upload/gmail/v1/users/{account}/messages/send send_message              WRITE message
POST                  /gmail/v1/users/{account}/drafts/send          send_draft                WRITE message
POST|PUT              /upload/gmail/v1/users/{account}/drafts/send   send_draft                WRITE message
GET|HEAD              /gmail/v1/users/{account}/messages             list_messages             READ
GET|HEAD              /gmail/v1/users/{account}/messages/{file}/attachments/* get_attachment            READ  export
GET|HEAD              /gmail/v1/users/{account}/messages/{file}      get_message               READ
POST                  /gmail/v1/users/{account}/messages/batchDelete delete_messages           WRITE delete
POST                  /gmail/v1/users/{account}/messages/batchModify modify_messages           WRITE
POST                  /gmail/v1/users/{account}/messages/import      import_message            WRITE
POST                  /gmail/v1/users/{account}/messages/{file}/modify modify_message            WRITE
POST                  /gmail/v1/users/{account}/messages/{file}/trash trash_message             WRITE delete
POST                  /gmail/v1/users/{account}/messages/{file}/untrash untrash_message           WRITE
POST                  /gmail/v1/users/{account}/messages             insert_message            WRITE
DELETE                /gmail/v1/users/{account}/messages/{file}      delete_message            WRITE delete
GET|HEAD              /gmail/v1/users/{account}/threads              list_threads              READ
GET|HEAD              /gmail/v1/users/{account}/threads/{file}       get_thread                READ
POST                  /gmail/v1/users/{account}/threads/{file}/modify modify_thread             WRITE
POST                  /gmail/v1/users/{account}/threads/{file}/trash trash_thread              WRITE delete
DELETE                /gmail/v1/users/{account}/threads/{file}       delete_thread             WRITE delete
GET|HEAD              /gmail/v1/users/{account}/drafts               list_drafts               READ
GET|HEAD              /gmail/v1/users/{account}/drafts/{file}        get_draft                 READ
POST                  /gmail/v1/users/{account}/drafts               create_draft              WRITE
PUT                   /gmail/v1/users/{account}/drafts/{file}        update_draft              WRITE
DELETE                /gmail/v1/users/{account}/drafts/{file}        delete_draft              WRITE delete
GET|HEAD              /gmail/v1/users/{account}/labels               list_labels               READ
GET|HEAD              /gmail/v1/users/{account}/labels/*             get_label                 READ
POST                  /gmail/v1/users/{account}/labels               create_label              WRITE
PUT|PATCH             /gmail/v1/users/{account}/labels/*             update_label              WRITE
DELETE                /gmail/v1/users/{account}/labels/*             delete_label              WRITE delete
GET|HEAD              /gmail/v1/users/{account}/history              list_history              READ
GET|HEAD              /gmail/v1/users/{account}/profile              get_profile               READ
GET|HEAD              /gmail/v1/users/{account}/settings/**          get_settings              READ
POST                  /gmail/v1/users/{account}/settings/filters     create_filter             ADMIN access        principal=$.action.forward
DELETE                /gmail/v1/users/{account}/settings/filters/*   delete_filter             ADMIN delete
POST                  /gmail/v1/users/{account}/settings/forwardingAddresses create_forwarding_address ADMIN share,access  principal=$.forwardingEmail
PUT                   /gmail/v1/users/{account}/settings/autoForwarding update_auto_forwarding    ADMIN share,access  principal=$.emailAddress
PUT                   /gmail/v1/users/{account}/settings/vacation    update_vacation           WRITE message
POST                  /gmail/v1/users/{account}/settings/delegates   create_delegate           ADMIN share,access  principal=$.delegateEmail
DELETE                /gmail/v1/users/{account}/settings/delegates/* delete_delegate           ADMIN access,delete
POST                  /gmail/v1/users/{account}/settings/sendAs      create_send_as            ADMIN access        principal=$.sendAsEmail
PUT|PATCH|POST|DELETE /gmail/v1/users/{account}/settings/**          update_settings           ADMIN access
POST                  /gmail/v1/users/{account}/watch                watch_mailbox             ADMIN webhook       webhook=$.topicName
POST                  /gmail/v1/users/{account}/stop                 stop_watch                ADMIN webhook
POST                  /batch/gmail/v1                                batch                     ADMIN
"
    ),
};
