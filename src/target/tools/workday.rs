//! Workday: REST, reports as a service, and web services in SOAP.
//!
//! Source: the REST directory and the web services directory at community.workday.com.

use super::Tool;

pub(super) const TOOL: Tool = Tool {
    name: "workday",
    places: &["workday.com", "myworkday.com", "workdaysuv.com"],
    graphql: None,
    table: "
GET    /ccx/api/*/{org}/workers                       list_workers              READ
GET    /ccx/api/*/{org}/workers/{file}                get_worker                READ
GET    /ccx/api/*/{org}/workers/{file}/**             get_worker_data           READ
POST   /ccx/api/*/{org}/workers/{file}/jobChanges     change_job                ADMIN access
POST   /ccx/api/*/{org}/workers/{file}/businessTitleChanges change_business_title     WRITE
POST   /ccx/api/*/{org}/workers/{file}/*              change_worker             WRITE
POST   /ccx/api/*/{org}/workers/*/requestTimeOff      request_time_off          WRITE
GET    /ccx/api/*/{org}/people                        list_people               READ
GET    /ccx/api/*/{org}/organizations                 list_organizations        READ
GET    /ccx/api/*/{org}/supervisoryOrganizations      list_organizations        READ
GET    /ccx/api/*/{org}/supervisoryOrganizations/*/members list_organization_members READ
POST   /ccx/api/*/{org}/supervisoryOrganizations/*/members add_organization_member   ADMIN access
GET    /ccx/api/*/{org}/jobs                          list_jobs                 READ
GET    /ccx/api/*/{org}/jobPostings                   list_job_postings         READ
GET    /ccx/api/*/{org}/jobs/*                        get_job                   READ
POST   /ccx/api/*/{org}/expenseReports                create_expense_report     WRITE payment
POST   /ccx/api/*/{org}/payments                      create_payment            WRITE payment
GET    /ccx/api/*/{org}/customers/*                   get_customer              READ
POST   /ccx/api/*/{org}/customers/*/activities        create_activity           WRITE
GET    /ccx/api/*/{org}/data                          query_data                READ  export
POST   /ccx/api/*/{org}/data                          query_data                READ  export
GET    /ccx/api/*/{org}/**                            read                      READ
GET    /ccx/api/*/*/{org}/workers                     list_workers              READ
GET    /ccx/api/*/*/{org}/workers/{file}              get_worker                READ
GET    /ccx/api/*/*/{org}/workers/{file}/**           get_worker_data           READ
POST   /ccx/api/*/*/{org}/workers/{file}/jobChanges   change_job                ADMIN access
POST   /ccx/api/*/*/{org}/workers/{file}/*            change_worker             WRITE
POST   /ccx/api/*/*/{org}/workers/*/requestTimeOff    request_time_off          WRITE
GET    /ccx/api/*/*/{org}/people                      list_people               READ
GET    /ccx/api/*/*/{org}/organizations               list_organizations        READ
GET    /ccx/api/*/*/{org}/supervisoryOrganizations    list_organizations        READ
GET    /ccx/api/*/*/{org}/supervisoryOrganizations/*/members list_organization_members READ
POST   /ccx/api/*/*/{org}/supervisoryOrganizations/*/members add_organization_member   ADMIN access
GET    /ccx/api/*/*/{org}/jobs                        list_jobs                 READ
GET    /ccx/api/*/*/{org}/jobPostings                 list_job_postings         READ
GET    /ccx/api/*/*/{org}/jobs/*                      get_job                   READ
POST   /ccx/api/*/*/{org}/expenseReports              create_expense_report     WRITE payment
POST   /ccx/api/*/*/{org}/payments                    create_payment            WRITE payment
GET    /ccx/api/*/*/{org}/customers/*                 get_customer              READ
POST   /ccx/api/*/*/{org}/customers/*/activities      create_activity           WRITE
GET    /ccx/api/*/*/{org}/data                        query_data                READ  export
POST   /ccx/api/*/*/{org}/data                        query_data                READ  export
POST   /api/*/*/{org}/staffing/workers/{file}/*       change_worker             WRITE
GET    /ccx/service/customreport2/{org}/*/{file}      run_report                READ  export
GET    /ccx/service/systemreport2/{org}/{file}        run_report                READ  export
GET    /ccx/service/{org}/**                          read                      READ
DELETE /ccx/api/*/{org}/**                            delete                    WRITE delete
POST   /ccx/oauth2/{org}/token                        create_token              WRITE credential
",
};
