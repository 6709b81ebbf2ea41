//! Supabase: the API of a project (tables, auth, storage, functions), and the one that manages projects.
//!
//! Source: the API and management references at supabase.com, the reference of PostgREST.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "supabase",
    places: &["{project}.functions.supabase.co", "{project}.supabase.co", "{project}.supabase.in", "api.supabase.com"],
    graphql: Some("/graphql/v1"),
    table: table!(
        "
GET|HEAD       /rest/v1                                       get_schema             READ
POST           /rest/v1/rpc/*                                 call_function          WRITE execute
GET|HEAD       /rest/v1/rpc/*                                 call_function          READ  execute
GET|HEAD       /rest/v1/{file}                                select_rows            READ
POST           /rest/v1/{file}                                insert_rows            WRITE
PUT            /rest/v1/{file}                                upsert_rows            WRITE
PATCH          /rest/v1/{file}                                update_rows            WRITE
DELETE         /rest/v1/{file}                                delete_rows            WRITE delete
GET            /auth/v1/admin/users                           list_users             READ
GET            /auth/v1/admin/users/*                         get_user               READ
POST           /auth/v1/admin/users                           create_user            ADMIN access,credential principal=$.email
PUT            /auth/v1/admin/users/*                         update_user            ADMIN access,credential principal=$.email
DELETE         /auth/v1/admin/users/*                         delete_user            ADMIN access,delete
POST           /auth/v1/admin/generate_link                   generate_link          ADMIN credential        principal=$.email
POST           /auth/v1/invite                                invite_user            ADMIN invite,access     principal=$.email
POST           /auth/v1/signup                                sign_up                WRITE credential
POST           /auth/v1/token                                 sign_in                WRITE credential
POST           /auth/v1/recover                               recover_password       WRITE message           principal=$.email
POST           /auth/v1/otp                                   send_one_time_password WRITE message           principal=$.email
GET            /auth/v1/user                                  get_user               READ
PUT            /auth/v1/user                                  update_user            WRITE credential
POST           /auth/v1/logout                                sign_out               WRITE
GET            /storage/v1/bucket                             list_buckets           READ
GET            /storage/v1/bucket/{file}                      get_bucket             READ
POST           /storage/v1/bucket                             create_bucket          ADMIN -                 file=$.name
PUT            /storage/v1/bucket/{file}                      update_bucket          ADMIN access
POST           /storage/v1/bucket/{file}/empty                empty_bucket           ADMIN delete
DELETE         /storage/v1/bucket/{file}                      delete_bucket          ADMIN delete
POST           /storage/v1/object/list/{file}                 list_objects           READ
POST           /storage/v1/object/sign/{file**}               sign_object            WRITE share
POST           /storage/v1/object/move                        move_object            WRITE -                 file=$.sourceKey
POST           /storage/v1/object/copy                        copy_object            WRITE -                 file=$.sourceKey
GET|HEAD       /storage/v1/object/info/{file**}               get_object_info        READ
GET|HEAD       /storage/v1/object/{file**}                    download_object        READ  export
POST|PUT       /storage/v1/object/{file**}                    upload_object          WRITE
DELETE         /storage/v1/object/{file**}                    delete_objects         WRITE delete
ANY            /functions/v1/**                               invoke_function        WRITE execute
GET            /v1/projects                                   list_projects          READ
POST           /v1/projects                                   create_project         ADMIN -                 org=$.organization_id
GET            /v1/projects/{project}                         get_project            READ
DELETE         /v1/projects/{project}                         delete_project         ADMIN delete
POST           /v1/projects/{project}/pause                   pause_project          ADMIN deploy
POST           /v1/projects/{project}/restore                 restore_project        ADMIN deploy
GET            /v1/projects/{project}/api-keys                list_api_keys          READ  credential
POST           /v1/projects/{project}/api-keys                create_api_key         ADMIN credential
GET            /v1/projects/{project}/secrets                 list_secrets           READ  credential
POST           /v1/projects/{project}/secrets                 create_secrets         ADMIN credential
DELETE         /v1/projects/{project}/secrets                 delete_secrets         ADMIN credential,delete
POST           /v1/projects/{project}/database/query/read-only run_read_only_sql      READ  execute
POST           /v1/projects/{project}/database/query          run_sql                ADMIN execute
POST           /v1/projects/{project}/database/migrations     apply_migration        ADMIN execute,deploy
GET            /v1/projects/{project}/functions               list_functions         READ
POST           /v1/projects/{project}/functions               create_function        WRITE deploy
POST           /v1/projects/{project}/functions/deploy        deploy_function        WRITE deploy
PATCH          /v1/projects/{project}/functions/*             update_function        WRITE deploy
DELETE         /v1/projects/{project}/functions/*             delete_function        WRITE delete,deploy
GET            /v1/projects/{project}/config/**               get_config             READ
PATCH|PUT|POST /v1/projects/{project}/config/**               update_config          ADMIN access
GET            /v1/projects/{project}/types/typescript        generate_types         READ
GET            /v1/organizations                              list_organizations     READ
GET            /v1/organizations/{org}/members                list_members           READ
POST           /v1/organizations                              create_organization    ADMIN
"
    ),
};
