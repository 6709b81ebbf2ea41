//! Jira: platform, software and service desk.
//!
//! Source: the Jira Cloud platform, Jira Software and Jira Service Management REST references at developer.atlassian.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "jira",
    places: &["{org}.atlassian.net", "api.atlassian.com/ex/jira/{org}"],
    graphql: None,
    table: table!(
        "
GET    /rest/api/*/myself                        get_authenticated_user READ
GET    /rest/api/*/issue/*                       get_issue READ
GET    /rest/api/*/issue/*/comment               list_comments READ
GET    /rest/api/*/issue/*/transitions           list_transitions READ
GET    /rest/api/*/issue/*/changelog             get_changelog READ
GET    /rest/api/*/attachment/content/{file}     download_attachment READ export
GET    /rest/api/*/search                        search_issues READ
POST   /rest/api/*/search                        search_issues READ
GET    /rest/api/*/search/jql                    search_issues READ
POST   /rest/api/*/search/jql                    search_issues READ
POST   /rest/api/*/search/approximate-count      count_issues READ
POST   /rest/api/*/issue/bulkfetch               search_issues READ
POST   /rest/api/*/jql/*                         parse_jql READ
POST   /rest/api/*/expression/**                 evaluate_expression READ
GET    /rest/api/*/project                       list_projects READ
GET    /rest/api/*/project/search                list_projects READ
GET    /rest/api/*/project/{project}             get_project READ
GET    /rest/api/*/user/search                   search_users READ
GET    /rest/api/*/users/search                  list_users READ
GET    /rest/api/*/auditing/record               read_audit_log READ export
GET    /rest/api/*/webhook                       list_webhooks READ
GET    /rest/agile/*/board                       list_boards READ
GET    /rest/agile/*/board/{project}/issue       list_issues READ
GET    /rest/agile/*/board/{project}/sprint      list_sprints READ
GET    /rest/servicedeskapi/servicedesk          list_service_desks READ
GET    /rest/servicedeskapi/request              list_requests READ
POST   /rest/api/*/issue                         create_issue WRITE message project=$.fields.project.key project=$.fields.project.id
POST   /rest/api/*/issue/bulk                    create_issue WRITE message project=$.issueUpdates[*].fields.project.key
PUT    /rest/api/*/issue/*                       update_issue WRITE
DELETE /rest/api/*/issue/*                       delete_issue WRITE delete
PUT    /rest/api/*/issue/*/assignee              assign_issue WRITE - principal=$.accountId
POST   /rest/api/*/issue/*/transitions           transition_issue WRITE
POST   /rest/api/*/issue/*/comment               create_comment WRITE message
PUT    /rest/api/*/issue/*/comment/*             update_comment WRITE message
DELETE /rest/api/*/issue/*/comment/*             delete_comment WRITE delete
POST   /rest/api/*/issue/*/worklog               add_worklog WRITE
POST   /rest/api/*/issue/*/attachments           upload_attachment WRITE
POST   /rest/api/*/issue/*/watchers              add_watcher WRITE share principal=$
POST   /rest/api/*/issue/*/notify                notify WRITE message principal=$.to.users[*].accountId principal=$.to.groups[*].name
POST   /rest/api/*/issue/*/remotelink            create_link WRITE
POST   /rest/api/*/issueLink                     link_issues WRITE
POST   /rest/api/*/bulk/issues/delete            delete_issues ADMIN delete
POST   /rest/api/*/bulk/issues/*                 update_issues WRITE
POST   /rest/api/*/version                       create_version WRITE - project=$.project
POST   /rest/api/*/filter                        create_filter WRITE
PUT    /rest/api/*/filter/*                      update_filter WRITE
POST   /rest/api/*/filter/*/permission           share_filter ADMIN share,access principal=$.accountId principal=$.groupname
POST   /rest/agile/*/sprint                      create_sprint WRITE - project=$.originBoardId
POST   /rest/agile/*/sprint/*/issue              move_to_sprint WRITE
POST   /rest/servicedeskapi/request              create_request WRITE message project=$.serviceDeskId principal=$.raiseOnBehalfOf principal=$.requestParticipants[*]
POST   /rest/servicedeskapi/request/*/comment    create_comment WRITE message
POST   /rest/servicedeskapi/request/*/participant add_participant WRITE share principal=$.accountIds[*] principal=$.usernames[*]
POST   /rest/servicedeskapi/customer             create_customer ADMIN invite,access principal=$.email
POST   /rest/servicedeskapi/servicedesk/{project}/customer add_customer ADMIN invite,access principal=$.accountIds[*]
POST   /rest/api/*/project                       create_project ADMIN - project=$.key
PUT    /rest/api/*/project/{project}             update_project ADMIN
DELETE /rest/api/*/project/{project}             delete_project ADMIN delete
POST   /rest/api/*/project/{project}/delete      delete_project ADMIN delete
POST   /rest/api/*/project/{project}/archive     archive_project ADMIN delete
POST   /rest/api/*/project/{project}/role/*      add_project_role ADMIN invite,access principal=$.user[*] principal=$.group[*] principal=$.groupId[*]
PUT    /rest/api/*/project/{project}/role/*      set_project_role ADMIN invite,access principal=$.categorisedActors.*[*]
DELETE /rest/api/*/project/{project}/role/*      remove_project_role ADMIN delete,access
POST   /rest/api/*/user                          create_user ADMIN invite,access principal=$.emailAddress
DELETE /rest/api/*/user                          delete_user ADMIN delete,access
POST   /rest/api/*/group                         create_group ADMIN access
DELETE /rest/api/*/group                         delete_group ADMIN delete,access
POST   /rest/api/*/group/user                    add_group_member ADMIN invite,access principal=$.accountId
DELETE /rest/api/*/group/user                    remove_group_member ADMIN delete,access
POST   /rest/api/*/permissionscheme              create_permission_scheme ADMIN access
POST   /rest/api/*/permissionscheme/*/permission grant_permission ADMIN share,access principal=$.holder.value principal=$.holder.parameter
PUT    /rest/api/*/permissionscheme/*            update_permission_scheme ADMIN access
POST   /rest/api/*/webhook                       create_webhook ADMIN webhook webhook=$.url
DELETE /rest/api/*/webhook                       delete_webhook ADMIN delete,webhook
POST   /rest/webhooks/*/webhook                  create_webhook ADMIN webhook webhook=$.url
DELETE /rest/webhooks/*/webhook/*                delete_webhook ADMIN delete,webhook
"
    ),
};
