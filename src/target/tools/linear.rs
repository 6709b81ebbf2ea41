//! Linear: GraphQL alone.
//!
//! Source: the API schema at developers.linear.app.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "linear",
    places: &["linear.app"],
    graphql: Some("/graphql"),
    table: table!(
        "
GRAPHQL viewer                       get_authenticated_user READ
GRAPHQL organization                 get_organization READ
GRAPHQL issue                        get_issue READ
GRAPHQL issues                       list_issues READ
GRAPHQL searchIssues                 search_issues READ
GRAPHQL issueSearch                  search_issues READ
GRAPHQL teams                        list_teams READ
GRAPHQL team                         get_team READ
GRAPHQL projects                     list_projects READ
GRAPHQL project                      get_project READ
GRAPHQL users                        list_users READ
GRAPHQL comments                     list_comments READ
GRAPHQL auditEntries                 read_audit_log READ export
GRAPHQL webhooks                     list_webhooks READ
GRAPHQL issueCreate                  create_issue WRITE - project=~projectId
GRAPHQL issueBatchCreate             create_issue WRITE - project=~projectId
GRAPHQL issueUpdate                  update_issue WRITE - project=~projectId
GRAPHQL issueBatchUpdate             update_issue WRITE - project=~projectId
GRAPHQL issueDelete                  delete_issue WRITE delete
GRAPHQL issueArchive                 archive_issue WRITE delete
GRAPHQL issueRelationCreate          relate_issues WRITE
GRAPHQL commentCreate                create_comment WRITE message
GRAPHQL commentUpdate                update_comment WRITE message
GRAPHQL commentDelete                delete_comment WRITE delete
GRAPHQL attachmentCreate             create_attachment WRITE - file=~url
GRAPHQL fileUpload                   upload_file WRITE - file=~filename
GRAPHQL documentCreate               create_document WRITE - project=~projectId
GRAPHQL projectCreate                create_project WRITE
GRAPHQL projectUpdate                update_project WRITE
GRAPHQL projectDelete                delete_project ADMIN delete
GRAPHQL projectUpdateCreate          post_project_update WRITE message project=~projectId
GRAPHQL issueLabelCreate             create_label WRITE
GRAPHQL cycleCreate                  create_cycle WRITE
GRAPHQL teamCreate                   create_team ADMIN access
GRAPHQL teamUpdate                   update_team ADMIN access
GRAPHQL teamDelete                   delete_team ADMIN delete
GRAPHQL teamMembershipCreate         add_team_member ADMIN invite,access principal=~userId
GRAPHQL teamMembershipDelete         remove_team_member ADMIN delete,access
GRAPHQL organizationInviteCreate     invite_member ADMIN invite,access principal=~email
GRAPHQL organizationUpdate           update_organization ADMIN access
GRAPHQL organizationDelete           delete_organization ADMIN delete
GRAPHQL organizationDomainCreate     add_domain ADMIN access principal=~name
GRAPHQL userUpdate                   update_user ADMIN access
GRAPHQL userPromoteAdmin             promote_admin ADMIN access principal=~id
GRAPHQL userDemoteAdmin              demote_admin ADMIN access
GRAPHQL userSuspend                  suspend_user ADMIN access
GRAPHQL webhookCreate                create_webhook ADMIN webhook webhook=~url
GRAPHQL webhookUpdate                update_webhook ADMIN webhook webhook=~url
GRAPHQL webhookDelete                delete_webhook ADMIN delete,webhook
GRAPHQL apiKeyCreate                 create_api_key ADMIN access,credential
GRAPHQL apiKeyDelete                 delete_api_key ADMIN delete,credential
GRAPHQL integrationRequest           request_integration ADMIN access
"
    ),
};
