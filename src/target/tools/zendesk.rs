//! Zendesk: tickets, users, help centre and chat.
//!
//! Source: the Ticketing, Help Center and Webhooks API references at developer.zendesk.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "zendesk",
    places: &["{org}.zendesk.com"],
    graphql: None,
    table: table!(
        "
GET    /api/v2/tickets*                            list_tickets READ
GET    /api/v2/tickets/*                           get_ticket READ
GET    /api/v2/tickets/*/comments*                 list_comments READ
GET    /api/v2/search*                             search READ
GET    /api/v2/search/export*                      search READ export
GET    /api/v2/users*                              list_users READ
GET    /api/v2/users/me*                           get_authenticated_user READ
GET    /api/v2/users/search*                       search_users READ
GET    /api/v2/users/*                             get_user READ
GET    /api/v2/organizations*                      list_organizations READ
GET    /api/v2/organizations/*                     get_organization READ
GET    /api/v2/groups*                             list_groups READ
GET    /api/v2/views/*/tickets*                    list_tickets READ
GET    /api/v2/incremental/**                      export_tickets READ export
GET    /api/v2/audit_logs*                         read_audit_log READ export
GET    /api/v2/webhooks                            list_webhooks READ
GET    /api/v2/help_center/articles/search*        search_articles READ
GET    /api/v2/help_center/**                      read_help_center READ
POST   /api/v2/views/preview*                      preview_view READ
POST   /api/v2/tickets*                            create_ticket WRITE message project=$.ticket.group_id principal=$.ticket.requester.email principal=$.ticket.collaborators[*] principal=$.ticket.collaborators[*].email principal=$.ticket.email_ccs[*].user_email
POST   /api/v2/tickets/create_many*                create_tickets WRITE message principal=$.tickets[*].requester.email principal=$.tickets[*].email_ccs[*].user_email
PUT    /api/v2/tickets/update_many*                update_tickets WRITE message
DELETE /api/v2/tickets/destroy_many*               delete_tickets ADMIN delete
PUT    /api/v2/tickets/*                           update_ticket WRITE message principal=$.ticket.collaborators[*] principal=$.ticket.email_ccs[*].user_email
DELETE /api/v2/tickets/*                           delete_ticket WRITE delete
POST   /api/v2/tickets/*/merge*                    merge_tickets WRITE
POST   /api/v2/tickets/*/tags*                     add_tags WRITE
PUT    /api/v2/tickets/*/tags*                     add_tags WRITE
POST   /api/v2/requests*                           create_request WRITE message principal=$.request.requester.email
POST   /api/v2/uploads*                            upload_file WRITE - file=?filename
DELETE /api/v2/uploads/*                           delete_upload WRITE delete
POST   /api/v2/organizations*                      create_organization WRITE
PUT    /api/v2/organizations/*                     update_organization WRITE
DELETE /api/v2/organizations/*                     delete_organization ADMIN delete
POST   /api/v2/help_center/**                      change_help_center WRITE share
PUT    /api/v2/help_center/**                      change_help_center WRITE share
DELETE /api/v2/help_center/**                      delete_help_center_item WRITE delete
POST   /api/v2/macros*                             create_macro WRITE
DELETE /api/v2/deleted_tickets/*                   purge_ticket ADMIN delete
POST   /api/v2/users/create_or_update*             create_user ADMIN invite,access principal=$.user.email
POST   /api/v2/users/create_many*                  create_user ADMIN invite,access principal=$.users[*].email
POST   /api/v2/users/*/identities*                 add_identity ADMIN access principal=$.identity.value
POST   /api/v2/users/*/password*                   set_password ADMIN access,credential
POST   /api/v2/users*                              create_user ADMIN invite,access principal=$.user.email
PUT    /api/v2/users/*                             update_user ADMIN access principal=$.user.email
DELETE /api/v2/users/*                             delete_user ADMIN delete,access
DELETE /api/v2/deleted_users/*                     purge_user ADMIN delete
POST   /api/v2/group_memberships*                  add_group_member ADMIN invite,access principal=$.group_membership.user_id
DELETE /api/v2/group_memberships/*                 remove_group_member ADMIN delete,access
POST   /api/v2/organization_memberships*           add_organization_member ADMIN invite,access principal=$.organization_membership.user_id
POST   /api/v2/groups*                             create_group ADMIN access
DELETE /api/v2/groups/*                            delete_group ADMIN delete,access
POST   /api/v2/custom_roles*                       create_role ADMIN access
PUT    /api/v2/custom_roles/*                      update_role ADMIN access
POST   /api/v2/webhooks                            create_webhook ADMIN webhook webhook=$.webhook.endpoint
PUT    /api/v2/webhooks/*                          update_webhook ADMIN webhook webhook=$.webhook.endpoint
PATCH  /api/v2/webhooks/*                          update_webhook ADMIN webhook webhook=$.webhook.endpoint
DELETE /api/v2/webhooks/*                          delete_webhook ADMIN delete,webhook
POST   /api/v2/triggers*                           create_trigger ADMIN execute
PUT    /api/v2/triggers/*                          update_trigger ADMIN execute
POST   /api/v2/automations*                        create_automation ADMIN execute
POST   /api/v2/targets*                            create_target ADMIN webhook webhook=$.target.target_url principal=$.target.email
POST   /api/v2/oauth/**                            create_token ADMIN access,credential
POST   /api/v2/api_tokens*                         create_api_token ADMIN access,credential
DELETE /api/v2/api_tokens/*                        delete_api_token ADMIN delete,credential
POST   /oauth/tokens                               exchange_token ADMIN access,credential
"
    ),
};
