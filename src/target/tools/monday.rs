//! Monday: GraphQL alone.
//!
//! Source: the platform API reference at developer.monday.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "monday",
    places: &["monday.com"],
    graphql: Some("/v2"),
    table: table!(
        "
GRAPHQL me                            get_authenticated_user READ
GRAPHQL users                         list_users READ
GRAPHQL account                       get_account READ
GRAPHQL boards                        list_boards READ - project=~ids
GRAPHQL items                         list_items READ
GRAPHQL items_page_by_column_values   search_items READ - project=~board_id
GRAPHQL next_items_page               list_items READ
GRAPHQL workspaces                    list_workspaces READ
GRAPHQL teams                         list_teams READ
GRAPHQL docs                          list_docs READ
GRAPHQL updates                       list_updates READ
GRAPHQL assets                        list_files READ
GRAPHQL webhooks                      list_webhooks READ - project=~board_id
GRAPHQL audit_logs                    read_audit_log READ export
GRAPHQL create_item                   create_item WRITE - project=~board_id
GRAPHQL create_subitem                create_item WRITE
GRAPHQL change_column_value           update_item WRITE - project=~board_id
GRAPHQL change_simple_column_value    update_item WRITE - project=~board_id
GRAPHQL change_multiple_column_values update_item WRITE - project=~board_id
GRAPHQL move_item_to_group            move_item WRITE
GRAPHQL move_item_to_board            move_item WRITE - project=~board_id
GRAPHQL duplicate_item                duplicate_item WRITE - project=~board_id
GRAPHQL archive_item                  archive_item WRITE delete
GRAPHQL delete_item                   delete_item WRITE delete
GRAPHQL create_update                 create_comment WRITE message
GRAPHQL edit_update                   update_comment WRITE message
GRAPHQL delete_update                 delete_comment WRITE delete
GRAPHQL add_file_to_update            upload_file WRITE
GRAPHQL add_file_to_column            upload_file WRITE
GRAPHQL create_notification           send_notification WRITE message principal=~user_id
GRAPHQL create_doc                    create_doc WRITE
GRAPHQL create_group                  create_group WRITE - project=~board_id
GRAPHQL create_column                 create_column WRITE - project=~board_id
GRAPHQL create_board                  create_board WRITE - org=~workspace_id
GRAPHQL update_board                  update_board WRITE - project=~board_id
GRAPHQL duplicate_board               duplicate_board WRITE - project=~board_id
GRAPHQL archive_board                 archive_board ADMIN delete project=~board_id
GRAPHQL delete_board                  delete_board ADMIN delete project=~board_id
GRAPHQL delete_group                  delete_group ADMIN delete project=~board_id
GRAPHQL delete_column                 delete_column ADMIN delete project=~board_id
GRAPHQL delete_workspace              delete_workspace ADMIN delete org=~workspace_id
GRAPHQL create_workspace              create_workspace ADMIN access
GRAPHQL add_users_to_board            add_board_members ADMIN share,invite,access project=~board_id principal=~user_ids
GRAPHQL add_subscribers_to_board      add_board_members ADMIN share,invite,access project=~board_id principal=~user_ids
GRAPHQL delete_subscribers_from_board remove_board_members ADMIN delete,access project=~board_id
GRAPHQL add_teams_to_board            add_board_members ADMIN share,invite,access project=~board_id principal=~team_ids
GRAPHQL add_users_to_workspace        add_workspace_members ADMIN invite,access org=~workspace_id principal=~user_ids
GRAPHQL add_teams_to_workspace        add_workspace_members ADMIN invite,access org=~workspace_id principal=~team_ids
GRAPHQL add_users_to_team             add_team_members ADMIN invite,access principal=~user_ids
GRAPHQL create_team                   create_team ADMIN access principal=~subscriber_ids
GRAPHQL invite_users                  invite_users ADMIN invite,access principal=~emails
GRAPHQL update_users_role             update_users_role ADMIN access principal=~user_ids
GRAPHQL activate_users                activate_users ADMIN access principal=~user_ids
GRAPHQL deactivate_users              deactivate_users ADMIN access
GRAPHQL create_webhook                create_webhook ADMIN webhook project=~board_id webhook=~url
GRAPHQL delete_webhook                delete_webhook ADMIN delete,webhook
POST /v2/file                         upload_file WRITE
POST /oauth2/token                    exchange_token ADMIN access,credential
"
    ),
};
