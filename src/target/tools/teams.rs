//! Microsoft Teams: incoming webhooks, workflows, and teams, channels and chats of Microsoft Graph.
//!
//! Source: the Microsoft Teams webhook pages and the Microsoft Graph REST reference at learn.microsoft.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "teams",
    places: &[
        "{org}.webhook.office.com",
        "outlook.office.com/webhook",
        "logic.azure.com",
        "environment.api.powerplatform.com",
        "graph.microsoft.com/*/teams",
        "graph.microsoft.com/*/chats",
        "graph.microsoft.com/*/teamwork",
        "graph.microsoft.com/*/me/chats",
        "graph.microsoft.com/*/me/joinedTeams",
        "graph.microsoft.com/*/users/*/chats",
        "graph.microsoft.com/*/users/*/joinedTeams",
        "graph.microsoft.com/*/users/*/teamwork",
        "graph.microsoft.com/*/appCatalogs",
    ],
    graphql: None,
    table: table!(
        "
POST   /webhookb2/**                                     post_message WRITE message
POST   /webhook/**                                       post_message WRITE message
POST   /workflows/**                                     run_workflow WRITE message,execute
POST   /powerautomate/**                                 run_workflow WRITE message,execute
GET    /*/me/joinedTeams                                 list_teams READ
GET    /*/users/*/joinedTeams                            list_teams READ
GET    /*/teams                                          list_teams READ
GET    /*/teams/{org}                                    get_team READ
GET    /*/teams/{org}/members                            list_members READ
GET    /*/teams/{org}/channels                           list_channels READ
GET    /*/teams/{org}/allChannels                        list_channels READ
GET    /*/teams/{org}/channels/getAllMessages            export_messages READ export
GET    /*/teams/{org}/channels/{channel}                 get_channel READ
GET    /*/teams/{org}/channels/{channel}/members         list_members READ
GET    /*/teams/{org}/channels/{channel}/filesFolder     get_files_folder READ
GET    /*/teams/{org}/channels/{channel}/messages        read_messages READ
GET    /*/teams/{org}/channels/{channel}/messages/delta  read_messages READ
GET    /*/teams/{org}/channels/{channel}/messages/**     get_message READ
GET    /*/chats                                          list_chats READ
GET    /*/me/chats                                       list_chats READ
GET    /*/me/chats/getAllMessages                        export_messages READ export
GET    /*/users/*/chats                                  list_chats READ
GET    /*/users/*/chats/getAllMessages                   export_messages READ export
GET    /*/chats/{channel}                                get_chat READ
GET    /*/chats/{channel}/members                        list_members READ
GET    /*/chats/{channel}/messages                       read_messages READ
GET    /*/chats/{channel}/messages/**                    get_message READ
GET    /*/**/chats/{channel}/messages                    read_messages READ
POST   /*/teams/{org}/channels/{channel}/messages        post_message WRITE message
POST   /*/teams/{org}/channels/{channel}/messages/*/replies post_message WRITE message
PATCH  /*/teams/{org}/channels/{channel}/messages/**     update_message WRITE message
POST   /*/teams/{org}/channels/{channel}/messages/*/softDelete delete_message WRITE delete
POST   /*/teams/{org}/channels/{channel}/messages/*/setReaction add_reaction WRITE
POST   /*/chats/{channel}/messages                       post_message WRITE message
POST   /*/**/chats/{channel}/messages                    post_message WRITE message
PATCH  /*/chats/{channel}/messages/*                     update_message WRITE message
POST   /*/**/chats/{channel}/messages/*/softDelete       delete_message WRITE delete
POST   /*/chats                                          create_chat WRITE invite principal=~user@odata.bind
PATCH  /*/chats/{channel}                                update_chat WRITE
POST   /*/teams/{org}/sendActivityNotification           send_notification WRITE message principal=$.recipient.userId
POST   /*/chats/{channel}/sendActivityNotification       send_notification WRITE message principal=$.recipient.userId
POST   /*/users/{principal}/teamwork/sendActivityNotification send_notification WRITE message
POST   /*/teams/{org}/channels/{channel}/tabs            add_tab WRITE share
POST   /*/teams                                          create_team ADMIN access principal=~user@odata.bind
PUT    /*/teams/{org}                                    create_team ADMIN access
PATCH  /*/teams/{org}                                    update_team ADMIN access
DELETE /*/teams/{org}                                    delete_team ADMIN delete
POST   /*/teams/{org}/archive                            archive_team ADMIN delete
POST   /*/teams/{org}/clone                              clone_team ADMIN
POST   /*/teams/{org}/channels                           create_channel ADMIN access principal=~user@odata.bind
PATCH  /*/teams/{org}/channels/{channel}                 update_channel ADMIN
DELETE /*/teams/{org}/channels/{channel}                 delete_channel ADMIN delete
POST   /*/teams/{org}/members                            add_member ADMIN invite,access principal=~user@odata.bind
POST   /*/teams/{org}/members/add                        add_member ADMIN invite,access principal=~user@odata.bind
PATCH  /*/teams/{org}/members/*                          update_member ADMIN access
DELETE /*/teams/{org}/members/*                          remove_member ADMIN delete,access
POST   /*/teams/{org}/channels/{channel}/members         add_member ADMIN invite,access principal=~user@odata.bind
POST   /*/chats/{channel}/members                        add_member ADMIN invite,access principal=~user@odata.bind
DELETE /*/chats/{channel}/members/*                      remove_member ADMIN delete,access
POST   /*/teams/{org}/installedApps                      install_app ADMIN access
POST   /*/chats/{channel}/installedApps                  install_app ADMIN access
DELETE /*/chats/{channel}                                delete_chat ADMIN delete
POST   /*/appCatalogs/teamsApps                          publish_app ADMIN access
"
    ),
};
