//! PagerDuty: the REST API and the Events API.
//!
//! Source: the REST and Events API references at developer.pagerduty.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "pagerduty",
    places: &["pagerduty.com"],
    graphql: None,
    table: table!(
        "
GET    /incidents                            list_incidents READ
GET    /incidents/*                          get_incident READ
GET    /incidents/*/notes                    list_notes READ
GET    /incidents/*/alerts                   list_alerts READ
GET    /incidents/*/log_entries              list_log_entries READ
GET    /oncalls                              list_oncalls READ
GET    /schedules                            list_schedules READ
GET    /schedules/*                          get_schedule READ
GET    /services                             list_services READ
GET    /services/{project}                   get_service READ
GET    /escalation_policies                  list_escalation_policies READ
GET    /users                                list_users READ
GET    /users/me                             get_authenticated_user READ
GET    /users/*                              get_user READ
GET    /teams                                list_teams READ
GET    /log_entries                          list_log_entries READ
GET    /webhook_subscriptions                list_webhooks READ
GET    /audit/records                        read_audit_log READ export
POST   /analytics/metrics/**                 query_analytics READ
POST   /analytics/raw/**                     query_analytics READ export
POST   /schedules/preview                    preview_schedule READ
POST   /v2/enqueue                           send_event WRITE message
POST   /v2/change/enqueue                    send_change_event WRITE
POST   /generic/**                           send_event WRITE message
POST   /incidents                            create_incident WRITE message project=$.incident.service.id principal=$.incident.assignments[*].assignee.id
PUT    /incidents                            update_incidents WRITE
PUT    /incidents/*                          update_incident WRITE
PUT    /incidents/*/merge                    merge_incidents WRITE
POST   /incidents/*/notes                    add_note WRITE message
POST   /incidents/*/snooze                   snooze_incident WRITE
POST   /incidents/*/status_updates           send_status_update WRITE message
POST   /incidents/*/responder_requests       request_responders WRITE message principal=$.responder_request_targets[*].responder_request_target.id
POST   /incidents/*/status_updates/subscribers add_subscribers WRITE share principal=$.subscribers[*].subscriber_id
POST   /maintenance_windows                  create_maintenance_window WRITE
DELETE /maintenance_windows/*                delete_maintenance_window WRITE delete
POST   /schedules                            create_schedule WRITE
PUT    /schedules/*                          update_schedule WRITE
POST   /schedules/*/overrides                override_schedule WRITE - principal=$.overrides[*].user.id principal=$.override.user.id
DELETE /schedules/*                          delete_schedule WRITE delete
POST   /services                             create_service WRITE
PUT    /services/{project}                   update_service WRITE
POST   /incident_workflows/*/instances       run_workflow WRITE execute
POST   /automation_actions/actions/*/invocations run_action WRITE execute
DELETE /services/{project}                   delete_service ADMIN delete
POST   /services/{project}/integrations      create_integration ADMIN credential
POST   /escalation_policies                  create_escalation_policy ADMIN access principal=$.escalation_policy.escalation_rules[*].targets[*].id
PUT    /escalation_policies/*                update_escalation_policy ADMIN access principal=$.escalation_policy.escalation_rules[*].targets[*].id
DELETE /escalation_policies/*                delete_escalation_policy ADMIN delete,access
POST   /users                                create_user ADMIN invite,access principal=$.user.email
PUT    /users/{principal}                    update_user ADMIN access
DELETE /users/{principal}                    delete_user ADMIN delete,access
POST   /users/{principal}/contact_methods    add_contact_method ADMIN access principal=$.contact_method.address
POST   /teams                                create_team ADMIN access
DELETE /teams/*                              delete_team ADMIN delete,access
PUT    /teams/*/users/{principal}            add_team_member ADMIN invite,access
DELETE /teams/*/users/{principal}            remove_team_member ADMIN delete,access
POST   /webhook_subscriptions                create_webhook ADMIN webhook webhook=$.webhook_subscription.delivery_method.url
PUT    /webhook_subscriptions/*              update_webhook ADMIN webhook webhook=$.webhook_subscription.delivery_method.url
DELETE /webhook_subscriptions/*              delete_webhook ADMIN delete,webhook
POST   /extensions                           create_extension ADMIN webhook webhook=$.extension.endpoint_url
PUT    /extensions/*                         update_extension ADMIN webhook webhook=$.extension.endpoint_url
POST   /automation_actions/runners           create_runner ADMIN execute,credential
"
    ),
};
