//! Anthropic.
//!
//! Source: the API reference at docs.claude.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "anthropic",
    places: &["api.anthropic.com"],
    graphql: None,
    table: table!(
        "
POST   /v1/messages                                   create_message          WRITE model
POST   /v1/complete                                   create_completion       WRITE model
POST   /v1/messages/count_tokens                      count_tokens            READ  model
POST   /v1/messages/batches                           create_batch            WRITE model
GET    /v1/messages/batches                           list_batches            READ
GET    /v1/messages/batches/{file}                    get_batch               READ
GET    /v1/messages/batches/{file}/results            get_batch_results       READ  export
POST   /v1/messages/batches/{file}/cancel             cancel_batch            WRITE
DELETE /v1/messages/batches/{file}                    delete_batch            WRITE delete
GET    /v1/models                                     list_models             READ
GET    /v1/models/*                                   get_model               READ
GET    /v1/files                                      list_files              READ
GET    /v1/files/{file}                               get_file                READ
GET    /v1/files/{file}/content                       download_file           READ  export
POST   /v1/files                                      upload_file             WRITE
DELETE /v1/files/{file}                               delete_file             WRITE delete
GET    /v1/skills                                     list_skills             READ
POST   /v1/skills                                     create_skill            WRITE
DELETE /v1/skills/*                                   delete_skill            WRITE delete
GET    /v1/organizations/me                           get_organization        READ
GET    /v1/organizations/users                        list_users              READ
GET    /v1/organizations/users/*                      get_user                READ
POST   /v1/organizations/users/*                      update_user             ADMIN access
DELETE /v1/organizations/users/*                      remove_user             ADMIN access,delete
GET    /v1/organizations/invites                      list_invites            READ
POST   /v1/organizations/invites                      create_invite           ADMIN invite,access     principal=$.email
DELETE /v1/organizations/invites/*                    delete_invite           ADMIN access,delete
GET    /v1/organizations/workspaces                   list_workspaces         READ
GET    /v1/organizations/workspaces/{project}         get_workspace           READ
POST   /v1/organizations/workspaces                   create_workspace        ADMIN
POST   /v1/organizations/workspaces/{project}/archive archive_workspace       ADMIN delete
POST   /v1/organizations/workspaces/{project}         update_workspace        ADMIN
GET    /v1/organizations/workspaces/{project}/members list_workspace_members  READ
POST   /v1/organizations/workspaces/{project}/members add_workspace_member    ADMIN access,invite     principal=$.user_id
POST   /v1/organizations/workspaces/{project}/members/* update_workspace_member ADMIN access
DELETE /v1/organizations/workspaces/{project}/members/* remove_workspace_member ADMIN access,delete
GET    /v1/organizations/api_keys                     list_api_keys           READ
GET    /v1/organizations/api_keys/*                   get_api_key             READ
POST   /v1/organizations/api_keys/*                   update_api_key          ADMIN credential,access
GET    /v1/organizations/usage_report/*               get_usage_report        READ  export
GET    /v1/organizations/cost_report                  get_cost_report         READ  export
"
    ),
};
