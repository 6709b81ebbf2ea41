//! Netlify.
//!
//! Source: the OpenAPI reference at open-api.netlify.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "netlify",
    places: &["api.netlify.com"],
    graphql: None,
    table: table!(
        "
GET       /api/v1/sites                             list_sites            READ
GET       /api/v1/sites/{project}                   get_site              READ
POST      /api/v1/sites                             create_site           WRITE deploy            project=$.name
POST      /api/v1/{org}/sites                       create_site           WRITE deploy            project=$.name
PATCH|PUT /api/v1/sites/{project}                   update_site           ADMIN deploy
DELETE    /api/v1/sites/{project}                   delete_site           ADMIN delete
GET       /api/v1/sites/{project}/deploys           list_deploys          READ
GET       /api/v1/sites/{project}/deploys/*         get_deploy            READ
POST      /api/v1/sites/{project}/deploys           create_deploy         WRITE deploy
POST      /api/v1/sites/{project}/deploys/*/restore restore_deploy        WRITE deploy
POST      /api/v1/sites/{project}/rollback          rollback_deploy       WRITE deploy
POST      /api/v1/sites/{project}/builds            start_build           WRITE deploy,execute
GET       /api/v1/deploys/{file}                    get_deploy            READ
PUT       /api/v1/deploys/{file}/files/**           upload_deploy_file    WRITE deploy
POST      /api/v1/deploys/{file}/*                  change_deploy         WRITE deploy
DELETE    /api/v1/deploys/{file}                    delete_deploy         WRITE delete,deploy
GET       /api/v1/sites/{project}/files             list_files            READ
GET       /api/v1/sites/{project}/forms             list_forms            READ
GET       /api/v1/sites/{project}/submissions       list_submissions      READ  export
GET       /api/v1/forms/*/submissions               list_submissions      READ  export
DELETE    /api/v1/submissions/*                     delete_submission     WRITE delete
GET       /api/v1/accounts                          list_accounts         READ
GET       /api/v1/accounts/{account}                get_account           READ
GET       /api/v1/accounts/{account}/env            list_env              READ  credential        project=?site_id
POST      /api/v1/accounts/{account}/env            create_env            ADMIN credential,deploy project=?site_id
PUT|PATCH /api/v1/accounts/{account}/env/*          update_env            ADMIN credential,deploy project=?site_id
DELETE    /api/v1/accounts/{account}/env/**         delete_env            ADMIN credential,delete project=?site_id
GET       /api/v1/{org}/members                     list_members          READ
POST      /api/v1/{org}/members                     add_member            ADMIN invite,access     principal=$.email
PUT       /api/v1/{org}/members/*                   update_member         ADMIN access
DELETE    /api/v1/{org}/members/*                   remove_member         ADMIN access,delete
DELETE    /api/v1/accounts/{account}                delete_account        ADMIN delete
GET       /api/v1/hooks                             list_hooks            READ  -                 project=?site_id
POST      /api/v1/hooks                             create_hook           ADMIN webhook           project=?site_id webhook=$.data.url
PUT       /api/v1/hooks/*                           update_hook           ADMIN webhook           webhook=$.data.url
DELETE    /api/v1/hooks/*                           delete_hook           ADMIN webhook,delete
POST      /api/v1/sites/{project}/build_hooks       create_build_hook     ADMIN webhook
GET       /api/v1/dns_zones                         list_dns_zones        READ
GET       /api/v1/dns_zones/{project}/dns_records   list_dns_records      READ
POST      /api/v1/dns_zones                         create_dns_zone       ADMIN deploy            project=$.name
POST      /api/v1/dns_zones/{project}/dns_records   create_dns_record     ADMIN deploy
DELETE    /api/v1/dns_zones/{project}/dns_records/* delete_dns_record     ADMIN delete,deploy
DELETE    /api/v1/dns_zones/{project}               delete_dns_zone       ADMIN delete
POST      /api/v1/deploy_keys                       create_deploy_key     ADMIN credential
POST      /api/v1/sites/{project}/ssl               provision_certificate ADMIN deploy
GET       /api/v1/user                              get_user              READ
"
    ),
};
