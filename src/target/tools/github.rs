//! GitHub: REST and GraphQL.
//!
//! Source: the REST and GraphQL references at docs.github.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "github",
    places: &["github.com", "githubusercontent.com", "{org}.ghe.com"],
    graphql: Some("/graphql"),
    table: table!(
        "
GET    /user                                         get_authenticated_user READ
GET    /user/repos                                   list_repositories READ
GET    /user/orgs                                    list_organizations READ
GET    /users/*                                      get_user READ
GET    /users/{org}/repos                            list_repositories READ
GET    /search/code                                  search_code READ
GET    /search/*                                     search READ
GET    /notifications                                list_notifications READ
GET    /rate_limit                                   get_rate_limit READ
GET    /gists                                        list_gists READ
GET    /gists/{file}                                 get_gist READ
POST   /gists                                        create_gist WRITE share
PATCH  /gists/{file}                                 update_gist WRITE share
DELETE /gists/{file}                                 delete_gist WRITE delete
POST   /gists/{file}/comments                        comment_on_gist WRITE message
POST   /user/repos                                   create_repository WRITE - repo=$.name
POST   /user/keys                                    add_ssh_key ADMIN access,credential
POST   /user/gpg_keys                                add_gpg_key ADMIN access,credential
DELETE /user/keys/*                                  delete_ssh_key ADMIN delete,access,credential
POST   /user/emails                                  add_email ADMIN access principal=$.emails[*] principal=$[*]
PATCH  /user/repository_invitations/*                accept_invitation ADMIN access
PATCH  /user                                         update_user WRITE
GET    /orgs/{org}                                   get_organization READ
GET    /orgs/{org}/repos                             list_repositories READ
GET    /orgs/{org}/members                           list_members READ
GET    /orgs/{org}/teams                             list_teams READ
GET    /orgs/{org}/audit-log                         read_audit_log READ export
POST   /orgs/{org}/repos                             create_repository WRITE - repo=$.name
PATCH  /orgs/{org}                                   update_organization ADMIN access
DELETE /orgs/{org}                                   delete_organization ADMIN delete
POST   /orgs/{org}/invitations                       invite_member ADMIN invite,access principal=$.email principal=$.invitee_id
PUT    /orgs/{org}/memberships/{principal}           set_membership ADMIN invite,access
DELETE /orgs/{org}/memberships/{principal}           remove_member ADMIN delete,access
DELETE /orgs/{org}/members/{principal}               remove_member ADMIN delete,access
PUT    /orgs/{org}/outside_collaborators/{principal} add_outside_collaborator ADMIN share,access
POST   /orgs/{org}/teams                             create_team ADMIN access principal=$.maintainers[*]
DELETE /orgs/{org}/teams/*                           delete_team ADMIN delete,access
PUT    /orgs/{org}/teams/*/memberships/{principal}   add_team_member ADMIN invite,access
DELETE /orgs/{org}/teams/*/memberships/{principal}   remove_team_member ADMIN delete,access
PUT    /orgs/{org}/teams/*/repos/*/{repo}            add_team_repository ADMIN share,access
POST   /orgs/{org}/hooks                             create_webhook ADMIN webhook webhook=$.config.url
PATCH  /orgs/{org}/hooks/*                           update_webhook ADMIN webhook webhook=$.config.url
DELETE /orgs/{org}/hooks/*                           delete_webhook ADMIN delete,webhook
PUT    /orgs/{org}/actions/secrets/*                 set_secret ADMIN credential
DELETE /orgs/{org}/actions/secrets/*                 delete_secret ADMIN delete,credential
GET    /repos/{org}/{repo}                           get_repository READ
GET    /repos/{org}/{repo}/contents/{file**}         get_file READ
GET    /repos/{org}/{repo}/readme                    get_readme READ
GET    /repos/{org}/{repo}/branches                  list_branches READ
GET    /repos/{org}/{repo}/branches/*                get_branch READ
GET    /repos/{org}/{repo}/commits                   list_commits READ
GET    /repos/{org}/{repo}/commits/*                 get_commit READ
GET    /repos/{org}/{repo}/compare/**                compare_commits READ
GET    /repos/{org}/{repo}/tarball/**                download_archive READ export
GET    /repos/{org}/{repo}/zipball/**                download_archive READ export
GET    /repos/{org}/{repo}/pulls                     list_pull_requests READ
GET    /repos/{org}/{repo}/pulls/*                   get_pull_request READ
GET    /repos/{org}/{repo}/pulls/*/files             list_pull_request_files READ
GET    /repos/{org}/{repo}/issues                    list_issues READ
GET    /repos/{org}/{repo}/issues/*                  get_issue READ
GET    /repos/{org}/{repo}/issues/*/comments         list_comments READ
GET    /repos/{org}/{repo}/releases                  list_releases READ
GET    /repos/{org}/{repo}/actions/runs              list_workflow_runs READ
GET    /repos/{org}/{repo}/actions/secrets           list_secrets READ credential
GET    /repos/{org}/{repo}/collaborators             list_collaborators READ
GET    /repos/{org}/{repo}/hooks                     list_webhooks READ
POST   /repos/{org}/{repo}/pulls                     create_pull_request WRITE
PATCH  /repos/{org}/{repo}/pulls/*                   update_pull_request WRITE
PUT    /repos/{org}/{repo}/pulls/*/merge             merge_pull_request WRITE deploy
POST   /repos/{org}/{repo}/pulls/*/reviews           review_pull_request WRITE message
POST   /repos/{org}/{repo}/pulls/*/reviews/*/events  review_pull_request WRITE message
POST   /repos/{org}/{repo}/pulls/*/comments          comment_on_pull_request WRITE message
POST   /repos/{org}/{repo}/pulls/*/requested_reviewers request_reviewers WRITE message principal=$.reviewers[*]
POST   /repos/{org}/{repo}/merges                    merge_branch WRITE deploy
POST   /repos/{org}/{repo}/issues                    create_issue WRITE message
PATCH  /repos/{org}/{repo}/issues/*                  update_issue WRITE
POST   /repos/{org}/{repo}/issues/*/comments         create_comment WRITE message
PATCH  /repos/{org}/{repo}/issues/comments/*         update_comment WRITE message
DELETE /repos/{org}/{repo}/issues/comments/*         delete_comment WRITE delete
POST   /repos/{org}/{repo}/issues/*/labels           add_labels WRITE
POST   /repos/{org}/{repo}/issues/*/assignees        assign_issue WRITE
POST   /repos/{org}/{repo}/commits/*/comments        comment_on_commit WRITE message
PUT    /repos/{org}/{repo}/contents/{file**}         update_file WRITE
DELETE /repos/{org}/{repo}/contents/{file**}         delete_file WRITE delete
POST   /repos/{org}/{repo}/git/refs                  create_ref WRITE
PATCH  /repos/{org}/{repo}/git/refs/**               update_ref WRITE
DELETE /repos/{org}/{repo}/git/refs/**               delete_ref WRITE delete
POST   /repos/{org}/{repo}/git/*                     create_git_object WRITE
POST   /repos/{org}/{repo}/branches/*/rename         rename_branch WRITE
POST   /repos/{org}/{repo}/forks                     fork_repository WRITE
POST   /repos/{org}/{repo}/releases                  create_release WRITE deploy
PATCH  /repos/{org}/{repo}/releases/*                update_release WRITE deploy
DELETE /repos/{org}/{repo}/releases/*                delete_release WRITE delete
POST   /repos/{org}/{repo}/releases/*/assets         upload_release_asset WRITE deploy
POST   /repos/{org}/{repo}/actions/workflows/*/dispatches run_workflow WRITE execute
POST   /repos/{org}/{repo}/actions/runs/*/rerun      rerun_workflow WRITE execute
POST   /repos/{org}/{repo}/actions/runs/*/cancel     cancel_workflow WRITE
POST   /repos/{org}/{repo}/dispatches                dispatch_event WRITE execute
POST   /repos/{org}/{repo}/deployments               create_deployment WRITE deploy
PATCH  /repos/{org}/{repo}#visibility                change_visibility ADMIN share,access
PATCH  /repos/{org}/{repo}#private                   change_visibility ADMIN share,access
PATCH  /repos/{org}/{repo}                           update_repository ADMIN
DELETE /repos/{org}/{repo}                           delete_repository ADMIN delete
POST   /repos/{org}/{repo}/transfer                  transfer_repository ADMIN share,access principal=$.new_owner
PUT    /repos/{org}/{repo}/collaborators/{principal} add_collaborator ADMIN share,invite,access
DELETE /repos/{org}/{repo}/collaborators/{principal} remove_collaborator ADMIN delete,access
PATCH  /repos/{org}/{repo}/invitations/*             update_invitation ADMIN invite,access
POST   /repos/{org}/{repo}/hooks                     create_webhook ADMIN webhook webhook=$.config.url
PATCH  /repos/{org}/{repo}/hooks/*                   update_webhook ADMIN webhook webhook=$.config.url
PATCH  /repos/{org}/{repo}/hooks/*/config            update_webhook ADMIN webhook webhook=$.url
DELETE /repos/{org}/{repo}/hooks/*                   delete_webhook ADMIN delete,webhook
POST   /repos/{org}/{repo}/keys                      add_deploy_key ADMIN access,credential
DELETE /repos/{org}/{repo}/keys/*                    delete_deploy_key ADMIN delete,access,credential
PUT    /repos/{org}/{repo}/actions/secrets/*         set_secret ADMIN credential
DELETE /repos/{org}/{repo}/actions/secrets/*         delete_secret ADMIN delete,credential
PUT    /repos/{org}/{repo}/environments/*/secrets/*  set_secret ADMIN credential
PUT    /repos/{org}/{repo}/actions/permissions/**    set_actions_permissions ADMIN access
PUT    /repos/{org}/{repo}/branches/*/protection     protect_branch ADMIN access
DELETE /repos/{org}/{repo}/branches/*/protection     unprotect_branch ADMIN delete,access
POST   /repos/{org}/{repo}/rulesets                  create_ruleset ADMIN access
DELETE /repos/{org}/{repo}/rulesets/*                delete_ruleset ADMIN delete,access
GRAPHQL viewer                                       get_authenticated_user READ
GRAPHQL repository                                   get_repository READ - org=~owner repo=~name
GRAPHQL search                                       search READ
GRAPHQL organization                                 get_organization READ - org=~login
GRAPHQL createIssue                                  create_issue WRITE message
GRAPHQL updateIssue                                  update_issue WRITE
GRAPHQL deleteIssue                                  delete_issue WRITE delete
GRAPHQL transferIssue                                transfer_issue WRITE
GRAPHQL addComment                                   create_comment WRITE message
GRAPHQL createPullRequest                            create_pull_request WRITE
GRAPHQL addPullRequestReview                         review_pull_request WRITE message
GRAPHQL submitPullRequestReview                      review_pull_request WRITE message
GRAPHQL mergePullRequest                             merge_pull_request WRITE deploy
GRAPHQL enablePullRequestAutoMerge                   merge_pull_request WRITE deploy
GRAPHQL mergeBranch                                  merge_branch WRITE deploy
GRAPHQL createCommitOnBranch                         update_file WRITE - file=~path
GRAPHQL createRef                                    create_ref WRITE
GRAPHQL updateRef                                    update_ref WRITE
GRAPHQL deleteRef                                    delete_ref WRITE delete
GRAPHQL createRepository                             create_repository WRITE - repo=~name
GRAPHQL updateRepository                             update_repository ADMIN
GRAPHQL createBranchProtectionRule                   protect_branch ADMIN access
GRAPHQL updateBranchProtectionRule                   protect_branch ADMIN access
GRAPHQL deleteBranchProtectionRule                   unprotect_branch ADMIN delete,access
GRAPHQL addEnterpriseAdmin                           add_enterprise_admin ADMIN invite,access principal=~login
GRAPHQL inviteEnterpriseAdmin                        add_enterprise_admin ADMIN invite,access principal=~email principal=~invitee
GRAPHQL removeOutsideCollaborator                    remove_collaborator ADMIN delete,access
"
    ),
};
