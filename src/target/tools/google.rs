//! Google APIs that have no table of their own: Cloud, Workspace administration, People, Tasks, YouTube, Gemini.
//!
//! Source: the API references at cloud.google.com, developers.google.com and ai.google.dev.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "google",
    places: &["googleapis.com"],
    graphql: None,
    table: table!(
        "
POST      /v*/projects/{project}:setIamPolicy            set_iam_policy             ADMIN access,share      principal=$.policy.bindings[*].members[*]
POST      /v*/projects/{project}/**#policy               set_iam_policy             ADMIN access,share      principal=$.policy.bindings[*].members[*]
POST      /v*/organizations/{org}:setIamPolicy           set_iam_policy             ADMIN access,share      principal=$.policy.bindings[*].members[*]
POST      /v*/*:getIamPolicy                             get_iam_policy             READ
POST      /v*/projects/{project}:getIamPolicy            get_iam_policy             READ
POST      /v*/projects/{project}:testIamPermissions      test_iam_permissions       READ
GET|HEAD  /v*/projects                                   list_projects              READ
GET|HEAD  /v*/projects:search                            list_projects              READ
GET|HEAD  /v*/projects/{project}                         get_project                READ
POST      /v*/projects                                   create_project             ADMIN -                 project=$.projectId
DELETE    /v*/projects/{project}                         delete_project             ADMIN delete
GET|HEAD  /v1/projects/{project}/serviceAccounts         list_service_accounts      READ
POST      /v1/projects/{project}/serviceAccounts         create_service_account     ADMIN access
POST      /v1/projects/{project}/serviceAccounts/*/keys  create_service_account_key ADMIN credential
POST      /v1/projects/{project}/serviceAccounts/*:*     use_service_account        ADMIN credential
DELETE    /v1/projects/{project}/serviceAccounts/*       delete_service_account     ADMIN access,delete
GET|HEAD  /v1/projects/{project}/secrets                 list_secrets               READ
GET|HEAD  /v1/projects/{project}/secrets/{file}/versions/*:access access_secret              READ  credential
GET|HEAD  /v1/projects/{project}/secrets/{file}          get_secret                 READ
POST      /v1/projects/{project}/secrets                 create_secret              ADMIN credential        file=?secretId
POST      /v1/projects/{project}/secrets/{file}:addVersion add_secret_version         ADMIN credential
POST      /v1/projects/{project}/secrets/{file}:setIamPolicy set_iam_policy             ADMIN access,share      principal=$.policy.bindings[*].members[*]
DELETE    /v1/projects/{project}/secrets/{file}          delete_secret              ADMIN credential,delete
GET|HEAD  /compute/*/projects/{project}/zones/{region}/instances list_instances             READ
GET|HEAD  /compute/*/projects/{project}/zones/{region}/instances/{file} get_instance               READ
POST      /compute/*/projects/{project}/zones/{region}/instances create_instance            WRITE deploy
POST      /compute/*/projects/{project}/zones/{region}/instances/{file}/setMetadata set_instance_metadata      ADMIN execute
POST      /compute/*/projects/{project}/zones/{region}/instances/{file}/* change_instance            WRITE deploy
DELETE    /compute/*/projects/{project}/zones/{region}/instances/{file} delete_instance            WRITE delete
POST      /compute/*/projects/{project}/global/firewalls create_firewall            ADMIN access
PUT|PATCH /compute/*/projects/{project}/global/firewalls/* update_firewall            ADMIN access
DELETE    /compute/*/projects/{project}/global/firewalls/* delete_firewall            ADMIN access,delete
GET|HEAD  /compute/*/projects/{project}/**               get_resource               READ
GET|HEAD  /storage/v1/b                                  list_buckets               READ  -                 account=?project
POST      /storage/v1/b                                  create_bucket              WRITE -                 project=$.name account=?project
DELETE    /storage/v1/b/{project}                        delete_bucket              ADMIN delete
PUT       /storage/v1/b/{project}/iam                    set_iam_policy             ADMIN access,share      principal=$.bindings[*].members[*]
POST      /storage/v1/b/{project}/acl                    create_bucket_acl          ADMIN access,share      principal=$.entity
POST      /storage/v1/b/{project}/o/{file}/acl           create_object_acl          ADMIN access,share      principal=$.entity
POST      /storage/v1/b/{project}/notificationConfigs    create_notification        ADMIN webhook           webhook=$.topic
GET|HEAD  /storage/v1/b/{project}/o                      list_objects               READ
GET|HEAD  /storage/v1/b/{project}/o/{file**}?alt=media   download_object            READ  export
GET|HEAD  /storage/v1/b/{project}/o/{file**}             get_object                 READ
GET|HEAD  /download/storage/v1/b/{project}/o/{file**}    download_object            READ  export
POST|PUT  /upload/storage/v1/b/{project}/o               upload_object              WRITE -                 file=?name
DELETE    /storage/v1/b/{project}/o/{file**}             delete_object              WRITE delete
POST      /bigquery/v2/projects/{project}/queries        run_query                  WRITE execute
POST      /bigquery/v2/projects/{project}/jobs           create_job                 WRITE execute
GET|HEAD  /bigquery/v2/projects/{project}/queries/*      get_query_results          READ  export
GET|HEAD  /bigquery/v2/projects/{project}/**             get_dataset                READ
POST      /bigquery/v2/projects/{project}/datasets/*/tables/*/insertAll insert_rows                WRITE
DELETE    /bigquery/v2/projects/{project}/datasets/{file} delete_dataset             ADMIN delete
POST      /v1/projects/{project}/topics/{channel}:publish publish_message            WRITE message
POST      /v1/projects/{project}/subscriptions/*:pull    pull_messages              READ
PUT       /v1/projects/{project}/subscriptions/*         create_subscription        ADMIN webhook           webhook=$.pushConfig.pushEndpoint
POST      /v2/entries:list                               list_log_entries           READ
POST      /v2/entries:write                              write_log_entries          WRITE
POST      /v1/projects/{project}/locations/{region}/functions/*:call call_function              WRITE execute
POST      /v2/projects/{project}/locations/{region}/services deploy_service             WRITE deploy
PATCH     /v2/projects/{project}/locations/{region}/services/* deploy_service             WRITE deploy
POST      /dns/v1/projects/{project}/managedZones/*/changes change_dns                 ADMIN deploy
GET|HEAD  /admin/directory/v1/**                         read_directory             READ
POST      /admin/directory/v1/users                      create_user                ADMIN access,credential principal=$.primaryEmail
PUT|PATCH /admin/directory/v1/users/*                    update_user                ADMIN access
POST      /admin/directory/v1/users/*/makeAdmin          make_admin                 ADMIN access
DELETE    /admin/directory/v1/users/*                    delete_user                ADMIN access,delete
POST      /admin/directory/v1/groups/*/members           add_group_member           ADMIN access,invite     principal=$.email
DELETE    /admin/directory/v1/groups/*/members/*         remove_group_member        ADMIN access,delete
GET|HEAD  /v1/people/*/connections                       list_contacts              READ  export
GET|HEAD  /v1/people:searchContacts                      search_contacts            READ
POST      /v1/people:createContact                       create_contact             WRITE
GET|HEAD  /tasks/v1/lists/{project}/tasks                list_tasks                 READ
POST      /tasks/v1/lists/{project}/tasks                create_task                WRITE
DELETE    /tasks/v1/lists/{project}/tasks/*              delete_task                WRITE delete
GET|HEAD  /youtube/v3/**                                 read_youtube               READ
POST|PUT  /upload/youtube/v3/videos                      upload_video               WRITE share
POST      /v1*/models/*:countTokens                      count_tokens               READ  model
POST      /v1*/models/*:*                                generate_content           WRITE model
GET|HEAD  /v1*/models                                    list_models                READ
POST      /v1/projects/{project}/locations/{region}/publishers/*/models/*:* generate_content           WRITE model
POST      /language/translate/**                         translate_text             READ  model
POST      /token                                         refresh_token              WRITE credential
"
    ),
};
