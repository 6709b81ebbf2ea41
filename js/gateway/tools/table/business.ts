/** Operations of Stripe, HubSpot and SendGrid. */
import { del, form, get, patch, post, put, type ToolTable } from "../operation.js";

export const STRIPE: ToolTable = {
  operations: {
    create_customer: form("/customers"),
    update_customer: form("/customers/{customer}"),
    get_customer: get("/customers/{customer}"),
    list_customers: get("/customers"),
    search_customers: get("/customers/search"),
    delete_customer: del("/customers/{customer}"),
    create_payment_intent: form("/payment_intents"),
    get_payment_intent: get("/payment_intents/{payment_intent}"),
    list_charges: get("/charges"),
    get_charge: get("/charges/{charge}"),
    create_refund: form("/refunds"),
    create_invoice: form("/invoices"),
    create_invoice_item: form("/invoiceitems"),
    send_invoice: form("/invoices/{invoice}/send"),
    get_invoice: get("/invoices/{invoice}"),
    list_invoices: get("/invoices"),
    create_subscription: form("/subscriptions"),
    cancel_subscription: del("/subscriptions/{subscription}"),
    create_checkout_session: form("/checkout/sessions"),
    create_payment_link: form("/payment_links"),
    create_product: form("/products"),
    create_price: form("/prices"),
    get_balance: get("/balance"),
  },
};

export const HUBSPOT: ToolTable = {
  operations: {
    create_record: post("/crm/v3/objects/{object_type}"),
    update_record: patch("/crm/v3/objects/{object_type}/{id}"),
    get_record: get("/crm/v3/objects/{object_type}/{id}"),
    list_records: get("/crm/v3/objects/{object_type}"),
    search_records: post("/crm/v3/objects/{object_type}/search"),
    delete_record: del("/crm/v3/objects/{object_type}/{id}"),
    list_owners: get("/crm/v3/owners"),
    list_properties: get("/crm/v3/properties/{object_type}"),
    post_message: post("/conversations/v3/conversations/threads/{thread_id}/messages"),
  },
};

export const SENDGRID: ToolTable = {
  operations: {
    send_mail: post("/mail/send"),
    list_templates: get("/templates"),
    get_template: get("/templates/{template_id}"),
    add_contacts: put("/marketing/contacts"),
    search_contacts: post("/marketing/contacts/search"),
    list_lists: get("/marketing/lists"),
    get_stats: get("/stats"),
  },
};
