/** Operations of Jira, Linear, Notion, Google Drive and PagerDuty. */
import { del, get, graphql, patch, post, put, type ToolTable } from "../operation.js";

const ISSUE = "id identifier title url state { name }";

export const JIRA: ToolTable = {
  example: "https://example.atlassian.net",
  operations: {
    create_issue: post("/rest/api/3/issue"),
    update_issue: put("/rest/api/3/issue/{issue}"),
    delete_issue: del("/rest/api/3/issue/{issue}"),
    get_issue: get("/rest/api/3/issue/{issue}"),
    assign_issue: put("/rest/api/3/issue/{issue}/assignee"),
    transition_issue: post("/rest/api/3/issue/{issue}/transitions"),
    list_transitions: get("/rest/api/3/issue/{issue}/transitions"),
    create_comment: post("/rest/api/3/issue/{issue}/comment"),
    list_comments: get("/rest/api/3/issue/{issue}/comment"),
    search_issues: post("/rest/api/3/search/jql"),
    list_projects: get("/rest/api/3/project/search"),
  },
};

export const LINEAR: ToolTable = {
  operations: {
    create_issue: graphql(
      "/graphql",
      `mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ${ISSUE} } } }`,
      "input",
    ),
    update_issue: graphql(
      "/graphql",
      `mutation ($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success issue { ${ISSUE} } } }`,
    ),
    create_comment: graphql(
      "/graphql",
      "mutation ($input: CommentCreateInput!) { commentCreate(input: $input) { success comment { id url } } }",
      "input",
    ),
    get_issue: graphql("/graphql", `query ($id: String!) { issue(id: $id) { ${ISSUE} description } }`),
    list_issues: graphql(
      "/graphql",
      `query ($filter: IssueFilter, $first: Int, $after: String) { issues(filter: $filter, first: $first, after: $after) { nodes { ${ISSUE} } pageInfo { hasNextPage endCursor } } }`,
    ),
    list_teams: graphql("/graphql", "query ($first: Int) { teams(first: $first) { nodes { id key name } } }"),
  },
};

export const NOTION: ToolTable = {
  headers: { "notion-version": "2022-06-28" },
  operations: {
    search: post("/search"),
    create_page: post("/pages"),
    get_page: get("/pages/{page_id}"),
    update_page: patch("/pages/{page_id}"),
    get_database: get("/databases/{database_id}"),
    query_database: post("/databases/{database_id}/query"),
    list_blocks: get("/blocks/{block_id}/children"),
    append_blocks: patch("/blocks/{block_id}/children"),
    delete_block: del("/blocks/{block_id}"),
    create_comment: post("/comments"),
    list_users: get("/users"),
  },
};

export const GDRIVE: ToolTable = {
  operations: {
    share_file: post("/files/{file_id}/permissions", { renamed: { email_address: "emailAddress" } }),
    list_permissions: get("/files/{file_id}/permissions"),
    remove_permission: del("/files/{file_id}/permissions/{permission_id}"),
    list_files: get("/files", { renamed: { page_size: "pageSize", page_token: "pageToken", order_by: "orderBy" } }),
    get_file: get("/files/{file_id}"),
    create_file: post("/files", { renamed: { mime_type: "mimeType" } }),
    update_file: patch("/files/{file_id}", { renamed: { mime_type: "mimeType" } }),
    copy_file: post("/files/{file_id}/copy"),
    export_file: get("/files/{file_id}/export", { renamed: { mime_type: "mimeType" } }),
    delete_file: del("/files/{file_id}"),
  },
};

/** Changes name the person in whose name they are made, by `from`. */
const BY = { from: "from" };

export const PAGERDUTY: ToolTable = {
  headers: { accept: "application/vnd.pagerduty+json;version=2" },
  operations: {
    create_incident: post("/incidents", { headers: BY }),
    update_incident: put("/incidents/{id}", { headers: BY }),
    add_note: post("/incidents/{id}/notes", { headers: BY }),
    snooze_incident: post("/incidents/{id}/snooze", { headers: BY }),
    get_incident: get("/incidents/{id}"),
    list_incidents: get("/incidents"),
    list_oncalls: get("/oncalls"),
    list_services: get("/services"),
    list_users: get("/users"),
  },
};
