//! Dropbox: every call is a `POST`, the path says what it does.
//!
//! Source: the HTTP documentation at dropbox.com/developers.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "dropbox",
    places: &["dropboxapi.com"],
    graphql: None,
    table: table!(
        "
ANY /2/files/list_folder                        list_folder          READ  -                   file=$.path
ANY /2/files/list_folder/continue               list_folder          READ
ANY /2/files/list_folder/get_latest_cursor      get_cursor           READ  -                   file=$.path
ANY /2/files/list_folder/longpoll               wait_for_changes     READ
ANY /2/files/get_metadata                       get_metadata         READ  -                   file=$.path
ANY /2/files/search_v2                          search               READ
ANY /2/files/search/continue_v2                 search               READ
ANY /2/files/list_revisions                     list_revisions       READ  -                   file=$.path
ANY /2/files/get_temporary_link                 get_temporary_link   READ  share,export        file=$.path
ANY /2/files/download                           download_file        READ  export              file=$.path
ANY /2/files/download_zip                       download_folder      READ  export              file=$.path
ANY /2/files/export                             export_file          READ  export              file=$.path
ANY /2/files/get_preview                        get_preview          READ  -                   file=$.path
ANY /2/files/get_thumbnail_v2                   get_thumbnail        READ  -                   file=$.resource.path
ANY /2/files/get_temporary_upload_link          get_upload_link      WRITE share               file=$.commit_info.path
ANY /2/files/upload                             upload_file          WRITE -                   file=$.path
ANY /2/files/upload_session/*                   upload_file          WRITE -                   file=$.commit.path file=$.entries[*].commit.path
ANY /2/files/create_folder_v2                   create_folder        WRITE -                   file=$.path
ANY /2/files/create_folder_batch                create_folders       WRITE
ANY /2/files/copy_v2                            copy_file            WRITE -                   file=$.from_path
ANY /2/files/copy_batch_v2                      copy_files           WRITE
ANY /2/files/move_v2                            move_file            WRITE -                   file=$.from_path
ANY /2/files/move_batch_v2                      move_files           WRITE
ANY /2/files/restore                            restore_file         WRITE -                   file=$.path
ANY /2/files/save_url                           save_url             WRITE -                   file=$.path
ANY /2/files/delete_v2                          delete_file          WRITE delete              file=$.path
ANY /2/files/delete_batch                       delete_files         WRITE delete              file=$.entries[*].path
ANY /2/files/permanently_delete                 delete_permanently   ADMIN delete              file=$.path
ANY /2/files/tags/get                           get_tags             READ
ANY /2/files/tags/add                           add_tag              WRITE -                   file=$.path
ANY /2/sharing/create_shared_link_with_settings create_shared_link   ADMIN share,access        file=$.path principal=anyone
ANY /2/sharing/create_shared_link               create_shared_link   ADMIN share,access        file=$.path principal=anyone
ANY /2/sharing/modify_shared_link_settings      modify_shared_link   ADMIN share,access        principal=anyone
ANY /2/sharing/revoke_shared_link               revoke_shared_link   ADMIN access
ANY /2/sharing/list_shared_links                list_shared_links    READ  -                   file=$.path
ANY /2/sharing/get_shared_link_*                get_shared_link      READ
ANY /2/sharing/share_folder                     share_folder         ADMIN share,access        file=$.path
ANY /2/sharing/unshare_f*                       unshare              ADMIN access              project=$.shared_folder_id file=$.file
ANY /2/sharing/add_folder_member                add_folder_member    ADMIN share,invite,access project=$.shared_folder_id principal=$.members[*].member.email
ANY /2/sharing/add_file_member                  add_file_member      ADMIN share,invite,access file=$.file principal=$.members[*].email
ANY /2/sharing/update_*_member                  update_member        ADMIN access              project=$.shared_folder_id file=$.file principal=$.member.email
ANY /2/sharing/remove_*_member*                 remove_member        ADMIN access,delete       project=$.shared_folder_id file=$.file
ANY /2/sharing/transfer_folder                  transfer_folder      ADMIN access              project=$.shared_folder_id principal=$.to_dropbox_id
ANY /2/sharing/list_*                           list_sharing         READ  -                   project=$.shared_folder_id file=$.file
ANY /2/sharing/list_*/continue                  list_sharing         READ
ANY /2/sharing/get_*                            get_sharing          READ  -                   project=$.shared_folder_id
ANY /2/file_requests/create                     create_file_request  ADMIN share               file=$.destination
ANY /2/file_requests/list*                      list_file_requests   READ
ANY /2/file_requests/get                        get_file_request     READ
ANY /2/file_requests/update                     update_file_request  ADMIN share
ANY /2/file_requests/delete*                    delete_file_requests WRITE delete
ANY /2/users/get_current_account                get_current_account  READ
ANY /2/users/get_*                              get_account          READ
ANY /2/users/features/get_values                get_features         READ
ANY /2/check/*                                  check                READ
ANY /2/auth/token/revoke                        revoke_token         ADMIN credential
ANY /2/team/members/add*                        add_members          ADMIN invite,access       principal=$.new_members[*].member_email
ANY /2/team/members/remove*                     remove_members       ADMIN access,delete
ANY /2/team/members/set_*                       set_member           ADMIN access
ANY /2/team/members/list*                       list_members         READ
ANY /2/team/members/get_*                       get_members          READ
ANY /2/team/groups/list*                        list_groups          READ
ANY /2/team/groups/create                       create_group         ADMIN access
ANY /2/team/groups/members/add                  add_group_members    ADMIN access,invite       principal=$.members[*].user.email
ANY /2/team/groups/delete                       delete_group         ADMIN access,delete
ANY /2/team/team_folder/permanently_delete      delete_team_folder   ADMIN delete
ANY /2/team/get_info                            get_team             READ
ANY /2/team_log/get_events*                     get_events           READ
ANY /oauth2/token                               create_token         WRITE credential
"
    ),
};
