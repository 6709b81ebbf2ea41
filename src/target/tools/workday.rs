//! Workday: REST, reports as a service, and web services in SOAP.
//!
//! Source: the REST directory and the web services directory at community.workday.com.

use super::{Tool, table};

pub(super) const TOOL: Tool = Tool {
    name: "workday",
    places: &["workday.com", "myworkday.com", "workdaysuv.com"],
    graphql: None,
    table: table!(
        "
GET    /ccx/api/v*/{org}/workers                      list_workers              READ
GET    /ccx/api/v*/{org}/workers/{file}               get_worker                READ
GET    /ccx/api/v*/{org}/workers/{file}/**            get_worker_data           READ
POST   /ccx/api/v*/{org}/workers/{file}/jobChanges    change_job                ADMIN access
POST   /ccx/api/v*/{org}/workers/{file}/businessTitleChanges change_business_title     WRITE
POST   /ccx/api/v*/{org}/workers/{file}/requestTimeOff request_time_off          WRITE
POST   /ccx/api/v*/{org}/workers/{file}/*             change_worker             WRITE
GET    /ccx/api/v*/{org}/people                       list_people               READ
GET    /ccx/api/v*/{org}/organizations                list_organizations        READ
GET    /ccx/api/v*/{org}/supervisoryOrganizations     list_organizations        READ
GET    /ccx/api/v*/{org}/supervisoryOrganizations/*/members list_organization_members READ
POST   /ccx/api/v*/{org}/supervisoryOrganizations/*/members add_organization_member   ADMIN access
GET    /ccx/api/v*/{org}/jobs                         list_jobs                 READ
GET    /ccx/api/v*/{org}/jobPostings                  list_job_postings         READ
GET    /ccx/api/v*/{org}/jobs/*                       get_job                   READ
POST   /ccx/api/v*/{org}/expenseReports               create_expense_report     WRITE payment
POST   /ccx/api/v*/{org}/payments                     create_payment            WRITE payment
GET    /ccx/api/v*/{org}/customers/*                  get_customer              READ
POST   /ccx/api/v*/{org}/customers/*/activities       create_activity           WRITE
GET    /ccx/api/v*/{org}/data                         query_data                READ  export
POST   /ccx/api/v*/{org}/data                         query_data                READ  export
GET    /ccx/api/v*/{org}/**                           read                      READ
GET    /ccx/api/*/v*/{org}/workers                    list_workers              READ
GET    /ccx/api/*/v*/{org}/workers/{file}             get_worker                READ
GET    /ccx/api/*/v*/{org}/workers/{file}/**          get_worker_data           READ
POST   /ccx/api/*/v*/{org}/workers/{file}/jobChanges  change_job                ADMIN access
POST   /ccx/api/*/v*/{org}/workers/{file}/requestTimeOff request_time_off          WRITE
POST   /ccx/api/*/v*/{org}/workers/{file}/*           change_worker             WRITE
GET    /ccx/api/*/v*/{org}/people                     list_people               READ
GET    /ccx/api/*/v*/{org}/organizations              list_organizations        READ
GET    /ccx/api/*/v*/{org}/supervisoryOrganizations   list_organizations        READ
GET    /ccx/api/*/v*/{org}/supervisoryOrganizations/*/members list_organization_members READ
POST   /ccx/api/*/v*/{org}/supervisoryOrganizations/*/members add_organization_member   ADMIN access
GET    /ccx/api/*/v*/{org}/jobs                       list_jobs                 READ
GET    /ccx/api/*/v*/{org}/jobPostings                list_job_postings         READ
GET    /ccx/api/*/v*/{org}/jobs/*                     get_job                   READ
POST   /ccx/api/*/v*/{org}/expenseReports             create_expense_report     WRITE payment
POST   /ccx/api/*/v*/{org}/payments                   create_payment            WRITE payment
GET    /ccx/api/*/v*/{org}/customers/*                get_customer              READ
POST   /ccx/api/*/v*/{org}/customers/*/activities     create_activity           WRITE
GET    /ccx/api/*/v*/{org}/data                       query_data                READ  export
POST   /ccx/api/*/v*/{org}/data                       query_data                READ  export
GET    /ccx/service/customreport2/{org}/*/{file}      run_report                READ  export
GET    /ccx/service/systemreport2/{org}/{file}        run_report                READ  export
GET    /ccx/service/{org}/**                          read                      READ
DELETE /ccx/api/v*/{org}/**                           delete                    WRITE delete
DELETE /ccx/api/*/v*/{org}/**                         delete                    WRITE delete
POST   /ccx/oauth2/{org}/token                        create_token              WRITE credential
"
    ),
};
