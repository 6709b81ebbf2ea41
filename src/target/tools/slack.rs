//! Slack: the Web API, whose path is the method and whose arguments are JSON, a form or the query; and incoming webhooks.
//!
//! Source: the method reference at docs.slack.dev.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "slack",
    places: &["slack.com", "slack-gov.com"],
    graphql: None,
    table: table!(
        "
ANY  /api/auth.test                                  test_auth READ
ANY  /api/api.test                                   test_api READ
ANY  /api/auth.revoke                                revoke_token ADMIN access,credential
ANY  /api/apps.uninstall                             uninstall_app ADMIN delete,access
ANY  /api/apps.manifest.*                            change_app ADMIN access
ANY  /api/oauth.*                                    exchange_token ADMIN access,credential
ANY  /api/bots.info                                  get_bot READ
ANY  /api/team.info                                  get_team READ
ANY  /api/team.accessLogs                            read_access_logs READ export
ANY  /api/team.integrationLogs                       read_access_logs READ export
ANY  /api/team.profile.get                           get_team READ
ANY  /api/chat.postMessage                           post_message WRITE message channel=?channel
ANY  /api/chat.postEphemeral                         post_ephemeral WRITE message channel=?channel principal=?user
ANY  /api/chat.meMessage                             post_message WRITE message channel=?channel
ANY  /api/chat.update                                update_message WRITE message channel=?channel
ANY  /api/chat.delete                                delete_message WRITE delete channel=?channel
ANY  /api/chat.scheduleMessage                       schedule_message WRITE message channel=?channel
ANY  /api/chat.deleteScheduledMessage                delete_scheduled_message WRITE delete channel=?channel
ANY  /api/chat.scheduledMessages.list                list_scheduled_messages READ - channel=?channel
ANY  /api/chat.getPermalink                          get_permalink READ - channel=?channel
ANY  /api/chat.unfurl                                unfurl_link WRITE message channel=?channel
ANY  /api/chat.startStream                           stream_message WRITE message channel=?channel
ANY  /api/chat.appendStream                          stream_message WRITE message channel=?channel
ANY  /api/chat.stopStream                            stream_message WRITE message channel=?channel
ANY  /api/conversations.history                      read_history READ - channel=?channel
ANY  /api/conversations.replies                      read_replies READ - channel=?channel
ANY  /api/conversations.list                         list_channels READ
ANY  /api/conversations.info                         get_channel READ - channel=?channel
ANY  /api/conversations.members                      list_channel_members READ - channel=?channel
ANY  /api/conversations.create                       create_channel WRITE
ANY  /api/conversations.join                         join_channel WRITE - channel=?channel
ANY  /api/conversations.leave                        leave_channel WRITE - channel=?channel
ANY  /api/conversations.mark                         mark_channel WRITE - channel=?channel
ANY  /api/conversations.open                         open_conversation WRITE - channel=?channel principal=?users
ANY  /api/conversations.close                        close_conversation WRITE - channel=?channel
ANY  /api/conversations.rename                       rename_channel WRITE - channel=?channel
ANY  /api/conversations.setTopic                     set_topic WRITE - channel=?channel
ANY  /api/conversations.setPurpose                   set_purpose WRITE - channel=?channel
ANY  /api/conversations.archive                      archive_channel ADMIN delete channel=?channel
ANY  /api/conversations.unarchive                    unarchive_channel ADMIN - channel=?channel
ANY  /api/conversations.invite                       invite_to_channel ADMIN invite channel=?channel principal=?users principal=$.users[*]
ANY  /api/conversations.kick                         remove_from_channel ADMIN access channel=?channel
ANY  /api/conversations.inviteShared                 share_channel ADMIN share,invite channel=?channel principal=?emails principal=$.emails[*] principal=?user_ids principal=$.user_ids[*]
ANY  /api/conversations.acceptSharedInvite           accept_shared_channel ADMIN share,access channel=?channel_id
ANY  /api/conversations.approveSharedInvite          approve_shared_channel ADMIN share,access
ANY  /api/conversations.declineSharedInvite          decline_shared_channel ADMIN
ANY  /api/conversations.listConnectInvites           list_shared_invites READ
ANY  /api/conversations.externalInvitePermissions.set set_external_permissions ADMIN share,access channel=?channel principal=?target_team
ANY  /api/conversations.requestSharedInvite.*        approve_shared_channel ADMIN share,access
ANY  /api/canvases.create                            create_canvas WRITE - channel=?channel_id
ANY  /api/canvases.edit                              update_canvas WRITE - file=?canvas_id
ANY  /api/canvases.delete                            delete_canvas WRITE delete file=?canvas_id
ANY  /api/canvases.access.set                        share_canvas ADMIN share,access file=?canvas_id principal=$.channel_ids[*] principal=$.user_ids[*] principal=?channel_ids principal=?user_ids
ANY  /api/canvases.sections.lookup                   read_canvas READ - file=?canvas_id
ANY  /api/conversations.canvases.create              create_canvas WRITE - channel=?channel_id
ANY  /api/bookmarks.add                              add_bookmark WRITE - channel=?channel_id
ANY  /api/bookmarks.edit                             edit_bookmark WRITE - channel=?channel_id
ANY  /api/bookmarks.remove                           remove_bookmark WRITE delete channel=?channel_id
ANY  /api/bookmarks.list                             list_bookmarks READ - channel=?channel_id
ANY  /api/files.list                                 list_files READ - channel=?channel
ANY  /api/files.info                                 get_file READ - file=?file
ANY  /api/files.upload                               upload_file WRITE share channel=?channels file=?filename
ANY  /api/files.getUploadURLExternal                 upload_file WRITE - file=?filename
ANY  /api/files.completeUploadExternal               upload_file WRITE share channel=?channel_id channel=?channels file=$.files[*].id
ANY  /api/files.delete                               delete_file WRITE delete file=?file
ANY  /api/files.sharedPublicURL                      share_file_public WRITE share file=?file
ANY  /api/files.revokePublicURL                      revoke_file_public WRITE - file=?file
ANY  /api/files.remote.list                          list_files READ - channel=?channel
ANY  /api/files.remote.info                          get_file READ - file=?file
ANY  /api/files.remote.add                           add_remote_file WRITE - file=?external_id
ANY  /api/files.remote.share                         share_file WRITE share channel=?channels file=?file
ANY  /api/files.remote.remove                        delete_file WRITE delete file=?file
ANY  /api/users.list                                 list_users READ export
ANY  /api/users.info                                 get_user READ
ANY  /api/users.lookupByEmail                        find_user READ
ANY  /api/users.conversations                        list_channels READ
ANY  /api/users.getPresence                          get_presence READ
ANY  /api/users.identity                             get_user READ
ANY  /api/users.profile.get                          get_user READ
ANY  /api/users.profile.set                          set_profile WRITE
ANY  /api/users.setPresence                          set_presence WRITE
ANY  /api/users.setPhoto                             set_profile WRITE
ANY  /api/users.deletePhoto                          set_profile WRITE
ANY  /api/usergroups.list                            list_usergroups READ
ANY  /api/usergroups.users.list                      list_usergroup_members READ
ANY  /api/usergroups.create                          create_usergroup ADMIN access
ANY  /api/usergroups.update                          update_usergroup ADMIN access
ANY  /api/usergroups.enable                          enable_usergroup ADMIN access
ANY  /api/usergroups.disable                         disable_usergroup ADMIN access
ANY  /api/usergroups.users.update                    set_usergroup_members ADMIN invite,access principal=?users principal=$.users[*]
ANY  /api/reactions.add                              add_reaction WRITE - channel=?channel
ANY  /api/reactions.remove                           remove_reaction WRITE - channel=?channel
ANY  /api/reactions.get                              get_reactions READ - channel=?channel
ANY  /api/reactions.list                             list_reactions READ
ANY  /api/pins.add                                   pin_message WRITE - channel=?channel
ANY  /api/pins.remove                                unpin_message WRITE - channel=?channel
ANY  /api/pins.list                                  list_pins READ - channel=?channel
ANY  /api/reminders.add                              add_reminder WRITE - principal=?user
ANY  /api/reminders.delete                           delete_reminder WRITE delete
ANY  /api/reminders.list                             list_reminders READ
ANY  /api/stars.list                                 list_stars READ
ANY  /api/search.messages                            search_messages READ
ANY  /api/search.files                               search_files READ
ANY  /api/search.all                                 search_all READ
ANY  /api/assistant.search.context                   search_all READ
ANY  /api/assistant.threads.*                        update_assistant WRITE - channel=?channel_id
ANY  /api/dnd.info                                   get_dnd READ
ANY  /api/dnd.teamInfo                               get_dnd READ
ANY  /api/emoji.list                                 list_emoji READ
ANY  /api/views.open                                 open_view WRITE
ANY  /api/views.push                                 open_view WRITE
ANY  /api/views.update                               update_view WRITE
ANY  /api/views.publish                              publish_view WRITE - principal=?user_id
ANY  /api/dialog.open                                open_view WRITE
ANY  /api/workflows.triggers.permissions.*           set_workflow_permissions ADMIN access
ANY  /api/workflows.*                                run_workflow WRITE execute
ANY  /api/functions.complete*                        complete_function WRITE
ANY  /api/apps.event.authorizations.list             list_authorizations READ
ANY  /api/apps.connections.open                      open_socket WRITE
ANY  /api/apps.datastore.get                         get_record READ
ANY  /api/apps.datastore.query                       query_records READ
ANY  /api/apps.datastore.bulkGet                     get_record READ
ANY  /api/apps.datastore.delete                      delete_record WRITE delete
ANY  /api/apps.datastore.*                           put_record WRITE
ANY  /api/rtm.connect                                open_socket WRITE
ANY  /api/rtm.start                                  open_socket WRITE
ANY  /api/admin.users.invite                         invite_user ADMIN invite,access principal=?email channel=?channel_ids channel=$.channel_ids[*] org=?team_id
ANY  /api/admin.users.assign                         assign_user ADMIN invite,access org=?team_id principal=?user_id
ANY  /api/admin.users.remove                         remove_user ADMIN delete,access org=?team_id
ANY  /api/admin.users.setAdmin                       set_admin ADMIN access org=?team_id principal=?user_id
ANY  /api/admin.users.setOwner                       set_owner ADMIN access org=?team_id principal=?user_id
ANY  /api/admin.users.setRegular                     set_regular ADMIN access org=?team_id
ANY  /api/admin.users.session.*                      reset_sessions ADMIN access
ANY  /api/admin.users.list                           list_users READ export org=?team_id
ANY  /api/admin.conversations.search                 search_channels READ
ANY  /api/admin.conversations.getTeams               get_channel READ - channel=?channel_id
ANY  /api/admin.conversations.getConversationPrefs   get_channel READ - channel=?channel_id
ANY  /api/admin.conversations.create                 create_channel ADMIN - org=?team_id
ANY  /api/admin.conversations.delete                 delete_channel ADMIN delete channel=?channel_id
ANY  /api/admin.conversations.bulkDelete             delete_channel ADMIN delete channel=?channel_ids channel=$.channel_ids[*]
ANY  /api/admin.conversations.archive                archive_channel ADMIN delete channel=?channel_id
ANY  /api/admin.conversations.invite                 invite_to_channel ADMIN invite channel=?channel_id principal=?user_ids principal=$.user_ids[*]
ANY  /api/admin.conversations.convertToPublic        change_visibility ADMIN share,access channel=?channel_id
ANY  /api/admin.conversations.convertToPrivate       change_visibility ADMIN access channel=?channel_id
ANY  /api/admin.conversations.setTeams               share_channel ADMIN share,access channel=?channel_id principal=?target_team_ids principal=$.target_team_ids[*]
ANY  /api/admin.conversations.*                      administer_channel ADMIN access channel=?channel_id
ANY  /api/admin.inviteRequests.approve               approve_invite ADMIN invite,access
ANY  /api/admin.inviteRequests.deny                  deny_invite ADMIN
ANY  /api/admin.inviteRequests.*list                 list_invites READ
ANY  /api/admin.apps.approve                         approve_app ADMIN access
ANY  /api/admin.apps.restrict                        restrict_app ADMIN access
ANY  /api/admin.teams.list                           list_teams READ
ANY  /api/admin.teams.create                         create_team ADMIN access
ANY  /api/admin.usergroups.addChannels               add_usergroup_channels ADMIN invite,access principal=?usergroup_id
ANY  /api/admin.roles.addAssignments                 grant_role ADMIN access principal=?user_ids principal=$.user_ids[*]
ANY  /api/admin.*                                    administer ADMIN access
ANY  /api/migration.exchange                         list_users READ
GET  /scim/*/*                                       list_users READ export
GET  /scim/*/*/*                                     get_user READ
POST /scim/*/Users                                   invite_user ADMIN invite,access principal=$.emails[*].value principal=?userName
ANY  /scim/**                                        administer ADMIN access
GET  /audit/**                                       read_audit_log READ export
GET  /files-pri/**                                   download_file READ export
POST /upload/**                                      upload_file WRITE
POST /services/**                                    post_message WRITE message
POST /workflows/**                                   run_workflow WRITE message,execute
POST /triggers/**                                    run_workflow WRITE message,execute
"
    ),
};
