//! SendGrid: mail, marketing and account.
//!
//! Source: the v3 API reference in the SendGrid documentation at twilio.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "sendgrid",
    places: &["sendgrid.com", "sendgrid.net"],
    graphql: None,
    table: table!(
        "
GET    /v3/user/profile                       get_profile READ
GET    /v3/scopes                             list_scopes READ
GET    /v3/stats                              get_stats READ
GET    /v3/messages                           list_messages READ
GET    /v3/messages/*                         get_message READ
POST   /v3/messages/download                  export_messages READ export
GET    /v3/templates                          list_templates READ
GET    /v3/templates/{file}                   get_template READ
GET    /v3/suppression/*                      list_suppressions READ
GET    /v3/marketing/contacts                 list_contacts READ export
GET    /v3/marketing/lists                    list_lists READ
GET    /v3/marketing/lists/{project}          get_list READ
POST   /v3/marketing/contacts/search          search_contacts READ
POST   /v3/marketing/contacts/search/emails   search_contacts READ
POST   /v3/marketing/contacts/batch           search_contacts READ
POST   /v3/marketing/contacts/exports         export_contacts READ export
POST   /v3/validations/email                  validate_email READ
GET    /v3/api_keys                           list_api_keys READ credential
GET    /v3/teammates                          list_teammates READ
POST   /v3/mail/send                          send_mail WRITE message principal=$.personalizations[*].to[*].email principal=$.personalizations[*].cc[*].email principal=$.personalizations[*].bcc[*].email principal=$.mail_settings.bcc.email
ANY    /api/mail.send.json                    send_mail WRITE message principal=?to principal=?to[] principal=?cc principal=?cc[] principal=?bcc principal=?bcc[] principal=$.to[*]
POST   /v3/mail/batch                         create_batch WRITE
POST   /v3/user/scheduled_sends               cancel_scheduled_send WRITE
POST   /v3/templates                          create_template WRITE
POST   /v3/templates/{file}/versions          update_template WRITE
PATCH  /v3/templates/{file}                   update_template WRITE
DELETE /v3/templates/{file}                   delete_template WRITE delete
PUT    /v3/marketing/contacts                 add_contacts WRITE - project=$.list_ids[*]
DELETE /v3/marketing/contacts                 delete_contacts WRITE delete
POST   /v3/marketing/lists                    create_list WRITE
PATCH  /v3/marketing/lists/{project}          update_list WRITE
DELETE /v3/marketing/lists/{project}          delete_list ADMIN delete
DELETE /v3/marketing/lists/{project}/contacts remove_from_list WRITE delete
POST   /v3/marketing/singlesends              create_campaign WRITE - project=$.send_to.list_ids[*]
PUT    /v3/marketing/singlesends/*/schedule   send_campaign WRITE message
POST   /v3/marketing/test/send_email          send_mail WRITE message principal=$.emails[*]
POST   /v3/asm/**                             add_suppression WRITE
DELETE /v3/asm/**                             remove_suppression WRITE delete
DELETE /v3/suppression/**                     remove_suppression WRITE delete
POST   /v3/api_keys                           create_api_key ADMIN access,credential
PUT    /v3/api_keys/*                         update_api_key ADMIN access,credential
PATCH  /v3/api_keys/*                         update_api_key ADMIN access,credential
DELETE /v3/api_keys/*                         delete_api_key ADMIN delete,credential
POST   /v3/teammates                          invite_teammate ADMIN invite,access principal=$.email
PATCH  /v3/teammates/{principal}              update_teammate ADMIN access
DELETE /v3/teammates/{principal}              remove_teammate ADMIN delete,access
POST   /v3/subusers                           create_subuser ADMIN access principal=$.email
DELETE /v3/subusers/*                         delete_subuser ADMIN delete,access
POST   /v3/user/webhooks/event/settings       create_webhook ADMIN webhook webhook=$.url
PATCH  /v3/user/webhooks/event/settings/**    update_webhook ADMIN webhook webhook=$.url
DELETE /v3/user/webhooks/event/settings/*     delete_webhook ADMIN delete,webhook
POST   /v3/user/webhooks/event/test           test_webhook ADMIN webhook webhook=$.url
POST   /v3/user/webhooks/parse/settings       create_webhook ADMIN webhook webhook=$.url
PATCH  /v3/mail_settings/forward_*            forward_mail ADMIN share,access principal=$.email
POST   /v3/whitelabel/**                      authenticate_domain ADMIN access
POST   /v3/access_settings/**                 allow_addresses ADMIN access
POST   /v3/verified_senders                   add_sender ADMIN access
"
    ),
};
