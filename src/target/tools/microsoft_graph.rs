//! Microsoft Graph: mail, calendar, files and directory. Teams and chats are the tool `teams`.
//!
//! Source: the Microsoft Graph REST reference at learn.microsoft.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "microsoft_graph",
    places: &["graph.microsoft.com", "graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"],
    graphql: None,
    table: table!(
        "
GET    /*/me                                     get_authenticated_user READ
GET    /*/users                                  list_users READ
GET    /*/users/*                                get_user READ
GET    /*/groups                                 list_groups READ
GET    /*/groups/*/members                       list_members READ
GET    /*/me/messages                            list_mail READ
GET    /*/me/messages/*                          get_mail READ
GET    /*/users/{account}/messages               list_mail READ
GET    /*/users/{account}/messages/*             get_mail READ
GET    /*/**/mailFolders/*/messages              list_mail READ
GET    /*/**/messages/*/attachments              list_attachments READ
GET    /*/**/events                              list_events READ
GET    /*/**/calendarView                        list_events READ
GET    /*/**/drive/items/{file}                  get_file READ
GET    /*/**/items/{file}/content                download_file READ export
GET    /*/**/items/{file}/children               list_files READ
GET    /*/**/items/{file}/permissions            list_permissions READ
GET    /*/**/*/children                          list_files READ
GET    /*/**/drives                              list_drives READ
GET    /*/sites                                  list_sites READ
GET    /*/auditLogs/**                           read_audit_log READ export
POST   /*/search/query                           search READ
POST   /*/**/getSchedule                         get_schedule READ
POST   /*/**/findMeetingTimes                    get_schedule READ
POST   /*/directoryObjects/getByIds              list_users READ
POST   /*/**/checkMemberGroups                   list_groups READ
POST   /*/**/getMemberGroups                     list_groups READ
POST   /*/me/sendMail                            send_mail WRITE message principal=~address principal=~Address
POST   /*/users/{account}/sendMail               send_mail WRITE message principal=~address principal=~Address
POST   /*/**/messages/*/send                     send_mail WRITE message
POST   /*/**/messages/*/reply                    reply_to_mail WRITE message principal=~address
POST   /*/**/messages/*/replyAll                 reply_to_mail WRITE message principal=~address
POST   /*/**/messages/*/forward                  forward_mail WRITE message,share principal=~address
POST   /*/**/messages/*/move                     move_mail WRITE
POST   /*/me/messages                            create_draft WRITE - principal=~address
POST   /*/users/{account}/messages               create_draft WRITE - principal=~address
PATCH  /*/**/messages/*                          update_mail WRITE - principal=~address
DELETE /*/**/messages/*                          delete_mail WRITE delete
POST   /*/**/mailFolders/inbox/messageRules      create_mail_rule ADMIN share,access principal=~address
POST   /*/**/events                              create_event WRITE message,invite principal=~address
PATCH  /*/**/events/*                            update_event WRITE message,invite principal=~address
POST   /*/**/events/*/forward                    forward_event WRITE message,share principal=~address
DELETE /*/**/events/*                            delete_event WRITE delete
PUT    /*/**/items/{file}/content                upload_file WRITE
PUT    /*/**/content                             upload_file WRITE
POST   /*/**/items/{file}/createUploadSession    upload_file WRITE
POST   /*/**/createUploadSession                 upload_file WRITE
POST   /*/**/items/{file}/children               create_folder WRITE
POST   /*/**/items/{file}/copy                   copy_file WRITE
PATCH  /*/**/items/{file}                        update_file WRITE
DELETE /*/**/items/{file}                        delete_file WRITE delete
POST   /*/**/items/{file}/invite                 share_file ADMIN share,invite,access principal=$.recipients[*].email principal=$.recipients[*].alias principal=$.recipients[*].objectId
POST   /*/**/items/{file}/createLink#scope=anonymous share_file ADMIN share,access principal=anyone
POST   /*/**/items/{file}/createLink             share_file ADMIN share,access principal=$.recipients[*].email
POST   /*/**/invite                              share_file ADMIN share,invite,access principal=$.recipients[*].email principal=$.recipients[*].alias principal=$.recipients[*].objectId
POST   /*/**/createLink#scope=anonymous          share_file ADMIN share,access principal=anyone
POST   /*/**/createLink                          share_file ADMIN share,access principal=$.recipients[*].email
PATCH  /*/**/items/{file}/permissions/*          update_permission ADMIN share,access
DELETE /*/**/items/{file}/permissions/*          revoke_permission ADMIN delete,access
POST   /*/**/sites/{org}/permissions             grant_permission ADMIN share,access principal=~id
POST   /*/invitations                            invite_user ADMIN invite,access principal=$.invitedUserEmailAddress
POST   /*/users                                  create_user ADMIN access principal=$.userPrincipalName
PATCH  /*/users/{principal}                      update_user ADMIN access
DELETE /*/users/{principal}                      delete_user ADMIN delete,access
POST   /*/groups                                 create_group ADMIN access
DELETE /*/groups/*                               delete_group ADMIN delete,access
POST   /*/groups/*/members/$ref                  add_group_member ADMIN invite,access principal=~@odata.id
POST   /*/groups/*/owners/$ref                   add_group_member ADMIN invite,access principal=~@odata.id
DELETE /*/groups/*/members/{principal}/$ref      remove_group_member ADMIN delete,access
POST   /*/applications/*/addPassword             create_app_secret ADMIN access,credential
POST   /*/servicePrincipals/*/addPassword        create_app_secret ADMIN access,credential
POST   /*/roleManagement/**                      grant_role ADMIN access principal=$.principalId
POST   /*/oauth2PermissionGrants                 grant_consent ADMIN access principal=$.principalId principal=$.clientId
POST   /*/subscriptions                          create_webhook ADMIN webhook webhook=$.notificationUrl webhook=$.lifecycleNotificationUrl
PATCH  /*/subscriptions/*                        update_webhook ADMIN webhook webhook=$.notificationUrl
POST   /*/$batch                                 batch ADMIN - principal=~address principal=~email
"
    ),
};
