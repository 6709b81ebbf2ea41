/** Operations of Slack and Discord. */
import { del, get, patch, post, put, type ToolTable } from "../operation.js";

export const SLACK: ToolTable = {
  operations: {
    post_message: post("/chat.postMessage"),
    post_ephemeral: post("/chat.postEphemeral"),
    update_message: post("/chat.update"),
    delete_message: post("/chat.delete"),
    schedule_message: post("/chat.scheduleMessage"),
    add_reaction: post("/reactions.add"),
    pin_message: post("/pins.add"),
    list_channels: get("/conversations.list"),
    get_channel: get("/conversations.info"),
    read_history: get("/conversations.history"),
    read_replies: get("/conversations.replies"),
    create_channel: post("/conversations.create"),
    join_channel: post("/conversations.join"),
    invite_to_channel: post("/conversations.invite"),
    set_topic: post("/conversations.setTopic"),
    open_conversation: post("/conversations.open"),
    list_users: get("/users.list"),
    get_user: get("/users.info"),
    find_user: get("/users.lookupByEmail"),
    search_messages: get("/search.messages"),
  },
};

export const DISCORD: ToolTable = {
  operations: {
    post_message: post("/channels/{channel_id}/messages"),
    update_message: patch("/channels/{channel_id}/messages/{message_id}"),
    delete_message: del("/channels/{channel_id}/messages/{message_id}"),
    read_messages: get("/channels/{channel_id}/messages"),
    get_channel: get("/channels/{channel_id}"),
    create_thread: post("/channels/{channel_id}/threads"),
    pin_message: put("/channels/{channel_id}/pins/{message_id}"),
    list_channels: get("/guilds/{guild_id}/channels"),
    list_members: get("/guilds/{guild_id}/members"),
    get_user: get("/users/{user_id}"),
  },
};
