//! Datadog: telemetry in, queries out, monitors and dashboards.
//!
//! Source: the API reference at docs.datadoghq.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "datadog",
    places: &["datadoghq.com", "datadoghq.eu", "ddog-gov.com"],
    graphql: None,
    table: table!(
        "
GET    /api/v1/validate                          validate_key READ
GET    /api/v1/query                             query_metrics READ
GET    /api/*/metrics                            list_metrics READ
POST   /api/v2/query/*                           query_metrics READ
POST   /api/v2/logs/events/search                search_logs READ
GET    /api/v2/logs/events                       search_logs READ
POST   /api/v1/logs-queries/list                 search_logs READ
POST   /api/v2/logs/analytics/aggregate          aggregate_logs READ
POST   /api/v2/spans/events/search               search_spans READ
POST   /api/v2/spans/analytics/aggregate         aggregate_spans READ
POST   /api/v2/rum/events/search                 search_rum READ
POST   /api/v2/events/search                     search_events READ
POST   /api/v2/audit/events/search               read_audit_log READ export
GET    /api/v2/audit/events                      read_audit_log READ export
POST   /api/v2/security_monitoring/signals/search search_signals READ
POST   /api/v2/ci/*/events/search                search_ci READ
POST   /api/v2/error-tracking/issues/search      search_errors READ
GET    /api/v1/monitor                           list_monitors READ
GET    /api/v1/monitor/search                    list_monitors READ
GET    /api/v1/monitor/*                         get_monitor READ
POST   /api/v1/monitor/validate                  validate_monitor READ
GET    /api/v1/dashboard                         list_dashboards READ
GET    /api/v1/dashboard/{file}                  get_dashboard READ
GET    /api/v1/hosts                             list_hosts READ
GET    /api/*/events                             list_events READ
GET    /api/v2/incidents                         list_incidents READ
GET    /api/v2/incidents/*                       get_incident READ
GET    /api/v2/users                             list_users READ
GET    /api/*/slo                                list_slos READ
POST   /api/v2/logs                              send_logs WRITE
POST   /v1/input/**                              send_logs WRITE
POST   /api/*/series                             send_metrics WRITE
POST   /api/*/distribution_points                send_metrics WRITE
POST   /api/v1/check_run                         send_check WRITE
POST   /api/*/events                             post_event WRITE message
POST   /api/v1/monitor                           create_monitor WRITE
PUT    /api/v1/monitor/*                         update_monitor WRITE
DELETE /api/v1/monitor/*                         delete_monitor WRITE delete
POST   /api/v1/monitor/*/mute                    mute_monitor WRITE
POST   /api/v1/host/*/mute                       mute_host WRITE
POST   /api/*/downtime                           create_downtime WRITE
DELETE /api/*/downtime/*                         cancel_downtime WRITE delete
POST   /api/v1/dashboard                         create_dashboard WRITE
PUT    /api/v1/dashboard/{file}                  update_dashboard WRITE
DELETE /api/v1/dashboard/{file}                  delete_dashboard WRITE delete
POST   /api/v1/notebooks                         create_notebook WRITE
PUT    /api/v1/notebooks/{file}                  update_notebook WRITE
DELETE /api/v1/notebooks/{file}                  delete_notebook WRITE delete
POST   /api/v1/dashboard/public                  share_dashboard ADMIN share,access file=$.dashboard_id principal=$.share_list[*]
POST   /api/v1/dashboard/public/*/invitation     invite_to_dashboard ADMIN share,invite principal=$.data.attributes.email principal=$.data[*].attributes.email
POST   /api/v2/incidents                         create_incident WRITE message
PATCH  /api/v2/incidents/*                       update_incident WRITE
POST   /api/v2/cases                             create_case WRITE message
POST   /api/v1/slo                               create_slo WRITE
POST   /api/v1/synthetics/tests/trigger          run_synthetics WRITE execute
POST   /api/v1/synthetics/tests/trigger/ci       run_synthetics WRITE execute
POST   /api/v1/synthetics/tests/delete           delete_synthetics WRITE delete
POST   /api/v2/workflows/*/instances             run_workflow WRITE execute
POST   /api/*/tags/hosts/*                       add_tags WRITE
POST   /api/v2/users                             create_user ADMIN invite,access principal=$.data.attributes.email
PATCH  /api/v2/users/{principal}                 update_user ADMIN access
DELETE /api/v2/users/{principal}                 disable_user ADMIN delete,access
POST   /api/v2/user_invitations                  invite_user ADMIN invite,access principal=$.data[*].relationships.user.data.id
POST   /api/v2/roles                             create_role ADMIN access
DELETE /api/v2/roles/*                           delete_role ADMIN delete,access
POST   /api/v2/roles/*/users                     grant_role ADMIN access principal=$.data.id
POST   /api/v2/roles/*/permissions               grant_permission ADMIN access
POST   /api/v2/api_keys                          create_api_key ADMIN access,credential
DELETE /api/v2/api_keys/*                        delete_api_key ADMIN delete,credential
POST   /api/v2/current_user/application_keys     create_application_key ADMIN access,credential
POST   /api/v1/api_key                           create_api_key ADMIN access,credential
POST   /api/v2/service_accounts                  create_service_account ADMIN access,credential
POST   /api/v1/integration/webhooks/configuration/webhooks create_webhook ADMIN webhook webhook=$.url
PUT    /api/v1/integration/webhooks/configuration/webhooks/* update_webhook ADMIN webhook webhook=$.url
DELETE /api/v1/integration/webhooks/configuration/webhooks/* delete_webhook ADMIN delete,webhook
POST   /api/v2/logs/config/archives              create_log_archive ADMIN export,access
POST   /api/*/integration/**                     configure_integration ADMIN access
PUT    /api/v1/org/*                             update_organization ADMIN access
"
    ),
};
