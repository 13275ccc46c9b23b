import { DAY_S, formatInstant } from './calendar.ts';
import { articleUrl } from './conversations.ts';
import { listForms } from './export-fields.ts';
import { listAddresses, nameApps } from './tools.ts';
import { showId } from './vendor-json.ts';
import { fillWords } from './vocabulary.ts';
import type { SimArticle, SimRating, SimTicket, World } from './world.ts';

type Row = Record<string, unknown>;

export function showArticle(world: World, article: SimArticle, url: string): Row {
  return {
    id: article.id,
    url: `${url}/api/v2/help_center/${world.words.locale}/articles/${article.id}.json`,
    html_url: articleUrl(world, article),
    author_id: showId(article.author.id),
    comments_disabled: false,
    draft: article.draft,
    promoted: false,
    position: 0,
    vote_sum: article.votesUp - article.votesDown,
    vote_count: article.votesUp + article.votesDown,
    section_id: 7_253_394_933_775,
    created_at: formatInstant(article.createdAt),
    updated_at: formatInstant(article.editedAt),
    name: article.title,
    title: article.title,
    source_locale: world.words.locale,
    locale: world.words.locale,
    outdated: false,
    outdated_locales: [],
    edited_at: formatInstant(article.editedAt),
    user_segment_id: null,
    permission_group_id: 7_253_379_449_487,
    content_tag_ids: [],
    label_names: article.topic === null ? [] : [article.topic],
    body: `<p>${article.title}</p>`,
    user_segment_ids: [],
  };
}

/** The score as the vendor lists it. */
export function nameScore(rating: SimRating): string {
  return rating.comment !== null && rating.score !== 'offered' ? `${rating.score}_with_comment` : rating.score;
}

export function showRating(ticket: SimTicket, rating: SimRating, url: string): Row {
  return {
    url: `${url}/api/v2/satisfaction_ratings/${rating.id}.json`,
    id: rating.id,
    assignee_id: ticket.assignee === null ? null : showId(ticket.assignee.user.id),
    group_id: ticket.group?.id ?? null,
    requester_id: showId(ticket.requester.id),
    ticket_id: ticket.id,
    score: nameScore(rating),
    created_at: formatInstant(rating.offeredAt),
    updated_at: formatInstant(rating.answeredAt ?? rating.offeredAt),
    comment: rating.comment,
    reason: rating.score === 'bad' ? 'The issue took too long to resolve' : null,
    reason_id: null,
    reason_code: rating.score === 'bad' ? 5 : null,
  };
}

export function listApps(world: World): Row[] {
  return nameApps(world).map((name, index) => ({
    id: 360_010_000_001 + index,
    app_id: 100 + index,
    product: 'support',
    enabled: true,
    paid: false,
    settings: { name, title: name },
    settings_objects: [{ name: 'name', value: name }],
    role_restrictions: null,
    group_restrictions: [],
    created_at: formatInstant(world.start - 100 * DAY_S),
    updated_at: formatInstant(world.start - 100 * DAY_S),
  }));
}

/** Where rules of the desk send word to other tools. */
export function listWebhooks(world: World): Row[] {
  const endpoints: Readonly<Record<string, string>> = {
    Slack: 'https://hooks.slack.com/services/T000/B000/demo',
    PagerDuty: 'https://events.pagerduty.com/v2/enqueue',
  };
  const known = world.practices.apps
    .filter((name) => endpoints[name] !== undefined && world.practices.escalation.engineering !== 'chat')
    .map((name, index) => ({ id: `01GDXKVNT1Z4N9XRFVKX48XD${index}`, name, endpoint: endpoints[name] }));
  return [...known, ...listAddresses(world)].map(({ id, name, endpoint }) => ({
    id,
    name: fillWords(world.words.rules.webhook, { tool: name }),
    endpoint,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['conditional_ticket_events'],
    created_at: formatInstant(world.start - 100 * DAY_S),
    updated_at: formatInstant(world.start - 100 * DAY_S),
  }));
}

export function listIssueLinks(world: World, url: string): Row[] {
  return world.issueLinks.map((link) => ({
    id: link.id,
    ticket_id: String(link.ticket.id),
    issue_id: link.issueId,
    issue_key: link.issueKey,
    url: `${url}/api/services/jira/links/${link.id}`,
    created_at: formatInstant(link.createdAt),
    updated_at: formatInstant(link.updatedAt),
  }));
}

export function listDeleted(world: World): Row[] {
  return world.tickets
    .filter((ticket) => ticket.deletedAt !== null && ticket.deletedAt > world.now - 30 * DAY_S)
    .map((ticket) => ({
      id: ticket.id,
      subject: ticket.subject,
      actor: { id: showId(ticket.deletedBy?.id ?? world.admin.id), name: ticket.deletedBy?.name ?? world.admin.name },
      deleted_at: formatInstant(ticket.deletedAt ?? world.now),
      previous_state: 'open',
    }));
}

export function listBrands(world: World, url: string): Row[] {
  const { account, knowledge } = world.practices;
  return [
    {
      url: `${url}/api/v2/brands/${world.brandId}.json`,
      id: world.brandId,
      name: world.practices.title.split(':')[0],
      brand_url: url,
      subdomain: account.subdomain,
      host_mapping: null,
      has_help_center: knowledge !== null,
      help_center_state: knowledge === null ? 'disabled' : 'enabled',
      active: true,
      default: true,
      is_deleted: false,
      logo: null,
      ticket_form_ids: listForms(world, url).map((form) => form.id),
      signature_template: '{{agent.signature}}',
      created_at: formatInstant(world.start - 400 * DAY_S),
      updated_at: formatInstant(world.start - 400 * DAY_S),
    },
  ];
}

export function showSettings(world: World): Row {
  const { practices } = world;
  const advanced = practices.account.plan !== 'team';
  return {
    active_features: {
      business_hours: practices.hours !== null,
      customer_satisfaction: practices.survey !== null,
      csat_reason_code: practices.survey !== null,
      explore: true,
      explore_on_support_ent_plan: practices.account.plan === 'enterprise',
      explore_on_support_pro_plan: advanced,
      light_agents: world.agents.some((agent) => agent.light),
      on_hold_status: advanced,
      ticket_forms: practices.intake.form,
      user_org_fields: practices.customers.accountFields.length > 0,
      voice: (practices.channels.voice ?? 0) > 0,
      chat: (practices.channels.chat ?? 0) > 0,
      automatic_answers: practices.intake.botSolves > 0,
      sandbox: practices.account.plan === 'enterprise',
      organization_access_enabled: true,
      user_tagging: true,
      ticket_tagging: true,
      markdown: false,
    },
    agents: { agent_workspace: true, focus_mode: false, idle_timeout_enabled: false, unified_agent_statuses: false },
    api: { accepted_api_agreement: true, api_password_access: 'false', api_token_access: 'true' },
    brands: { default_brand_id: world.brandId, require_brand_on_new_tickets: false },
    limits: { attachment_size: 52_428_800 },
    localization: { locale_ids: [1] },
    metrics: { account_size: '1-99' },
    routing: {
      enabled: practices.assignment === 'skill',
      autorouting_tag: '',
      max_email_capacity: 0,
      max_messaging_capacity: 0,
    },
    side_conversations: {
      email_channel: false,
      slack_channel: false,
      tickets_channel: practices.escalation.swarm > 0.5,
      msteams_channel: false,
    },
    tickets: {
      agent_ticket_deletion: true,
      collaboration: true,
      comments_public_by_default: true,
      tagging: true,
      assign_tickets_upon_solve: true,
    },
    ticket_form: { ticket_forms_instructions: '', raw_ticket_forms_instructions: '' },
    user: {
      agent_created_welcome_emails: true,
      have_gravatars_enabled: false,
      multiple_organizations: false,
      tagging: true,
    },
  };
}
