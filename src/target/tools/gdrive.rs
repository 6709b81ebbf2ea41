//! Google Drive, and the documents, sheets and slides in it.
//!
//! Source: the references of the Drive (v2, v3), Docs, Sheets and Slides APIs at developers.google.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "gdrive",
    places: &["www.googleapis.com/drive", "www.googleapis.com/upload/drive", "www.googleapis.com/batch/drive", "content.googleapis.com/drive", "content.googleapis.com/upload/drive", "drive.googleapis.com", "docs.googleapis.com", "sheets.googleapis.com", "slides.googleapis.com", "driveactivity.googleapis.com", "drive.google.com", "docs.google.com"],
    graphql: None,
    table: table!(
        "
POST      /drive/*/files/{file}/permissions#type=anyone  share_file           ADMIN share,access  principal=anyone
POST      /drive/*/files/{file}/permissions              share_file           ADMIN share,access  principal=$.emailAddress principal=$.domain principal=$.value
PATCH|PUT /drive/*/files/{file}/permissions/*            update_permission    ADMIN share,access  principal=$.emailAddress principal=$.domain
DELETE    /drive/*/files/{file}/permissions/*            remove_permission    ADMIN access,delete
GET|HEAD  /drive/*/files/{file}/permissions              list_permissions     READ
GET|HEAD  /drive/*/files/{file}/permissions/*            get_permission       READ
GET|HEAD  /drive/*/files                                 list_files           READ
GET|HEAD  /drive/*/files/generateIds                     generate_ids         READ
GET|HEAD  /drive/*/files/{file}/export                   export_file          READ  export
GET|HEAD  /drive/*/files/{file}?alt=media                download_file        READ  export
GET|HEAD  /drive/*/files/{file}                          get_file             READ
POST      /drive/*/files/{file}/copy                     copy_file            WRITE
POST      /drive/*/files/{file}/download                 download_file        READ  export
POST      /drive/*/files/{file}/watch                    watch_file           ADMIN webhook       webhook=$.address
POST      /drive/*/files/{file}/trash                    trash_file           WRITE delete
POST      /drive/*/files/{file}/untrash                  untrash_file         WRITE
POST      /drive/*/files                                 create_file          WRITE -             file=$.parents[*]
POST|PUT  /upload/drive/*/files                          create_file          WRITE -             file=$.parents[*]
PATCH|PUT /upload/drive/*/files/{file}                   update_file          WRITE
DELETE    /drive/*/files/trash                           empty_trash          ADMIN delete
DELETE    /drive/*/files/{file}                          delete_file          WRITE delete
PATCH|PUT /drive/*/files/{file}#trashed=true             trash_file           WRITE delete
PATCH|PUT /drive/*/files/{file}                          update_file          WRITE
GET|HEAD  /drive/*/files/{file}/comments                 list_comments        READ
POST      /drive/*/files/{file}/comments                 create_comment       WRITE message
POST      /drive/*/files/{file}/comments/*/replies       create_reply         WRITE message
DELETE    /drive/*/files/{file}/comments/*               delete_comment       WRITE delete
GET|HEAD  /drive/*/files/{file}/revisions                list_revisions       READ
GET|HEAD  /drive/*/files/{file}/revisions/*              get_revision         READ
PATCH|PUT /drive/*/files/{file}/revisions/*#published=true publish_revision     ADMIN share         principal=anyone
DELETE    /drive/*/files/{file}/revisions/*              delete_revision      WRITE delete
GET|HEAD  /drive/*/changes                               list_changes         READ
GET|HEAD  /drive/*/changes/startPageToken                get_start_page_token READ
POST      /drive/*/changes/watch                         watch_changes        ADMIN webhook       webhook=$.address
POST      /drive/*/channels/stop                         stop_channel         ADMIN webhook
GET|HEAD  /drive/*/about                                 get_about            READ
GET|HEAD  /drive/*/drives                                list_drives          READ
GET|HEAD  /drive/*/drives/{project}                      get_drive            READ
POST      /drive/*/drives                                create_drive         ADMIN
PATCH     /drive/*/drives/{project}                      update_drive         ADMIN
DELETE    /drive/*/drives/{project}                      delete_drive         ADMIN delete
POST      /batch/drive/*                                 batch                ADMIN
GET|HEAD  /v1/documents/{file}                           get_document         READ
POST      /v1/documents                                  create_document      WRITE
POST      /v1/documents/{file}:batchUpdate               update_document      WRITE
GET|HEAD  /v4/spreadsheets/{file}/values:batchGet        get_values           READ
GET|HEAD  /v4/spreadsheets/{file}/values/*               get_values           READ
GET|HEAD  /v4/spreadsheets/{file}                        get_spreadsheet      READ
POST      /v4/spreadsheets/{file}/values:batchGetByDataFilter get_values           READ
POST      /v4/spreadsheets/{file}:getByDataFilter        get_spreadsheet      READ
POST      /v4/spreadsheets/{file}/values:batchClear      clear_values         WRITE delete
POST      /v4/spreadsheets/{file}/values:batchUpdate     update_values        WRITE
POST      /v4/spreadsheets/{file}/values/*:append        append_values        WRITE
POST      /v4/spreadsheets/{file}/values/*:clear         clear_values         WRITE delete
PUT       /v4/spreadsheets/{file}/values/*               update_values        WRITE
POST      /v4/spreadsheets/{file}:batchUpdate            update_spreadsheet   WRITE
POST      /v4/spreadsheets                               create_spreadsheet   WRITE
GET|HEAD  /v1/presentations/{file}                       get_presentation     READ
POST      /v1/presentations                              create_presentation  WRITE
POST      /v1/presentations/{file}:batchUpdate           update_presentation  WRITE
POST      /v2/activity:query                             query_activity       READ
GET|HEAD  /uc                                            download_file        READ  export        file=?id
GET|HEAD  /*/d/{file}/export                             export_file          READ  export
"
    ),
};
