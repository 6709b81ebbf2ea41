//! Vercel.
//!
//! Source: the REST API reference at vercel.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "vercel",
    places: &["api.vercel.com", "mcp.vercel.com"],
    graphql: None,
    table: table!(
        "
GET    /*/projects                      list_projects         READ  -                 org=?teamId
GET    /*/projects/{project}            get_project           READ  -                 org=?teamId
POST   /*/projects                      create_project        WRITE deploy            project=$.name org=?teamId
PATCH  /*/projects/{project}            update_project        ADMIN deploy            org=?teamId
DELETE /*/projects/{project}            delete_project        ADMIN delete            org=?teamId
GET    /*/projects/{project}/env        list_env              READ  credential        org=?teamId
GET    /*/projects/{project}/env/*      get_env               READ  credential        org=?teamId
POST   /*/projects/{project}/env        create_env            ADMIN credential,deploy org=?teamId
PATCH  /*/projects/{project}/env/*      update_env            ADMIN credential,deploy org=?teamId
DELETE /*/projects/{project}/env/*      delete_env            ADMIN credential,delete org=?teamId
GET    /*/projects/{project}/domains    list_project_domains  READ  -                 org=?teamId
POST   /*/projects/{project}/domains    add_project_domain    ADMIN deploy            org=?teamId
DELETE /*/projects/{project}/domains/*  remove_project_domain ADMIN delete,deploy     org=?teamId
POST   /*/projects/{project}/members    add_project_member    ADMIN invite,access     org=?teamId principal=$.email principal=$.username principal=$.uid
POST   /*/projects/{project}/promote/*  promote_deployment    WRITE deploy            org=?teamId
POST   /*/projects/{project}/rollback/* rollback_deployment   WRITE deploy            org=?teamId
GET    /*/deployments                   list_deployments      READ  -                 project=?projectId org=?teamId
GET    /*/deployments/{file}            get_deployment        READ  -                 org=?teamId
GET    /*/deployments/{file}/events     get_deployment_events READ  -                 org=?teamId
GET    /*/deployments/{file}/files/**   get_deployment_file   READ  export            org=?teamId
POST   /*/deployments                   create_deployment     WRITE deploy            project=$.project project=$.name org=?teamId
PATCH  /*/deployments/{file}/cancel     cancel_deployment     WRITE deploy            org=?teamId
DELETE /*/deployments/{file}            delete_deployment     WRITE delete,deploy     org=?teamId
POST   /*/deployments/{file}/aliases    assign_alias          WRITE deploy            org=?teamId
POST   /*/files                         upload_file           WRITE
GET    /*/domains                       list_domains          READ  -                 org=?teamId
GET    /*/domains/*                     get_domain            READ  -                 org=?teamId
POST   /*/domains/buy                   buy_domain            ADMIN payment
POST   /*/domains                       add_domain            ADMIN deploy
DELETE /*/domains/*                     delete_domain         ADMIN delete,deploy
GET    /*/domains/*/records             list_dns_records      READ  -                 org=?teamId
POST   /*/domains/*/records             create_dns_record     ADMIN deploy            org=?teamId
PATCH  /*/domains/records/*             update_dns_record     ADMIN deploy            org=?teamId
DELETE /*/domains/*/records/*           delete_dns_record     ADMIN delete,deploy     org=?teamId
GET    /*/teams                         list_teams            READ
GET    /*/teams/{org}                   get_team              READ
GET    /*/teams/{org}/members           list_members          READ
POST   /*/teams/{org}/members           invite_member         ADMIN invite,access     principal=$.email
PATCH  /*/teams/{org}/members/*         update_member         ADMIN access
DELETE /*/teams/{org}/members/*         remove_member         ADMIN access,delete
POST   /*/teams                         create_team           ADMIN
DELETE /*/teams/{org}                   delete_team           ADMIN delete
GET    /*/webhooks                      list_webhooks         READ  -                 org=?teamId
POST   /*/webhooks                      create_webhook        ADMIN webhook           webhook=$.url org=?teamId
DELETE /*/webhooks/*                    delete_webhook        ADMIN webhook,delete    org=?teamId
POST   /*/user/tokens                   create_token          ADMIN credential
GET    /*/user/tokens                   list_tokens           READ
DELETE /*/user/tokens/*                 delete_token          ADMIN credential,delete
GET    /*/user                          get_user              READ
PATCH  /*/edge-config/{project}/items   update_edge_config    WRITE deploy            org=?teamId
GET    /*/edge-config/**                get_edge_config       READ  -                 org=?teamId
POST   /*/log-drains                    create_log_drain      ADMIN webhook,export    webhook=$.url
POST   /*/drains                        create_log_drain      ADMIN webhook,export    webhook=$.delivery.endpoint
POST   /*/artifacts/**                  upload_artifact       WRITE
"
    ),
};
