//! Google Calendar.
//!
//! Source: the Calendar API reference at developers.google.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "gcalendar",
    places: &["www.googleapis.com/calendar", "www.googleapis.com/batch/calendar", "content.googleapis.com/calendar", "calendar-json.googleapis.com"],
    graphql: None,
    table: table!(
        "
GET|HEAD  /calendar/v3/calendars/{project}/events        list_events          READ
GET|HEAD  /calendar/v3/calendars/{project}/events/{file}/instances list_instances       READ
GET|HEAD  /calendar/v3/calendars/{project}/events/{file} get_event            READ
POST      /calendar/v3/calendars/{project}/events/quickAdd quick_add_event      WRITE
POST      /calendar/v3/calendars/{project}/events/watch  watch_events         ADMIN webhook        webhook=$.address
POST      /calendar/v3/calendars/{project}/events/import import_event         WRITE
POST      /calendar/v3/calendars/{project}/events/{file}/move move_event           WRITE -              project=?destination
POST      /calendar/v3/calendars/{project}/events#attendees create_event         WRITE message,invite principal=$.attendees[*].email
POST      /calendar/v3/calendars/{project}/events        create_event         WRITE
PUT|PATCH /calendar/v3/calendars/{project}/events/{file}#attendees update_event         WRITE message,invite principal=$.attendees[*].email
PUT|PATCH /calendar/v3/calendars/{project}/events/{file} update_event         WRITE
DELETE    /calendar/v3/calendars/{project}/events/{file} delete_event         WRITE delete
GET|HEAD  /calendar/v3/calendars/{project}/acl           list_acl             READ
GET|HEAD  /calendar/v3/calendars/{project}/acl/*         get_acl              READ
POST      /calendar/v3/calendars/{project}/acl/watch     watch_acl            ADMIN webhook        webhook=$.address
POST      /calendar/v3/calendars/{project}/acl           share_calendar       ADMIN share,access   principal=$.scope.value
PUT|PATCH /calendar/v3/calendars/{project}/acl/*         update_acl           ADMIN share,access   principal=$.scope.value
DELETE    /calendar/v3/calendars/{project}/acl/*         delete_acl           ADMIN access,delete
GET|HEAD  /calendar/v3/calendars/{project}               get_calendar         READ
POST      /calendar/v3/calendars/{project}/clear         clear_calendar       ADMIN delete
POST      /calendar/v3/calendars                         create_calendar      WRITE
PUT|PATCH /calendar/v3/calendars/{project}               update_calendar      WRITE
DELETE    /calendar/v3/calendars/{project}               delete_calendar      ADMIN delete
GET|HEAD  /calendar/v3/users/me/calendarList             list_calendars       READ
GET|HEAD  /calendar/v3/users/me/calendarList/{project}   get_calendar         READ
POST      /calendar/v3/users/me/calendarList             subscribe_calendar   WRITE -              project=$.id
DELETE    /calendar/v3/users/me/calendarList/{project}   unsubscribe_calendar WRITE delete
GET|HEAD  /calendar/v3/users/me/settings                 list_settings        READ
POST      /calendar/v3/freeBusy                          query_free_busy      READ
GET|HEAD  /calendar/v3/colors                            get_colors           READ
POST      /calendar/v3/channels/stop                     stop_channel         ADMIN webhook
POST      /batch/calendar/*                              batch                ADMIN
"
    ),
};
