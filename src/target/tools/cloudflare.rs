//! Cloudflare.
//!
//! Source: the API reference at developers.cloudflare.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "cloudflare",
    places: &["api.cloudflare.com", "mcp.cloudflare.com"],
    graphql: None,
    table: table!(
        "
GET|HEAD       /client/v4/zones                               list_zones           READ  -                 account=?account.id
GET|HEAD       /client/v4/zones/{project}                     get_zone             READ
POST           /client/v4/zones                               create_zone          ADMIN deploy            account=$.account.id project=$.name
PATCH          /client/v4/zones/{project}                     update_zone          ADMIN deploy
DELETE         /client/v4/zones/{project}                     delete_zone          ADMIN delete
GET|HEAD       /client/v4/zones/{project}/dns_records         list_dns_records     READ
GET|HEAD       /client/v4/zones/{project}/dns_records/export  export_dns_records   READ  export
GET|HEAD       /client/v4/zones/{project}/dns_records/*       get_dns_record       READ
POST           /client/v4/zones/{project}/dns_records         create_dns_record    ADMIN deploy
POST           /client/v4/zones/{project}/dns_records/*       import_dns_records   ADMIN deploy
PUT|PATCH      /client/v4/zones/{project}/dns_records/*       update_dns_record    ADMIN deploy
DELETE         /client/v4/zones/{project}/dns_records/*       delete_dns_record    ADMIN delete,deploy
POST           /client/v4/zones/{project}/purge_cache         purge_cache          WRITE deploy
GET|HEAD       /client/v4/zones/{project}/**                  get_zone_setting     READ
PATCH|PUT|POST /client/v4/zones/{project}/settings/**         update_zone_setting  ADMIN deploy
PATCH|PUT|POST /client/v4/zones/{project}/firewall/**         update_firewall      ADMIN access
PATCH|PUT|POST /client/v4/zones/{project}/rulesets/**         update_ruleset       ADMIN access,deploy
POST           /client/v4/zones/{project}/workers/routes      create_worker_route  ADMIN deploy
PATCH|PUT|POST /client/v4/zones/{project}/**                  update_zone_setting  ADMIN deploy
DELETE         /client/v4/zones/{project}/**                  delete_zone_setting  ADMIN delete,deploy
GET|HEAD       /client/v4/accounts                            list_accounts        READ
GET|HEAD       /client/v4/accounts/{account}                  get_account          READ
GET|HEAD       /client/v4/accounts/{account}/members          list_members         READ
POST           /client/v4/accounts/{account}/members          add_member           ADMIN invite,access     principal=$.email
PUT            /client/v4/accounts/{account}/members/*        update_member        ADMIN access
DELETE         /client/v4/accounts/{account}/members/*        remove_member        ADMIN access,delete
GET|HEAD       /client/v4/accounts/{account}/workers/scripts  list_workers         READ
GET|HEAD       /client/v4/accounts/{account}/workers/scripts/{project} get_worker           READ  export
PUT            /client/v4/accounts/{account}/workers/scripts/{project} deploy_worker        WRITE deploy
PUT            /client/v4/accounts/{account}/workers/scripts/{project}/secrets put_worker_secret    ADMIN credential
DELETE         /client/v4/accounts/{account}/workers/scripts/{project} delete_worker        ADMIN delete,deploy
GET|HEAD       /client/v4/accounts/{account}/storage/kv/namespaces list_namespaces      READ
POST           /client/v4/accounts/{account}/storage/kv/namespaces create_namespace     WRITE
DELETE         /client/v4/accounts/{account}/storage/kv/namespaces/{project} delete_namespace     ADMIN delete
GET|HEAD       /client/v4/accounts/{account}/storage/kv/namespaces/{project}/values/{file} get_value            READ
PUT            /client/v4/accounts/{account}/storage/kv/namespaces/{project}/values/{file} put_value            WRITE
DELETE         /client/v4/accounts/{account}/storage/kv/namespaces/{project}/values/{file} delete_value         WRITE delete
GET|HEAD       /client/v4/accounts/{account}/storage/kv/namespaces/{project}/keys list_keys            READ
POST           /client/v4/accounts/{account}/d1/database/{project}/query query_database       WRITE execute
POST           /client/v4/accounts/{account}/d1/database/{project}/raw query_database       WRITE execute
POST           /client/v4/accounts/{account}/d1/database      create_database      WRITE -                 project=$.name
DELETE         /client/v4/accounts/{account}/d1/database/{project} delete_database      ADMIN delete
GET|HEAD       /client/v4/accounts/{account}/r2/buckets       list_buckets         READ
POST           /client/v4/accounts/{account}/r2/buckets       create_bucket        WRITE -                 project=$.name
DELETE         /client/v4/accounts/{account}/r2/buckets/{project} delete_bucket        ADMIN delete
GET|HEAD       /client/v4/accounts/{account}/pages/projects   list_pages_projects  READ
POST           /client/v4/accounts/{account}/pages/projects/{project}/deployments create_deployment    WRITE deploy
DELETE         /client/v4/accounts/{account}/pages/projects/{project} delete_pages_project ADMIN delete
POST           /client/v4/accounts/{account}/ai/run/**        run_model            WRITE model
POST           /client/v4/accounts/{account}/access/**        update_access        ADMIN access
PUT|PATCH      /client/v4/accounts/{account}/access/**        update_access        ADMIN access
DELETE         /client/v4/accounts/{account}/access/**        delete_access        ADMIN access,delete
POST           /client/v4/accounts/{account}/tokens           create_token         ADMIN credential,access
POST           /client/v4/accounts/{account}/alerting/v3/destinations/webhooks create_webhook       ADMIN webhook           webhook=$.url
POST           /client/v4/accounts/{account}/logpush/jobs     create_logpush_job   ADMIN webhook,export    webhook=$.destination_conf
GET|HEAD       /client/v4/user                                get_user             READ
GET|HEAD       /client/v4/user/tokens                         list_tokens          READ
GET|HEAD       /client/v4/user/tokens/verify                  verify_token         READ
POST           /client/v4/user/tokens                         create_token         ADMIN credential,access
PUT            /client/v4/user/tokens/**                      update_token         ADMIN credential,access
DELETE         /client/v4/user/tokens/*                       delete_token         ADMIN credential,delete
POST           /client/v4/graphql                             query_analytics      READ
"
    ),
};
