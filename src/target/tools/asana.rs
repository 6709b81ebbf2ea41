//! Asana: tasks, projects, teams and workspaces.
//!
//! Source: the API reference at developers.asana.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "asana",
    places: &["asana.com"],
    graphql: None,
    table: table!(
        "
GET    /api/1.0/users/me                             get_authenticated_user READ
GET    /api/1.0/users                                list_users READ
GET    /api/1.0/users/*                              get_user READ
GET    /api/1.0/workspaces                           list_workspaces READ
GET    /api/1.0/workspaces/{org}                     get_workspace READ
GET    /api/1.0/workspaces/{org}/tasks/search        search_tasks READ
GET    /api/1.0/workspaces/{org}/typeahead           search READ
GET    /api/1.0/workspaces/{org}/audit_log_events    read_audit_log READ export
GET    /api/1.0/workspaces/{org}/projects            list_projects READ
GET    /api/1.0/projects                             list_projects READ - org=?workspace
GET    /api/1.0/projects/{project}                   get_project READ
GET    /api/1.0/projects/{project}/tasks             list_tasks READ
GET    /api/1.0/projects/{project}/project_memberships list_members READ
GET    /api/1.0/tasks                                list_tasks READ - project=?project org=?workspace
GET    /api/1.0/tasks/*                              get_task READ
GET    /api/1.0/tasks/*/subtasks                     list_subtasks READ
GET    /api/1.0/tasks/*/stories                      list_comments READ
GET    /api/1.0/attachments/{file}                   get_attachment READ
GET    /api/1.0/webhooks                             list_webhooks READ - org=?workspace
POST   /api/1.0/tasks                                create_task WRITE - org=$.data.workspace project=$.data.projects[*] principal=$.data.followers[*] principal=$.data.assignee
PUT    /api/1.0/tasks/*                              update_task WRITE - principal=$.data.assignee
DELETE /api/1.0/tasks/*                              delete_task WRITE delete
POST   /api/1.0/tasks/*/subtasks                     create_task WRITE
POST   /api/1.0/tasks/*/stories                      create_comment WRITE message
POST   /api/1.0/tasks/*/duplicate                    duplicate_task WRITE
POST   /api/1.0/tasks/*/addProject                   add_task_to_project WRITE - project=$.data.project
POST   /api/1.0/tasks/*/removeProject                remove_task_from_project WRITE - project=$.data.project
POST   /api/1.0/tasks/*/addFollowers                 add_followers WRITE share principal=$.data.followers[*] principal=$.data.followers
POST   /api/1.0/tasks/*/setParent                    set_parent WRITE
POST   /api/1.0/tasks/*/addTag                       add_tag WRITE
PUT    /api/1.0/stories/*                            update_comment WRITE message
DELETE /api/1.0/stories/*                            delete_comment WRITE delete
POST   /api/1.0/attachments                          upload_attachment WRITE
DELETE /api/1.0/attachments/{file}                   delete_attachment WRITE delete
POST   /api/1.0/sections/*/addTask                   move_task WRITE
POST   /api/1.0/projects/{project}/sections          create_section WRITE
POST   /api/1.0/projects/{project}/project_statuses  post_status WRITE message
POST   /api/1.0/status_updates                       post_status WRITE message project=$.data.parent
POST   /api/1.0/projects                             create_project WRITE - org=$.data.workspace principal=$.data.followers
POST   /api/1.0/workspaces/{org}/projects            create_project WRITE
POST   /api/1.0/teams/*/projects                     create_project WRITE
PUT    /api/1.0/projects/{project}                   update_project WRITE
POST   /api/1.0/projects/{project}/duplicate         duplicate_project WRITE
DELETE /api/1.0/projects/{project}                   delete_project ADMIN delete
POST   /api/1.0/projects/{project}/addMembers        add_project_member ADMIN share,invite,access principal=$.data.members principal=$.data.members[*]
POST   /api/1.0/projects/{project}/removeMembers     remove_project_member ADMIN access
POST   /api/1.0/projects/{project}/addFollowers      add_followers WRITE share principal=$.data.followers principal=$.data.followers[*]
POST   /api/1.0/memberships                          add_member ADMIN share,invite,access project=$.data.parent principal=$.data.member
PUT    /api/1.0/memberships/*                        update_member ADMIN access
DELETE /api/1.0/memberships/*                        remove_member ADMIN delete,access
POST   /api/1.0/workspaces/{org}/addUser             add_workspace_user ADMIN invite,access principal=$.data.user
POST   /api/1.0/workspaces/{org}/removeUser          remove_workspace_user ADMIN access
POST   /api/1.0/teams                                create_team ADMIN access org=$.data.organization
POST   /api/1.0/teams/*/addUser                      add_team_member ADMIN invite,access principal=$.data.user
POST   /api/1.0/teams/*/removeUser                   remove_team_member ADMIN access
POST   /api/1.0/webhooks                             create_webhook ADMIN webhook project=$.data.resource webhook=$.data.target
PUT    /api/1.0/webhooks/*                           update_webhook ADMIN webhook
DELETE /api/1.0/webhooks/*                           delete_webhook ADMIN delete,webhook
POST   /api/1.0/organization_exports                 export_organization READ export org=$.data.organization
POST   /api/1.0/graph_exports                        export_organization READ export
POST   /api/1.0/batch                                batch ADMIN
POST   /-/oauth_token                                exchange_token ADMIN access,credential
"
    ),
};
