//! Greenhouse: Harvest, the job board, ingestion.
//!
//! Source: the API documentation at developers.greenhouse.io.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "greenhouse",
    places: &["greenhouse.io"],
    graphql: None,
    table: table!(
        "
GET             /v*/candidates                      list_candidates      READ
GET             /v*/candidates/{file}               get_candidate        READ
GET             /v*/candidates/{file}/activity_feed get_activity_feed    READ
POST            /v*/candidates                      create_candidate     WRITE
POST            /v*/prospects                       create_prospect      WRITE
POST            /v*/candidates/{file}/notes         create_note          WRITE message
POST            /v*/candidates/{file}/email_notes   create_email_note    WRITE
POST            /v*/candidates/{file}/attachments   add_attachment       WRITE
POST            /v*/candidates/{file}/applications  create_application   WRITE
PUT             /v*/candidates/{file}/anonymize     anonymize_candidate  ADMIN delete
PUT             /v*/candidates/merge                merge_candidates     WRITE delete
PATCH|PUT       /v*/candidates/{file}               update_candidate     WRITE
DELETE          /v*/candidates/{file}               delete_candidate     WRITE delete
GET             /v*/applications                    list_applications    READ
GET             /v*/applications/{file}             get_application      READ
GET             /v*/applications/{file}/**          get_application_data READ
POST            /v*/applications/{file}/advance     advance_application  WRITE
POST            /v*/applications/{file}/move        move_application     WRITE
POST            /v*/applications/{file}/reject      reject_application   WRITE message
POST            /v*/applications/{file}/unreject    unreject_application WRITE
POST            /v*/applications/{file}/hire        hire_candidate       ADMIN
PATCH           /v*/applications/{file}/offers/*    update_offer         WRITE
PATCH           /v*/applications/{file}             update_application   WRITE
DELETE          /v*/applications/{file}             delete_application   WRITE delete
GET             /v*/jobs                            list_jobs            READ
GET             /v*/jobs/{project}                  get_job              READ
GET             /v*/jobs/{project}/**               get_job_data         READ
POST            /v*/jobs                            create_job           WRITE
PATCH           /v*/jobs/{project}                  update_job           WRITE
PUT|POST        /v*/jobs/{project}/hiring_team      update_hiring_team   ADMIN access
POST            /v*/jobs/{project}/openings         create_opening       WRITE
PATCH           /v*/job_posts/*/status              publish_job_post     WRITE share
PATCH           /v*/job_posts/*                     update_job_post      WRITE
GET             /v*/offers                          list_offers          READ
GET             /v*/scorecards                      list_scorecards      READ
GET             /v*/scheduled_interviews            list_interviews      READ
POST            /v*/scheduled_interviews            create_interview     WRITE message,invite principal=$.interviewers[*].email
GET             /v*/users                           list_users           READ
GET             /v*/users/*                         get_user             READ
POST            /v*/users                           create_user          ADMIN access,invite  principal=$.email
PATCH           /v*/users/**                        update_user          ADMIN access
PUT|POST|DELETE /v*/users/*/permissions/**          change_permissions   ADMIN access
PUT|POST        /v*/users/*/email_addresses         add_user_email       ADMIN access
GET             /v*/user_roles                      list_roles           READ
GET             /v*/departments                     list_departments     READ
POST            /v*/departments                     create_department    ADMIN
GET             /v*/offices                         list_offices         READ
GET             /v1/boards/{org}                    get_board            READ
GET             /v1/boards/{org}/jobs               list_board_jobs      READ
GET             /v1/boards/{org}/jobs/{project}     get_board_job        READ
GET             /v1/boards/{org}/**                 get_board            READ
POST            /v1/boards/{org}/jobs/{project}     submit_application   WRITE
POST            /v1/applications                    submit_application   WRITE
GET             /v1/partner/**                      get_partner_data     READ
POST            /v1/partner/candidates              create_candidate     WRITE
POST            /v*/custom_fields                   create_custom_field  ADMIN
"
    ),
};
