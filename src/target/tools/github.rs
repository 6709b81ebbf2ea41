//! GitHub: REST and GraphQL.
//!
//! Source: the REST and GraphQL references at docs.github.com.

use super::Tool;

pub(super) const TOOL: Tool = Tool {
    name: "github",
    places: &["github.com"],
    graphql: Some("/graphql"),
    table: "
GET    /repos/{org}/{repo}/pulls                  list_pull_requests   READ
POST   /repos/{org}/{repo}/pulls                  create_pull_request  WRITE
PUT    /repos/{org}/{repo}/pulls/*/merge          merge_pull_request   WRITE deploy
POST   /repos/{org}/{repo}/pulls/*/reviews        review_pull_request  WRITE message
POST   /repos/{org}/{repo}/issues                 create_issue         WRITE message
PUT    /repos/{org}/{repo}/contents/**            update_file          WRITE
PUT    /repos/{org}/{repo}/collaborators/{principal} add_collaborator  ADMIN share,invite,access
DELETE /repos/{org}/{repo}                        delete_repository    ADMIN delete
GRAPHQL createIssue                               create_issue         WRITE message
GRAPHQL mergePullRequest                          merge_pull_request   WRITE deploy
",
};
