//! Notion.
//!
//! Source: the API reference at developers.notion.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "notion",
    places: &["api.notion.com", "mcp.notion.com"],
    graphql: None,
    table: table!(
        "
POST   /v1/search                               search             READ
GET    /v1/pages/{file}                         get_page           READ
GET    /v1/pages/{file}/properties/*            get_page_property  READ
GET    /v1/pages/{file}/markdown                get_page           READ
POST   /v1/pages                                create_page        WRITE -          project=$.parent.database_id project=$.parent.data_source_id file=$.parent.page_id
PATCH  /v1/pages/{file}#archived=true           trash_page         WRITE delete
PATCH  /v1/pages/{file}#in_trash=true           trash_page         WRITE delete
PATCH  /v1/pages/{file}                         update_page        WRITE
POST   /v1/pages/{file}/move                    move_page          WRITE
GET    /v1/databases                            get_databases      READ
GET    /v1/databases/{project}                  get_database       READ
POST   /v1/databases/{project}/query            query_database     READ
POST   /v1/databases                            create_database    WRITE -          file=$.parent.page_id
PATCH  /v1/databases/{project}#archived=true    trash_database     ADMIN delete
PATCH  /v1/databases/{project}#in_trash=true    trash_database     ADMIN delete
PATCH  /v1/databases/{project}                  update_database    ADMIN
GET    /v1/data_sources/{project}               get_data_source    READ
POST   /v1/data_sources/{project}/query         query_data_source  READ
POST   /v1/data_sources                         create_data_source WRITE -          project=$.parent.database_id
PATCH  /v1/data_sources/{project}#in_trash=true trash_data_source  ADMIN delete
PATCH  /v1/data_sources/{project}               update_data_source ADMIN
GET    /v1/blocks/{file}                        get_block          READ
GET    /v1/blocks/{file}/children               list_blocks        READ
PATCH  /v1/blocks/{file}/children               append_blocks      WRITE
PATCH  /v1/blocks/{file}                        update_block       WRITE
DELETE /v1/blocks/{file}                        delete_block       WRITE delete
GET    /v1/comments                             list_comments      READ  -          file=?block_id
POST   /v1/comments                             create_comment     WRITE message    file=$.parent.page_id
GET    /v1/users                                list_users         READ
GET    /v1/users/*                              get_user           READ
POST   /v1/file_uploads                         create_file_upload WRITE
POST   /v1/file_uploads/{file}/*                send_file_upload   WRITE
POST   /v1/oauth/token                          create_token       ADMIN credential
POST   /v1/oauth/revoke                         revoke_token       ADMIN credential
POST   /v1/oauth/introspect                     introspect_token   READ  credential
"
    ),
};
