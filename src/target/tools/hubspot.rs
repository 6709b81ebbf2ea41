//! HubSpot: CRM objects, engagements, mail, files, settings.
//!
//! Source: the API reference at developers.hubspot.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "hubspot",
    places: &["hubapi.com", "hubspot.com", "hsforms.com"],
    graphql: None,
    table: table!(
        "
GET    /crm/v3/objects/{project}                       list_records READ
GET    /crm/v3/objects/{project}/*                     get_record READ
GET    /crm/v3/objects/{project}/*/associations/**     list_associations READ
POST   /crm/v3/objects/{project}/search                search_records READ
POST   /crm/v3/objects/{project}/batch/read            get_records READ
POST   /crm/*/associations/*/*/batch/read              list_associations READ
GET    /crm/v3/properties/{project}                    list_properties READ
GET    /crm/v3/pipelines/{project}                     list_pipelines READ
GET    /crm/v3/owners                                  list_owners READ
GET    /crm/v3/lists/{project}                         get_list READ
POST   /crm/v3/lists/search                            search_lists READ
GET    /account-info/v3/details                        get_account READ
GET    /account-info/v3/activity/**                    read_audit_log READ export
GET    /files/v3/files/search                          search_files READ
GET    /files/v3/files/{file}                          get_file READ
GET    /files/v3/files/{file}/signed-url               share_file READ share
GET    /settings/v3/users                              list_users READ
GET    /webhooks/v3/*/subscriptions                    list_webhooks READ
GET    /conversations/v3/conversations/threads         list_threads READ
GET    /conversations/v3/conversations/threads/{channel}/messages read_messages READ
POST   /crm/v3/exports/export/async                    export_records READ export project=$.objectType
POST   /collector/graphql                              query READ
POST   /crm/v3/objects/{project}                       create_record WRITE
PATCH  /crm/v3/objects/{project}/*                     update_record WRITE
DELETE /crm/v3/objects/{project}/*                     delete_record WRITE delete
POST   /crm/v3/objects/{project}/batch/create          create_records WRITE
POST   /crm/v3/objects/{project}/batch/update          update_records WRITE
POST   /crm/v3/objects/{project}/batch/upsert          update_records WRITE
POST   /crm/v3/objects/{project}/batch/archive         delete_records ADMIN delete
POST   /crm/v3/objects/{project}/merge                 merge_records WRITE
POST   /crm/v3/objects/{project}/gdpr-delete           purge_record ADMIN delete
PUT    /crm/*/objects/{project}/*/associations/**      associate_records WRITE
DELETE /crm/*/objects/{project}/*/associations/**      dissociate_records WRITE delete
POST   /crm/*/associations/*/*/batch/create            associate_records WRITE
POST   /crm/v3/lists                                   create_list WRITE
PUT    /crm/v3/lists/{project}/memberships/add         add_to_list WRITE
DELETE /crm/v3/lists/{project}                         delete_list ADMIN delete
POST   /crm/v3/imports                                 import_records WRITE
POST   /contacts/v1/contact                            create_record WRITE
POST   /contacts/v1/contact/createOrUpdate/email/*     update_record WRITE
POST   /engagements/v1/engagements                     create_engagement WRITE
POST   /marketing/v3/transactional/single-email/send   send_mail WRITE message principal=$.message.to principal=$.message.cc[*] principal=$.message.bcc[*]
POST   /marketing/v4/email/single-send                 send_mail WRITE message principal=$.message.to principal=$.message.cc[*] principal=$.message.bcc[*]
POST   /marketing/v3/emails                            create_email WRITE
POST   /marketing/v3/emails/*/publish                  send_campaign WRITE message
POST   /conversations/v3/conversations/threads/{channel}/messages post_message WRITE message principal=$.recipients[*].deliveryIdentifier.value principal=$.recipients[*].deliveryIdentifiers[*].value
POST   /communication-preferences/v3/subscribe         subscribe_contact WRITE - principal=$.emailAddress
POST   /communication-preferences/v3/unsubscribe       unsubscribe_contact WRITE
POST   /submissions/v3/integration/submit/**           submit_form WRITE
POST   /submissions/v3/integration/secure/submit/**    submit_form WRITE
POST   /files/v3/files                                 upload_file WRITE
DELETE /files/v3/files/{file}                          delete_file WRITE delete
POST   /cms/v3/pages/**                                change_page WRITE deploy
PATCH  /cms/v3/pages/**                                change_page WRITE deploy
POST   /cms/v3/blogs/posts                             create_post WRITE
POST   /automation/v4/actions/**                       change_action ADMIN webhook webhook=$.actionUrl
POST   /automation/v4/flows                            create_workflow ADMIN execute
POST   /automation/v2/workflows/*/enrollments/contacts/* enroll_in_workflow WRITE execute
POST   /crm/v3/properties/{project}                    create_property ADMIN
DELETE /crm/v3/properties/{project}/*                  delete_property ADMIN delete
POST   /crm/v3/schemas                                 create_schema ADMIN
DELETE /crm/v3/schemas/{project}                       delete_schema ADMIN delete
POST   /crm/v3/pipelines/{project}                     create_pipeline ADMIN
POST   /settings/v3/users                              invite_user ADMIN invite,access principal=$.email
PUT    /settings/v3/users/{principal}                  update_user ADMIN access
DELETE /settings/v3/users/{principal}                  remove_user ADMIN delete,access
PUT    /webhooks/v3/*/settings                         create_webhook ADMIN webhook webhook=$.targetUrl
POST   /webhooks/v3/*/subscriptions                    create_webhook_subscription ADMIN webhook
DELETE /webhooks/v3/*/settings                         delete_webhook ADMIN delete,webhook
DELETE /webhooks/v3/*/subscriptions/*                  delete_webhook_subscription ADMIN delete,webhook
POST   /oauth/*/token                                  exchange_token ADMIN access,credential
"
    ),
};
