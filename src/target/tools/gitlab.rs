//! GitLab: REST and GraphQL. A project is named by number or by its whole path, slashes encoded.
//!
//! Source: the REST API reference at docs.gitlab.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "gitlab",
    places: &["gitlab.com"],
    graphql: Some("/api/graphql"),
    table: table!(
        "
GET    /api/v4/user                                   get_authenticated_user READ
GET    /api/v4/users                                  list_users READ
GET    /api/v4/projects                               list_projects READ
GET    /api/v4/groups                                 list_groups READ
GET    /api/v4/search                                 search READ
GET    /api/v4/issues                                 list_issues READ
GET    /api/v4/merge_requests                         list_merge_requests READ
GET    /api/v4/groups/{org}                           get_group READ
GET    /api/v4/groups/{org}/projects                  list_projects READ
GET    /api/v4/groups/{org}/members                   list_members READ
GET    /api/v4/groups/{org}/search                    search READ
GET    /api/v4/projects/{repo}                        get_project READ
GET    /api/v4/projects/{repo}/search                 search READ
GET    /api/v4/projects/{repo}/issues                 list_issues READ
GET    /api/v4/projects/{repo}/issues/*               get_issue READ
GET    /api/v4/projects/{repo}/merge_requests         list_merge_requests READ
GET    /api/v4/projects/{repo}/merge_requests/*       get_merge_request READ
GET    /api/v4/projects/{repo}/merge_requests/*/*     get_merge_request READ
GET    /api/v4/projects/{repo}/pipelines              list_pipelines READ
GET    /api/v4/projects/{repo}/jobs/*/trace           read_job_log READ
GET    /api/v4/projects/{repo}/members                list_members READ
GET    /api/v4/projects/{repo}/members/all            list_members READ
GET    /api/v4/projects/{repo}/hooks                  list_webhooks READ
GET    /api/v4/projects/{repo}/variables              list_variables READ credential
GET    /api/v4/projects/{repo}/variables/*            get_variable READ credential
GET    /api/v4/projects/{repo}/export/download        download_export READ export
GET    /api/v4/projects/{repo}/repository/tree        list_files READ
GET    /api/v4/projects/{repo}/repository/branches    list_branches READ
GET    /api/v4/projects/{repo}/repository/commits     list_commits READ
GET    /api/v4/projects/{repo}/repository/compare     compare_commits READ
GET    /api/v4/projects/{repo}/repository/archive*    download_archive READ export
GET    /api/v4/projects/{repo}/repository/files/{file} get_file READ
GET    /api/v4/projects/{repo}/repository/files/{file}/raw get_file READ
POST   /api/v4/projects                               create_project WRITE - repo=?path
POST   /api/v4/projects/{repo}/fork                   fork_project WRITE
POST   /api/v4/projects/{repo}/issues                 create_issue WRITE message
PUT    /api/v4/projects/{repo}/issues/*               update_issue WRITE
DELETE /api/v4/projects/{repo}/issues/*               delete_issue WRITE delete
POST   /api/v4/projects/{repo}/issues/*/notes         create_comment WRITE message
POST   /api/v4/projects/{repo}/merge_requests         create_merge_request WRITE
PUT    /api/v4/projects/{repo}/merge_requests/*       update_merge_request WRITE
PUT    /api/v4/projects/{repo}/merge_requests/*/merge merge_merge_request WRITE deploy
POST   /api/v4/projects/{repo}/merge_requests/*/approve approve_merge_request WRITE message
POST   /api/v4/projects/{repo}/merge_requests/*/notes create_comment WRITE message
DELETE /api/v4/projects/{repo}/merge_requests/*       delete_merge_request WRITE delete
POST   /api/v4/projects/{repo}/snippets               create_snippet WRITE share
POST   /api/v4/snippets                               create_snippet WRITE share
POST   /api/v4/projects/{repo}/repository/files/{file} create_file WRITE
PUT    /api/v4/projects/{repo}/repository/files/{file} update_file WRITE
DELETE /api/v4/projects/{repo}/repository/files/{file} delete_file WRITE delete
POST   /api/v4/projects/{repo}/repository/commits     create_commit WRITE - file=$.actions[*].file_path
POST   /api/v4/projects/{repo}/repository/branches    create_branch WRITE
DELETE /api/v4/projects/{repo}/repository/branches/*  delete_branch WRITE delete
POST   /api/v4/projects/{repo}/repository/tags        create_tag WRITE
POST   /api/v4/projects/{repo}/releases               create_release WRITE deploy
POST   /api/v4/projects/{repo}/pipeline               run_pipeline WRITE execute
POST   /api/v4/projects/{repo}/trigger/pipeline       run_pipeline WRITE execute
POST   /api/v4/projects/{repo}/pipelines/*/retry      run_pipeline WRITE execute
POST   /api/v4/projects/{repo}/jobs/*/play            run_job WRITE execute
POST   /api/v4/projects/{repo}/deployments            create_deployment WRITE deploy
POST   /api/v4/projects/{repo}/export                 export_project READ export
PUT    /api/v4/projects/{repo}#visibility             change_visibility ADMIN share,access
PUT    /api/v4/projects/{repo}?visibility             change_visibility ADMIN share,access
PUT    /api/v4/projects/{repo}                        update_project ADMIN
DELETE /api/v4/projects/{repo}                        delete_project ADMIN delete
PUT    /api/v4/projects/{repo}/transfer               transfer_project ADMIN share,access principal=?namespace
POST   /api/v4/projects/{repo}/archive                archive_project ADMIN
POST   /api/v4/projects/{repo}/share                  share_project ADMIN share,access principal=?group_id
POST   /api/v4/projects/{repo}/members                add_member ADMIN invite,access principal=?user_id principal=?username
PUT    /api/v4/projects/{repo}/members/{principal}    update_member ADMIN access
DELETE /api/v4/projects/{repo}/members/{principal}    remove_member ADMIN delete,access
POST   /api/v4/projects/{repo}/invitations            invite_member ADMIN invite,access principal=?email principal=?user_id
POST   /api/v4/projects/{repo}/hooks                  create_webhook ADMIN webhook webhook=?url
PUT    /api/v4/projects/{repo}/hooks/*                update_webhook ADMIN webhook webhook=?url
DELETE /api/v4/projects/{repo}/hooks/*                delete_webhook ADMIN delete,webhook
POST   /api/v4/projects/{repo}/variables              create_variable ADMIN credential
PUT    /api/v4/projects/{repo}/variables/*            update_variable ADMIN credential
DELETE /api/v4/projects/{repo}/variables/*            delete_variable ADMIN delete,credential
POST   /api/v4/projects/{repo}/deploy_keys            add_deploy_key ADMIN access,credential
POST   /api/v4/projects/{repo}/deploy_tokens          create_deploy_token ADMIN access,credential
POST   /api/v4/projects/{repo}/access_tokens          create_access_token ADMIN access,credential
POST   /api/v4/projects/{repo}/protected_branches     protect_branch ADMIN access
DELETE /api/v4/projects/{repo}/protected_branches/*   unprotect_branch ADMIN delete,access
POST   /api/v4/groups                                 create_group ADMIN access org=?path
DELETE /api/v4/groups/{org}                           delete_group ADMIN delete
POST   /api/v4/groups/{org}/members                   add_member ADMIN invite,access principal=?user_id principal=?username
PUT    /api/v4/groups/{org}/members/{principal}       update_member ADMIN access
DELETE /api/v4/groups/{org}/members/{principal}       remove_member ADMIN delete,access
POST   /api/v4/groups/{org}/invitations               invite_member ADMIN invite,access principal=?email principal=?user_id
POST   /api/v4/groups/{org}/share                     share_group ADMIN share,access principal=?group_id
POST   /api/v4/groups/{org}/variables                 create_variable ADMIN credential
POST   /api/v4/groups/{org}/hooks                     create_webhook ADMIN webhook webhook=?url
POST   /api/v4/users                                  create_user ADMIN invite,access principal=?email
POST   /api/v4/user/keys                              add_ssh_key ADMIN access,credential
POST   /api/v4/user/personal_access_tokens            create_access_token ADMIN access,credential
POST   /api/v4/users/{principal}/personal_access_tokens create_access_token ADMIN access,credential
GRAPHQL currentUser                                   get_authenticated_user READ
GRAPHQL project                                       get_project READ - repo=~fullPath
GRAPHQL group                                         get_group READ - org=~fullPath
GRAPHQL createIssue                                   create_issue WRITE message repo=~projectPath
GRAPHQL updateIssue                                   update_issue WRITE - repo=~projectPath
GRAPHQL createNote                                    create_comment WRITE message
GRAPHQL mergeRequestCreate                            create_merge_request WRITE - repo=~projectPath
GRAPHQL mergeRequestAccept                            merge_merge_request WRITE deploy repo=~projectPath
GRAPHQL createSnippet                                 create_snippet WRITE share repo=~projectPath
GRAPHQL pipelineCreate                                run_pipeline WRITE execute repo=~projectPath
GRAPHQL projectDelete                                 delete_project ADMIN delete
"
    ),
};
