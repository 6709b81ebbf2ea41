//! Box.
//!
//! Source: the API reference at developer.box.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "box",
    places: &["box.com", "boxcloud.com"],
    graphql: None,
    table: table!(
        "
GET     /2.0/folders/{file}/items          list_folder               READ
GET     /2.0/folders/{file}/collaborations list_collaborations       READ
GET     /2.0/folders/{file}                get_folder                READ
POST    /2.0/folders                       create_folder             WRITE -                   file=$.parent.id
POST    /2.0/folders/{file}/copy           copy_folder               WRITE
POST    /2.0/folders/{file}                restore_folder            WRITE
PUT     /2.0/folders/{file}#shared_link    share_folder              ADMIN share,access        principal=anyone
PUT     /2.0/folders/{file}                update_folder             WRITE
DELETE  /2.0/folders/trash/**              delete_folder_permanently ADMIN delete
DELETE  /2.0/folders/{file}/trash          delete_folder_permanently ADMIN delete
DELETE  /2.0/folders/{file}                delete_folder             WRITE delete
GET     /2.0/files/{file}/content          download_file             READ  export
GET     /2.0/files/{file}/versions         list_versions             READ
GET     /2.0/files/{file}/comments         list_comments             READ
GET     /2.0/files/{file}/collaborations   list_collaborations       READ
GET     /2.0/files/{file}                  get_file                  READ
POST    /2.0/files/{file}/copy             copy_file                 WRITE -                   file=$.parent.id
OPTIONS /2.0/files/content                 check_upload              READ
POST    /api/2.0/files/content             upload_file               WRITE
POST    /api/2.0/files/{file}/content      upload_file_version       WRITE
POST    /api/2.0/files/upload_sessions     create_upload_session     WRITE
PUT     /2.0/files/{file}#shared_link      share_file                ADMIN share,access        principal=anyone
PUT     /2.0/files/{file}                  update_file               WRITE
POST    /2.0/files/{file}                  restore_file              WRITE
DELETE  /2.0/files/{file}/trash            delete_file_permanently   ADMIN delete
DELETE  /2.0/files/{file}                  delete_file               WRITE delete
POST    /2.0/collaborations                create_collaboration      ADMIN share,invite,access file=$.item.id principal=$.accessible_by.login principal=$.accessible_by.id
PUT     /2.0/collaborations/*              update_collaboration      ADMIN access
DELETE  /2.0/collaborations/*              delete_collaboration      ADMIN access,delete
GET     /2.0/collaborations/*              get_collaboration         READ
GET     /2.0/search                        search                    READ
POST    /2.0/metadata_queries/execute_read query_metadata            READ
POST    /2.0/comments                      create_comment            WRITE message             file=$.item.id
DELETE  /2.0/comments/*                    delete_comment            WRITE delete
POST    /2.0/tasks                         create_task               WRITE message             file=$.item.id
GET     /2.0/users/me                      get_current_user          READ
GET     /2.0/users                         list_users                READ
GET     /2.0/users/*                       get_user                  READ
POST    /2.0/users                         create_user               ADMIN access,invite       principal=$.login
PUT     /2.0/users/*                       update_user               ADMIN access
DELETE  /2.0/users/*                       delete_user               ADMIN access,delete
GET     /2.0/groups                        list_groups               READ
POST    /2.0/groups                        create_group              ADMIN access
POST    /2.0/group_memberships             add_group_member          ADMIN access,invite       principal=$.user.id
GET     /2.0/events                        get_events                READ
GET     /2.0/webhooks                      list_webhooks             READ
POST    /2.0/webhooks                      create_webhook            ADMIN webhook             file=$.target.id webhook=$.address
PUT     /2.0/webhooks/*                    update_webhook            ADMIN webhook             webhook=$.address
DELETE  /2.0/webhooks/*                    delete_webhook            ADMIN webhook,delete
POST    /2.0/sign_requests                 create_sign_request       WRITE message             principal=$.signers[*].email
POST    /2.0/zip_downloads                 create_zip_download       READ  export
POST    /2.0/ai/ask                        ask_ai                    READ  model
POST    /oauth2/token                      create_token              WRITE credential
"
    ),
};
