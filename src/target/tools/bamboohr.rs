//! BambooHR: the same paths below the host of a company and below the gateway.
//!
//! Source: the API reference at documentation.bamboohr.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "bamboohr",
    places: &["{org}.bamboohr.com", "api.bamboohr.com"],
    graphql: None,
    table: table!(
        "
GET    /api/gateway.php/{org}/*/employees/directory   list_employees            READ
GET    /api/gateway.php/{org}/*/employees/changed     list_changed_employees    READ
GET    /api/gateway.php/{org}/*/employees             list_employees            READ
GET    /api/gateway.php/{org}/*/employees/{file}      get_employee              READ
GET    /api/gateway.php/{org}/*/employees/{file}/files/view list_employee_files       READ
GET    /api/gateway.php/{org}/*/employees/{file}/files/* download_employee_file    READ  export
GET    /api/gateway.php/{org}/*/employees/{file}/**   get_employee_data         READ
POST   /api/gateway.php/{org}/*/employees             create_employee           WRITE
POST   /api/gateway.php/{org}/*/employees/{file}      update_employee           WRITE
POST   /api/gateway.php/{org}/*/employees/{file}/files upload_employee_file      WRITE
POST   /api/gateway.php/{org}/*/employees/{file}/tables/compensation update_compensation       ADMIN payment
POST   /api/gateway.php/{org}/*/employees/{file}/tables/* update_employee_table     WRITE
PUT    /api/gateway.php/{org}/*/employees/{file}/time_off/request request_time_off          WRITE
DELETE /api/gateway.php/{org}/*/employees/{file}/files/* delete_employee_file      WRITE delete
DELETE /api/gateway.php/{org}/*/employees/{file}/tables/** delete_employee_row       WRITE delete
GET    /api/gateway.php/{org}/*/files/view            list_files                READ
GET    /api/gateway.php/{org}/*/files/*               download_file             READ  export
POST   /api/gateway.php/{org}/*/files                 upload_file               WRITE
DELETE /api/gateway.php/{org}/*/files/*               delete_file               WRITE delete
GET    /api/gateway.php/{org}/*/reports/*             run_report                READ  export
POST   /api/gateway.php/{org}/*/reports/custom        run_report                READ  export
POST   /api/gateway.php/{org}/*/datasets/*            query_dataset             READ  export
POST   /api/gateway.php/{org}/*/datasets/*/**         query_dataset             READ  export
GET    /api/gateway.php/{org}/*/custom-reports/*      run_report                READ  export
GET    /api/gateway.php/{org}/*/meta/users            list_users                READ
GET    /api/gateway.php/{org}/*/meta/**               get_metadata              READ
PUT    /api/gateway.php/{org}/*/meta/lists/*          update_list               ADMIN
GET    /api/gateway.php/{org}/*/time_off/**           list_time_off             READ
PUT    /api/gateway.php/{org}/*/time_off/requests/*/status change_time_off_status    WRITE
POST   /api/gateway.php/{org}/*/time_tracking/**      record_time               WRITE
GET    /api/gateway.php/{org}/*/webhooks              list_webhooks             READ
GET    /api/gateway.php/{org}/*/webhooks/**           get_webhook               READ
POST   /api/gateway.php/{org}/*/webhooks              create_webhook            ADMIN webhook        webhook=$.url
PUT    /api/gateway.php/{org}/*/webhooks/*            update_webhook            ADMIN webhook        webhook=$.url
DELETE /api/gateway.php/{org}/*/webhooks/*            delete_webhook            ADMIN webhook,delete
GET    /api/gateway.php/{org}/*/applicant_tracking/** list_applications         READ
POST   /api/gateway.php/{org}/*/applicant_tracking/applications/*/comments comment_application       WRITE message
POST   /api/gateway.php/{org}/*/applicant_tracking/applications/*/status change_application_status WRITE
POST   /api/gateway.php/{org}/*/applicant_tracking/application create_application        WRITE
GET    /api/*/employees/directory                     list_employees            READ
GET    /api/*/employees/changed                       list_changed_employees    READ
GET    /api/*/employees                               list_employees            READ
GET    /api/*/employees/{file}                        get_employee              READ
GET    /api/*/employees/{file}/files/view             list_employee_files       READ
GET    /api/*/employees/{file}/files/*                download_employee_file    READ  export
GET    /api/*/employees/{file}/**                     get_employee_data         READ
POST   /api/*/employees                               create_employee           WRITE
POST   /api/*/employees/{file}                        update_employee           WRITE
POST   /api/*/employees/{file}/files                  upload_employee_file      WRITE
POST   /api/*/employees/{file}/tables/compensation    update_compensation       ADMIN payment
POST   /api/*/employees/{file}/tables/*               update_employee_table     WRITE
PUT    /api/*/employees/{file}/time_off/request       request_time_off          WRITE
DELETE /api/*/employees/{file}/files/*                delete_employee_file      WRITE delete
DELETE /api/*/employees/{file}/tables/**              delete_employee_row       WRITE delete
GET    /api/*/files/view                              list_files                READ
GET    /api/*/files/*                                 download_file             READ  export
POST   /api/*/files                                   upload_file               WRITE
DELETE /api/*/files/*                                 delete_file               WRITE delete
GET    /api/*/reports/*                               run_report                READ  export
POST   /api/*/reports/custom                          run_report                READ  export
POST   /api/*/datasets/*                              query_dataset             READ  export
POST   /api/*/datasets/*/**                           query_dataset             READ  export
GET    /api/*/custom-reports/*                        run_report                READ  export
GET    /api/*/meta/users                              list_users                READ
GET    /api/*/meta/**                                 get_metadata              READ
PUT    /api/*/meta/lists/*                            update_list               ADMIN
GET    /api/*/time_off/**                             list_time_off             READ
PUT    /api/*/time_off/requests/*/status              change_time_off_status    WRITE
POST   /api/*/time_tracking/**                        record_time               WRITE
GET    /api/*/webhooks                                list_webhooks             READ
GET    /api/*/webhooks/**                             get_webhook               READ
POST   /api/*/webhooks                                create_webhook            ADMIN webhook        webhook=$.url
PUT    /api/*/webhooks/*                              update_webhook            ADMIN webhook        webhook=$.url
DELETE /api/*/webhooks/*                              delete_webhook            ADMIN webhook,delete
GET    /api/*/applicant_tracking/**                   list_applications         READ
POST   /api/*/applicant_tracking/applications/*/comments comment_application       WRITE message
POST   /api/*/applicant_tracking/applications/*/status change_application_status WRITE
POST   /api/*/applicant_tracking/application          create_application        WRITE
"
    ),
};
