// Made from docs/openapi.json by tools/generate-api-types.ts: change the routes, then run npm run docs.
export interface paths {
  "/healthz": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "status": "ok" } } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/readyz": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "ready": boolean; "parts": { "part": ("store" | "migrations" | "queue"); "ready": boolean; "reason": (string | null) }[] } } }; 503: { headers: { [name: string]: unknown }; content: { "application/json": { "ready": boolean; "parts": { "part": ("store" | "migrations" | "queue"); "ready": boolean; "reason": (string | null) }[] } } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/openmetrics-text": string } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { [key: string]: unknown } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/session": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "token": string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "ended": boolean } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "workspaces": string[] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "name": string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "name": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/connectors": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "connectors": components["schemas"]["Connector"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/connections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "connections": components["schemas"]["Connection"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "name": string; "vendor": string; "role"?: (("desk" | "engineering" | "customers") | null); "settings": { [key: string]: unknown }; "secret": ({ "value": string } | { "reference": string } | { "none": true }); "allow_private"?: boolean } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ConnectionCheck"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/connections/{name}/disconnect": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Connection"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/connections/{name}/check": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ConnectionCheck"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/connections/{name}/set-aside": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string }; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "total": number; "cells": number; "set_aside": components["schemas"]["SetAside"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/matches": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "customers": { "desk": string; "source": string; "organisations": { "matched": number; "ambiguous": number; "unmatched": number; "of": number; "share": (number | null) }; "with_tickets": { "matched": number; "ambiguous": number; "unmatched": number; "of": number; "share": (number | null) }; "counts": boolean; "by_rule": { "mapping": number; "external_id": number; "domain": number }; "told": { "tier": number; "contract": number; "health": number; "health_90d": number; "health_understood": number; "renewal": number; "value": number; "churned": number; "expanded": number }; "ambiguous": { "organisation_id": string; "rule": ("mapping" | "external_id" | "domain") }[]; "mapping": { "pairs": number; "unknown_customers": number; "unknown_organisations": number } }[]; "links": { "desk": string; "issues": { "matched": number; "ambiguous": number; "unmatched": number; "of": number }; "by_system": { "system": (string | null); "matched": number; "ambiguous": number; "unmatched": number; "of": number; "reached": boolean }[]; "by_tracker": { "tracker": string; "issues": number }[]; "share": (number | null); "counts": boolean; "ambiguous": { "system": (string | null); "tickets": string[] }[] }[] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads/{id}/proposal": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "answers"?: { [key: string]: (number | string) }; "sheet"?: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ImportProposal"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads/{id}/check": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "answers"?: { [key: string]: (number | string) }; "sheet"?: string; "mapping"?: (string | null); "accept_loss"?: boolean } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "sentence": string; "sections": { "title": string; "lines": string[] }[]; "kept": number; "refusal": ({ "message": string; "problems": string[]; "remedy": string } | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads/{id}/import": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "answers"?: { [key: string]: (number | string) }; "sheet"?: string; "mapping"?: (string | null); "accept_loss"?: boolean; "name": string; "replace"?: boolean } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "connection": string; "unchanged": boolean; "rows": number; "tickets": number; "written": number; "older": number; "since": (string | null); "until": string; "tells": string[] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/schedules": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "schedules": components["schemas"]["Schedule"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/schedules/{name}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Schedule"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "kind"?: ("snapshot" | "sync" | "maintain"); "every"?: string; "cron"?: string; "tz"?: string; "jitter"?: string; "model"?: (string | null); "models"?: (string[] | null); "window_days"?: (number | null) } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Schedule"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "removed": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/schedules/{name}/pause": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Schedule"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/schedules/{name}/resume": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Schedule"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/runs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "status"?: string; "schedule"?: string; "limit"?: number; "cursor"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "runs": components["schemas"]["Run"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: { "idempotency-key"?: string }; cookie?: never };
      requestBody: { content: { "application/json": ({ "kind": "snapshot"; "model"?: string; "models"?: string[]; "window_days"?: number; "as_of"?: string; "sync"?: boolean; "connections"?: string[] } | { "kind": "sync"; "connections"?: string[] } | { "kind": "backfill"; "model"?: string; "models"?: string[]; "window_days"?: number; "from": string; "to"?: string; "every"?: ("week" | "month" | "quarter") }) } };
      responses: { 202: { headers: { [name: string]: unknown }; content: { "application/json": { "runs": components["schemas"]["Run"][]; "new": number } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/runs/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Run"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/runs/{id}/cancel": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Run"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/runs/{id}/retry": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Run"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/runs/{id}/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: { "last-event-id"?: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "text/event-stream": string } }; 204: { headers: { [name: string]: unknown }; content?: never }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/snapshots": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "limit"?: number; "cursor"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "snapshots": components["schemas"]["SnapshotHead"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/snapshots/{snapshot}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string; "snapshot": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": (components["schemas"]["Snapshot"] | { "schema": "plumbline.snapshot/2"; "workspace": string; "as_of": string; "window": { "from": string; "to": string }; "findings": components["schemas"]["Finding"][]; "provenance": { "plumbline": string; "rules_hash": string; "statements_hash"?: string; "telemetry": { "connection": string; "vendor": string; "stream": string; "status": string; "since": (string | null); "until": (string | null); "rows": number; "rejected": number; "reconciled_share": (number | null) }[] }; "measurement": string; "digest": string; "verdict": { "model": { "id": string; "version": number; "hash": string; "kind": string; "title": string; "source": string }; "headline": { "value": (number | null); "label": string; "of": number; "assured": (number | null); "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "coverage": number }; "items": { "id": string; "name": string; "degree": (number | null); "label": (string | null); "decided_by": ("telemetry" | "answers" | "both" | "none"); "not_applicable": boolean }[]; "ledger": { "criterion": string; "source": ("signal" | "answer" | "artefact" | "override"); "ref": string; "family": string; "class": (("D" | "B" | "W") | null); "alpha": number; "age_days": number; "decay": number; "q2": (number | null); "q3": (number | null); "points": [number, number]; "n": (number | null); "n_effective": (number | null); "interval": ([number, number] | null); "line": (string | null) }[]; "body": unknown; "answers_used": { "criterion": string; "respondent": string; "role": string; "value": (("yes" | "no" | "dont_know") | number); "answered_at": string }[] } }) } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/verdicts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "limit"?: number; "cursor"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "verdicts": components["schemas"]["VerdictHead"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/comparison": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "before": string; "after"?: string; "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["SnapshotChange"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/models": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "models": components["schemas"]["ModelHead"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/models/{model}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "model": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "hash": string; "kind": string; "document": { [key: string]: unknown } } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/what-if": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "snapshot"?: string; "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["WhatIfInputs"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/explain": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "what"?: string; "snapshot"?: string; "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": ({ "kind": "stage"; "stage": (number | null); "sets": { "set": number; "name": string; "degree": number; "criteria": { "id": string; "set": number; "area": (string | null); "name": string; "telemetry": [number, number]; "answers": [number, number]; "total": [number, number]; "posterior": [number, number, number]; "level": ((1 | 2 | 3) | null); "between": ([(1 | 2 | 3), (1 | 2 | 3)] | null); "telemetry_mass": number; "conflict": { "decibans": number; "grade": ("none" | "substantial" | "strong"); "text": (string | null) }; "observability": ("seen" | "partly_seen" | "not_seen" | "self_report_only"); "decided_by": ("telemetry" | "answers" | "both" | "none"); "missing": { "signal": string; "status": string; "reason": (string | null) }[]; "not_applicable": boolean }[] }[] } | { "kind": "criterion"; "result": { "id": string; "set": number; "area": (string | null); "name": string; "telemetry": [number, number]; "answers": [number, number]; "total": [number, number]; "posterior": [number, number, number]; "level": ((1 | 2 | 3) | null); "between": ([(1 | 2 | 3), (1 | 2 | 3)] | null); "telemetry_mass": number; "conflict": { "decibans": number; "grade": ("none" | "substantial" | "strong"); "text": (string | null) }; "observability": ("seen" | "partly_seen" | "not_seen" | "self_report_only"); "decided_by": ("telemetry" | "answers" | "both" | "none"); "missing": { "signal": string; "status": string; "reason": (string | null) }[]; "not_applicable": boolean }; "statement": string; "levels": { "1": string; "2": string; "3": string }; "ledger": { "criterion": string; "source": ("signal" | "answer" | "artefact" | "override"); "ref": string; "family": string; "class": (("D" | "B" | "W") | null); "alpha": number; "age_days": number; "decay": number; "q2": (number | null); "q3": (number | null); "points": [number, number]; "n": (number | null); "n_effective": (number | null); "interval": ([number, number] | null); "line": (string | null) }[]; "unread": { "signal": string; "unknown": number; "read": number }[]; "gain": (number | null); "answers": ({ "values": (1 | 2 | 3)[]; "counted": number } | null); "proof": string; "action": { "title": string; "how": string; "verified_by": string[] } } | { "kind": "signal"; "id": string; "title": string; "description": string; "finding": components["schemas"]["Finding"]; "lines": { "partial": (number | null); "full": (number | null); "origin": string; "source": string }; "estimator": string; "needs": string[]; "fooled_by": string[]; "sql": string; "ledger": { "criterion": string; "source": ("signal" | "answer" | "artefact" | "override"); "ref": string; "family": string; "class": (("D" | "B" | "W") | null); "alpha": number; "age_days": number; "decay": number; "q2": (number | null); "q3": (number | null); "points": [number, number]; "n": (number | null); "n_effective": (number | null); "interval": ([number, number] | null); "line": (string | null) }[]; "tickets": { "connection": string; "id": string; "table": string; "hit": (boolean | null); "url": (string | null) }[]; "imported": { "connection": string; "day": string; "tickets": number }[]; "remedy": string } | { "kind": "ticket"; "connection": string; "id": string; "url": (string | null); "facts": { [key: string]: (string | number | boolean | null) }; "timeline": { "at": string; "what": string; "by": (string | null) }[]; "used_by": { "signal": string; "hit": (boolean | null) }[] }) } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/export/{table}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "format"?: ("csv" | "jsonl" | "parquet") }; path: { "workspace": string; "table": ("ticket" | "event" | "message" | "message_template" | "ticket_sample" | "sla_policy" | "sla_target" | "sla_clock" | "calendar" | "csat" | "article" | "article_view" | "help_centre_count" | "bot_session" | "bot_count" | "automation" | "agent" | "team" | "membership" | "organisation" | "link" | "integration") }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "text/csv": string; "application/jsonl": string; "application/vnd.apache.parquet": string } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/home": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["HomeView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/matrix": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["MatrixView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/statement": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "model"?: string; "snapshot"?: string; "statement": string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["StatementView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/signal": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { "model"?: string; "snapshot"?: string; "signal": string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["SignalView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/said-and-seen": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["SaidSeenView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/path": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string; "target"?: number }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["PathView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/change": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string; "against"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ChangeView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/models": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ModelsView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/figures": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "from"?: string; "to"?: string; "by"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["FiguresView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/questions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "respondent"?: string; "role"?: string; "all"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["QuestionsView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/views/sources": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["SourcesView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/views/fleet": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["FleetView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/catalogue": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["CatalogueView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/catalogue.html": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "text/html": string } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/glossary": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["GlossaryView"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/answers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "respondent": string; "role": string; "model"?: string; "answered_at"?: string; "answers": { [key: string]: ((((1 | 2 | 3) | "dont_know") | (("yes" | "no" | "dont_know") | number)) | { "comment"?: string; "proof"?: string; "proof_checked_by"?: string; "value": (((1 | 2 | 3) | "dont_know") | (("yes" | "no" | "dont_know") | number)) }) }; "not_applicable"?: { [key: string]: string } } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "model": string; "respondent": string; "role": string; "kept": number; "blank": number; "not_applicable": number } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/not-applicable": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "not_applicable": components["schemas"]["NotApplicable"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "model"?: string; "criterion": string; "reason": string; "respondent": string; "role": string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "model": string; "respondent": string; "role": string; "kept": number; "blank": number; "not_applicable": number } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/resolutions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "resolutions": components["schemas"]["Resolution"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/statements/{id}/resolution": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": ({ "kind": "keep_claim"; "reason": string; "by": string; "proof": string; "expires_in_days": number } | { "kind": "accept_data"; "reason": string; "by": string; "expires_in_days"?: (number | null) } | { "kind": "not_applicable"; "reason": string; "by": string; "expires_in_days"?: (number | null) }) } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Resolution"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Resolution"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/moves": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "target": ({ "stage": number; "due": (string | null) } | null); "moves": components["schemas"]["Move"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/moves/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "owner"?: (string | null); "due"?: (string | null); "state"?: ("planned" | "started" | "dropped") } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Move"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "removed": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/target": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put: {
      parameters: { query?: { "model"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "stage": number; "due"?: (string | null) } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "stage": number; "due": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/path": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "model"?: string; "snapshot"?: string; "target"?: number }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "path": (components["schemas"]["Path"] | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/invitations": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "invitations": components["schemas"]["Invitation"][]; "respondents": components["schemas"]["Respondent"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "respondent": string; "role": string; "model"?: string; "expires_in_days"?: number } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "id": string; "workspace": string; "model": string; "respondent": string; "role": string; "created_at": string; "created_by": string; "expires_at": string; "used_at": (string | null); "revoked_at": (string | null); "state": ("open" | "used" | "expired" | "revoked"); "link": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/invitations/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    delete: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Invitation"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/invitation": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "secret": string } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/respondent/questions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "model": { "id": string; "title": string; "source": string }; "questions": components["schemas"]["Question"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/respondent/answers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "answers"?: { [key: string]: ((("yes" | "no" | "dont_know") | number) | { "comment"?: string; "proof"?: string; "value": (("yes" | "no" | "dont_know") | number) }) }; "not_applicable"?: { [key: string]: string } } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "kept": number; "not_applicable": number } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/notice-targets": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "targets": components["schemas"]["NoticeTarget"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/notice-targets/{name}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["NoticeTarget"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "channel": ("webhook" | "slack" | "email"); "settings": { [key: string]: unknown }; "secret": ({ "value": string } | { "reference": string } | { "none": true }); "allow_private"?: boolean; "kinds"?: (("stage_changed" | "assured_stage_changed" | "conflict_found" | "verdict_changed" | "sync_broken" | "sync_restored" | "data_stale" | "run_failed" | "answers_expiring")[] | null) } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["NoticeTarget"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete: {
      parameters: { query?: never; path: { "workspace": string; "name": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "removed": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/notices": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "notices": components["schemas"]["Notice"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/event-kinds": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "notices": { "kind": ("stage_changed" | "assured_stage_changed" | "conflict_found" | "verdict_changed" | "sync_broken" | "sync_restored" | "data_stale" | "run_failed" | "answers_expiring"); "meaning": string }[]; "run_events": { "event": ("progress" | "end"); "meaning": string }[]; "audit_actions": string[] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/tokens": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "tokens": components["schemas"]["Token"][] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post: {
      parameters: { query?: never; path?: never; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "name": string; "role": ("viewer" | "assessor" | "operator" | "admin"); "workspaces"?: (string[] | null); "expires_in_days"?: (number | null) } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": { "id": string; "name": string; "role": ("viewer" | "assessor" | "operator" | "admin"); "workspaces": (string[] | null); "created_at": string; "expires_at": (string | null); "revoked_at": (string | null); "made_by": (string | null); "token": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/tokens/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    delete: {
      parameters: { query?: never; path: { "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Token"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/audit": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { "workspace"?: string; "limit"?: number; "cursor"?: string }; path?: never; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "entries": components["schemas"]["AuditEntry"][]; "next": (string | null) } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/matches/customers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put: {
      parameters: { query?: { "desk"?: string; "source"?: string }; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/octet-stream": string } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "matches": { "desk": string; "source": string; "organisations": { "matched": number; "ambiguous": number; "unmatched": number; "of": number; "share": (number | null) }; "with_tickets": { "matched": number; "ambiguous": number; "unmatched": number; "of": number; "share": (number | null) }; "counts": boolean; "by_rule": { "mapping": number; "external_id": number; "domain": number }; "told": { "tier": number; "contract": number; "health": number; "health_90d": number; "health_understood": number; "renewal": number; "value": number; "churned": number; "expanded": number }; "ambiguous": { "organisation_id": string; "rule": ("mapping" | "external_id" | "domain") }[]; "mapping": { "pairs": number; "unknown_customers": number; "unknown_organisations": number } }[] } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: { query?: never; path: { "workspace": string }; header?: never; cookie?: never };
      requestBody: { content: { "application/json": { "name": string; "bytes": number } } };
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Upload"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads/{id}/parts/{part}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put: {
      parameters: { query?: never; path: { "workspace": string; "id": string; "part": number }; header?: never; cookie?: never };
      requestBody: { content: { "application/octet-stream": string } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Upload"] } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    post?: never;
    delete?: never;
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
  "/v1/workspaces/{workspace}/uploads/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    delete: {
      parameters: { query?: never; path: { "workspace": string; "id": string }; header?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": { "id": string } } }; "default": { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } };
    };
    patch?: never;
    head?: never;
    options?: never;
    trace?: never;
  };
}

export interface components {
  schemas: {
    "Problem": { "type": string; "title": string; "status": number; "detail": string; "instance": string; "code": string; "message": string; "remedy": string; "problems": string[]; "request": string };
    "Run": { "id": string; "workspace": string; "kind": ("snapshot" | "sync" | "maintain"); "schedule": (string | null); "slot": string; "due_at": string; "params": { "model": (string | null); "models": (string[] | null); "window_days": (number | null); "as_of": (string | null); "sync": boolean; "connections": (string[] | null); "missed": number }; "status": ("due" | "queued" | "running" | "done" | "failed" | "cancelled"); "attempts": number; "progress": ({ "step": string; "done": number; "total": (number | null) } | null); "digest": (string | null); "failure": ({ "code": string; "message": string; "remedy": string } | null); "requested_by": string; "created_at": string; "started_at": (string | null); "ended_at": (string | null); "seen_at": (string | null) };
    "Schedule": { "workspace": string; "name": string; "kind": ("snapshot" | "sync" | "maintain"); "every_s": (number | null); "cron": (string | null); "tz": string; "jitter_s": number; "model": (string | null); "models": (string[] | null); "window_days": (number | null); "paused": boolean; "next_at": string; "created_at": string; "created_by": string };
    "Token": { "id": string; "name": string; "role": ("viewer" | "assessor" | "operator" | "admin"); "workspaces": (string[] | null); "created_at": string; "expires_at": (string | null); "revoked_at": (string | null); "made_by": (string | null) };
    "Session": { "caller": ({ "id": string; "name": string; "role": ("viewer" | "assessor" | "operator" | "admin"); "workspaces": (string[] | null) } | null); "respondent": ({ "workspace": string; "respondent": string; "role": string } | null); "csrf": (string | null); "openid": (string | null); "expires_at": (string | null) };
    "Invitation": { "id": string; "workspace": string; "model": string; "respondent": string; "role": string; "created_at": string; "created_by": string; "expires_at": string; "used_at": (string | null); "revoked_at": (string | null); "state": ("open" | "used" | "expired" | "revoked") };
    "Respondent": { "id": string; "role": string; "former_roles": string[]; "model": string; "answered": number; "dont_know": number; "questions": number; "last_answered_at": string };
    "Question": { "id": string; "name": string; "statement": string; "levels": (string[] | null); "scale": ("level3" | "yes_no" | "importance5"); "proof": (string | null); "may_not_apply": boolean; "answer": ({ "value": (((1 | 2 | 3) | "dont_know") | (("yes" | "no" | "dont_know") | number)); "comment": (string | null); "proof": (string | null) } | null) };
    "Connection": { "name": string; "vendor": string; "role": ("desk" | "engineering" | "customers" | "deflection"); "settings": { [key: string]: unknown }; "secret": ("env" | "file" | "sealed" | "none"); "allow_private": boolean; "status": ("connected" | "disconnected"); "created_at": string };
    "ConnectionCheck": { "connection": string; "vendor": string; "identity": { "role": string; "account": string; "serverNow": string }; "clockSkewS": number; "streams": { "stream": string; "title": string; "status": ("available" | "plan" | "permission" | "retention" | "absent"); "since": (string | null); "total": (number | null); "detail": (string | null) }[]; "map": ({ "measurable": number; "of": number; "sentence": string; "refused": { "stream": string; "signals": { "id": string; "short": string; "title": string }[]; "statements": { "id": string; "name": string }[] }[] } | null) };
    "Connector": { "id": string; "title": string; "flags": { "name": string; "description": string; "required": boolean }[]; "settings": { [key: string]: unknown }; "secrets": { "title": string; "description": string; "parts": { "name": string; "title": string }[] }[]; "evidence": { "stream": ("tickets" | "events" | "messages" | "sla_policies" | "sla_clocks" | "calendars" | "csat" | "articles" | "article_views" | "bot_sessions" | "automations" | "agents" | "organisations" | "links" | "integrations"); "fields": string[]; "calls": string[]; "never": (string | null) }[] };
    "SetAside": { "stream": string; "ref": string; "code": string; "path": string; "detail": string; "times": number };
    "Upload": { "id": string; "name": string; "bytes": number; "received": number; "part_bytes": number; "expires_at": string };
    "ImportProposal": { "mode": ("tickets" | "events" | "deflection"); "product": (string | null); "looked": { "rows": number; "of": number }; "notes": string[]; "points": { "id": string; "target": string; "question": string; "options": { "label": string; "evidence": string }[]; "samples": string[]; "hint": (string | null) }[]; "choices": { "target": string; "column": string; "why": string }[]; "open": string[]; "unused": { "column": string; "sample": (string | null); "suggestion": string }[]; "unknown": { "target": string; "column": string; "word": string; "n": number }[]; "mapping": string };
    "NoticeTarget": { "workspace": string; "name": string; "channel": ("webhook" | "slack" | "email"); "settings": { [key: string]: unknown }; "allow_private": boolean; "kinds": (("stage_changed" | "assured_stage_changed" | "conflict_found" | "verdict_changed" | "sync_broken" | "sync_restored" | "data_stale" | "run_failed" | "answers_expiring")[] | null); "created_at": string; "secret": ("env" | "file" | "sealed" | "none") };
    "Notice": { "id": string; "workspace": string; "kind": ("stage_changed" | "assured_stage_changed" | "conflict_found" | "verdict_changed" | "sync_broken" | "sync_restored" | "data_stale" | "run_failed" | "answers_expiring"); "subject": (string | null); "at": string; "run": (string | null); "digest": (string | null); "text": string; "data": { [key: string]: (string | number | boolean | null) }; "deliveries": { "notice": string; "workspace": string; "target": string; "status": ("due" | "delivered" | "failed"); "attempts": number; "next_at": string; "failure": ({ "code": string; "message": string; "remedy": string } | null); "delivered_at": (string | null) }[] };
    "AuditEntry": { "id": string; "at": string; "actor": string; "action": string; "workspace": (string | null); "subject": (string | null); "outcome": ("done" | "refused" | "failed"); "detail": { [key: string]: (string | number | boolean | null) } };
    "Snapshot": { "schema": ("plumbline.snapshot/1" | "plumbline.snapshot/2"); "workspace": string; "as_of": string; "window": { "from": string; "to": string }; "model": { "id": string; "version": number; "title": string; "source": string }; "placement": { "model": string; "model_version": number; "stage": (number | null); "assured": (number | null); "atLeast": number[]; "probabilities": number[]; "floor": (number | null); "ceiling": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "frontier": (number | null); "blockers": { "criterion": string; "gain": number }[] }; "readings": { "seen": { "model": string; "model_version": number; "stage": (number | null); "assured": (number | null); "atLeast": number[]; "probabilities": number[]; "floor": (number | null); "ceiling": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "frontier": (number | null); "blockers": { "criterion": string; "gain": number }[] }; "said": ({ "model": string; "model_version": number; "stage": (number | null); "assured": (number | null); "atLeast": number[]; "probabilities": number[]; "floor": (number | null); "ceiling": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "frontier": (number | null); "blockers": { "criterion": string; "gain": number }[] } | null) }; "criteria": { "id": string; "set": number; "area": (string | null); "name": string; "telemetry": [number, number]; "answers": [number, number]; "total": [number, number]; "posterior": [number, number, number]; "level": ((1 | 2 | 3) | null); "between": ([(1 | 2 | 3), (1 | 2 | 3)] | null); "telemetry_mass": number; "conflict": { "decibans": number; "grade": ("none" | "substantial" | "strong"); "text": (string | null) }; "observability": ("seen" | "partly_seen" | "not_seen" | "self_report_only"); "decided_by": ("telemetry" | "answers" | "both" | "none"); "missing": { "signal": string; "status": string; "reason": (string | null) }[]; "not_applicable": boolean }[]; "areas": { "area": string; "stage": number; "gist": string; "degree": (number | null); "level": ((1 | 2 | 3) | null); "self_report_only": boolean; "criteria": string[] }[]; "area_stages": { "area": string; "name": string; "stage": (number | null); "atLeast": number[] }[]; "comparison": ({ "stages": { "said": (number | null); "seen": (number | null); "merged": (number | null) }; "comparable": number; "gaps": { "criterion": string; "name": string; "said": number; "counted"?: number; "seen": number; "gap": number; "median"?: number; "interval": [number, number]; "over_claim": number; "under_claim": number; "flag": ("none" | "over" | "strong_over" | "under" | "strong_under") }[]; "over_claims": ({ "expected": number; "share": number; "interval": [number, number] } | null); "under_claims": ({ "expected": number; "share": number; "interval": [number, number] } | null); "bias": ({ "mean": number; "limits": [number, number] } | null); "agreement": ({ "raw": number; "kappa": (number | null); "kappa_expected": (number | null); "interval": ([number, number] | null); "ac2": (number | null) } | null); "calibration": { "answer": (1 | 2 | 3); "n": number; "mean_seen": number; "share_at_or_above": number }[]; "leniency": { "respondent": string; "role": string; "n": number; "d": number }[]; "blind_spots": { "kind": ("over_claim" | "unknown_but_weak" | "unverifiable" | "respondents_disagree" | "hidden_strength"); "criterion": string; "text": string }[]; "drivers": { "criterion": string; "change": number }[]; "roles": { "criterion": string; "low": { "role": string; "value": number }; "high": { "role": string; "value": number } }[] } | null); "path": (components["schemas"]["Path"] | null); "findings": components["schemas"]["Finding"][]; "ledger": { "criterion": string; "source": ("signal" | "answer" | "artefact" | "override"); "ref": string; "family": string; "class": (("D" | "B" | "W") | null); "alpha": number; "age_days": number; "decay": number; "q2": (number | null); "q3": (number | null); "points": [number, number]; "n": (number | null); "n_effective": (number | null); "interval": ([number, number] | null); "line": (string | null) }[]; "answers_used": { "criterion": string; "respondent": string; "role": string; "value": (number | "dont_know"); "answered_at": string }[]; "provenance": { "plumbline": string; "rules_hash": string; "statements_hash"?: string; "telemetry": { "connection": string; "vendor": string; "stream": string; "status": string; "since": (string | null); "until": (string | null); "rows": number; "rejected": number; "reconciled_share": (number | null) }[]; "model_hash": string }; "digest": string; "measurement": (string | null); "verdicts": { "model": { "id": string; "version": number; "hash": string; "kind": string; "title": string; "source": string }; "headline": { "value": (number | null); "label": string; "of": number; "assured": (number | null); "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "coverage": number }; "items": { "id": string; "name": string; "degree": (number | null); "label": (string | null); "decided_by": ("telemetry" | "answers" | "both" | "none"); "not_applicable": boolean }[]; "ledger": { "criterion": string; "source": ("signal" | "answer" | "artefact" | "override"); "ref": string; "family": string; "class": (("D" | "B" | "W") | null); "alpha": number; "age_days": number; "decay": number; "q2": (number | null); "q3": (number | null); "points": [number, number]; "n": (number | null); "n_effective": (number | null); "interval": ([number, number] | null); "line": (string | null) }[]; "body": unknown; "answers_used": { "criterion": string; "respondent": string; "role": string; "value": (("yes" | "no" | "dont_know") | number); "answered_at": string }[] }[] };
    "SnapshotHead": { "digest": string; "model": string; "as_of": string; "created_at": string };
    "VerdictHead": { "digest": string; "model": string; "as_of": string; "created_at": string; "version": number; "hash": string; "kind": string; "headline": { "value": (number | null); "label": string; "of": number; "assured": (number | null); "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "coverage": number } };
    "SnapshotChange": { "before": { "digest": string; "as_of": string; "stage": (number | null); "assured": (number | null) }; "after": { "digest": string; "as_of": string; "stage": (number | null); "assured": (number | null) }; "by_cause": { [key: string]: number }; "criteria": { "criterion": string; "name": string; "level_before": ((1 | 2 | 3) | null); "level_after": ((1 | 2 | 3) | null); "change": number; "lines": { "ref": string; "cause": ("behaviour" | "configuration" | "coverage" | "rules" | "statements" | "answers" | "age"); "change": number; "text": string }[] }[] };
    "ModelHead": { "id": string; "version": number; "kind": string; "title": string; "source": string; "hash": string; "items": number; "judges": boolean; "shown": boolean };
    "WhatIfInputs": { "digest": string; "as_of": string; "model": components["schemas"]["Model"]; "notes": string[]; "signals": components["schemas"]["Signal"][]; "findings": components["schemas"]["Finding"][]; "answers": components["schemas"]["Answer"][]; "not_applicable": { [key: string]: string } };
    "Model": { "kind": "staged"; "id": string; "version": number; "title": string; "source": string; "interpretation": string; "assumed": string[]; "extends"?: { "id": string; "version": number; "hash": string }[]; "stages": { "stage": number; "name": string; "summary": string }[]; "areas": { "id": string; "name": string }[]; "gate": { "largely": number; "fully": number; "reading": ("attain" | "exit") }; "classes": { "D": number; "B": number; "W": number }; "half_life_days": { "config": number; "behaviour": number; "answers": number }; "self": { "rho": number; "d": number; "r": number }; "prior": { "slope": number; "grid_from": number; "grid_to": number; "grid_step": number }; "decision": { "median": number; "assured": number; "undecided": number }; "coverage": { "mass": number; "partly": number; "measured": number }; "conflict": { "substantial": number; "strong": number }; "claim": { "substantial": number; "strong": number }; "criteria": { "id": string; "set": number; "area"?: string; "name": string; "statement": string; "levels": { "1": string; "2": string; "3": string }; "verdict": ("D" | "B" | "W" | "N"); "families": { "name": string; "class": ("D" | "B" | "W"); "signals": { "id": string; "alpha": number; "existence_only"?: boolean; "full_only"?: boolean; "exists_one_sided"?: boolean; "one_sided"?: boolean }[] }[]; "together": string[]; "action": { "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "verified_by": string[] }; "proof": string; "ask": string[] }[]; "set_sizes"?: number[]; "cells": { "area": string; "stage": number; "gist": string; "criteria": string[]; "families": { "name": string; "class": ("D" | "B" | "W"); "signals": { "id": string; "alpha": number; "existence_only"?: boolean; "full_only"?: boolean; "exists_one_sided"?: boolean; "one_sided"?: boolean }[] }[] }[]; "step"?: ("stage" | "tier" | "level"); "archetypes"?: { "source": string; "shares": { "name": string; "share": number; "stages": number[] }[] }; "perception"?: { "source": string; "statement": string; "group": string; "stages_up": number; "groups": { "id": string; "name": string; "roles": string[] }[] }; "outcomes"?: { "id": string; "name": string; "unit": ("share" | "money"); "explanation": string; "signal"?: string }[]; "user_areas"?: { "count": number; "reason": string }; "telemetry"?: { "says": "consistent_up_to"; "reason": string } };
    "Signal": { "id": string; "version": number; "title": string; "description": string; "group": string; "needs": string[]; "needs_any"?: string[][]; "estimator": string; "params": { [key: string]: (number | string | boolean) }; "unit": string; "window": string; "min_sample": number; "sample_unit": string; "lines": { "partial": (number | null); "full": (number | null); "origin": ("ISO" | "ES" | "BM" | "DEF" | "CONV"); "source": string }; "existence_only": boolean; "one_sided": boolean; "diagnostic": boolean; "not_scored"?: { "since": string; "reason": string }; "kind": ("config" | "behaviour"); "fooled_by": string[]; "counts_out": { [key: string]: string }; "place"?: string; "alternatives"?: string; "population"?: string; "baseline"?: string; "pair"?: { "practises": string; "looks_so": string }; "remedy": string; "sql": string; "aliases": string[] };
    "Finding": { "signal": string; "version": number; "status": ("measured" | "insufficient" | "not_observable" | "not_applicable" | "failed"); "reason": ((("plan" | "permission" | "retention" | "stream" | "volume") | string) | null); "detail": (string | null); "estimate": (number | null); "unit": string; "n": number; "n_effective": (number | null); "interval": ([number, number] | null); "pass": ({ "q2": (number | null); "q3": (number | null) } | null); "window": { "from": string; "to": string }; "excluded": { [key: string]: number }; "population"?: { [key: string]: number }; "extra": { [key: string]: (number | string | null) }; "sample": { "connection": string; "id": string; "table": string; "hit": (boolean | null) }[]; "carried_from": ({ "snapshot": string; "as_of": string } | null); "as_last_changed"?: true };
    "Answer": { "model": string; "criterion": string; "respondent": string; "role": string; "value": (((1 | 2 | 3) | "dont_know") | (("yes" | "no" | "dont_know") | number)); "comment": (string | null); "proof": (string | null); "proof_checked_by": (string | null); "answered_at": string; "expires_at": string };
    "NotApplicable": { "model": string; "criterion": string; "reason": string; "by": string; "at": string };
    "Resolution": { "id": string; "model": string; "criterion": string; "kind": ("keep_claim" | "accept_data" | "not_applicable"); "reason": string; "by": string; "proof": (string | null); "level": (1 | 2 | 3); "basis": [number, number]; "at": string; "expires_at": (string | null); "ended_at": (string | null); "ended": (("evidence" | "withdrawn" | "replaced") | null) };
    "Move": { "model": string; "criterion": string; "owner": (string | null); "due": (string | null); "state": ("planned" | "started" | "dropped"); "updated_at": string; "updated_by": string; "title": string; "done": ("yes" | "no" | "unknown"); "verified_by": { "signal": string; "passes": (boolean | null) }[] };
    "Path": { "target": number; "from": number; "probability_now": number; "probability_after": number; "smallest": { "criterion": string; "name": string; "from": ((1 | 2 | 3) | null); "to": (1 | 2 | 3); "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "gain_alone": number; "gain_in_order": number; "verified_by": string[]; "tickets": string[] }[]; "cheapest": { "criterion": string; "name": string; "from": ((1 | 2 | 3) | null); "to": (1 | 2 | 3); "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "gain_alone": number; "gain_in_order": number; "verified_by": string[]; "tickets": string[] }[] };
    "HomeView": ({ "kind": "staged"; "headline": { "workspace": string; "as_of": string; "last_day": string; "digest": string; "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "face": ("step" | "span" | "answers_only" | "not_placed"); "title": string; "step": ({ "stage": number; "name": string; "text": string } | null); "span": ({ "low": { "stage": number; "name": string; "text": string }; "high": { "stage": number; "name": string; "text": string } } | null); "probability": (number | null); "likelihood": (string | null); "ground": string; "sentence": string; "assured": ({ "step": { "stage": number; "name": string; "text": string }; "sentence": string } | null); "range": ({ "floor": number; "ceiling": number; "sentence": string } | null); "coverage": { "share": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "sentence": string }; "reach": ({ "step": { "stage": number; "name": string; "text": string }; "sentence": string } | null); "why_not": string[]; "next": ("connect" | "import" | "assess" | "doctor")[] }; "ladder": { "word": string; "rungs": { "step": { "stage": number; "name": string; "text": string }; "summary": string; "probability": (number | null); "at_least": (number | null); "text": string; "in_range": boolean; "marks": ("said" | "seen" | "together" | "assured")[] }[]; "marks": { "mark": ("said" | "seen" | "together" | "assured"); "step": ({ "stage": number; "name": string; "text": string } | null); "sentence": string }[] }; "holds_back": { "target": ({ "stage": number; "name": string; "text": string } | null); "sentence": string; "statements": { "id": string; "name": string; "set": number; "state": ("not_there" | "partly" | "undecided" | "unknown" | "in_place"); "gain": number; "sentence": string }[] }; "moves": ({ "target": { "stage": number; "name": string; "text": string }; "probability_now": number; "probability_after": number; "sentence": string; "moves": { "statement": { "id": string; "name": string }; "from": (number | null); "to": number; "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "effort_words": string; "gain_alone": number; "gain_in_order": number; "gain_words": string; "verified_by": { "id": string; "short": string; "title": string }[]; "tickets": { "connection": string; "table": string; "id": string; "hit": (boolean | null); "url": (string | null) }[] }[]; "more": number; "nothing_left": (string | null); "people_decide": boolean } | null); "disagreements": ({ "stages": { "said": ({ "stage": number; "name": string; "text": string } | null); "seen": ({ "stage": number; "name": string; "text": string } | null); "together": ({ "stage": number; "name": string; "text": string } | null); "sentence": string }; "rows": { "id": string; "name": string; "area": (string | null); "set": number; "said": number; "counted": (number | null); "seen": number; "gap": number; "median": (number | null); "interval": [number, number]; "flag": ("none" | "over" | "strong_over" | "under" | "strong_under"); "flag_words": string; "direction": ("over" | "under" | "none"); "probability": number; "sentence": string; "answers": { "role": string; "value": (number | "dont_know") }[] }[]; "more": number; "summary": (string | null); "notes": string[]; "unverifiable": { "id": string; "name": string }[] } | null); "unseen": { "measured": number; "of": number; "share": (number | null); "sentence": string; "groups": { "reason": ("plan" | "permission" | "retention" | "stream" | "volume" | "too_few" | "unmatched" | "failed" | "does_not_apply" | "other"); "words": string; "way_out": (string | null); "signals": { "id": string; "short": string; "title": string }[]; "statements": { "id": string; "name": string }[] }[]; "unread": (string | null); "left_out": (string | null) }; "freshness": { "as_of": string; "window": { "from": string; "last_day": string; "days": number }; "age_days": number; "sentence": string; "sources": { "connection": string; "vendor": string; "until": (string | null); "age_days": (number | null); "sentence": string; "streams": { "stream": string; "status": string; "until": (string | null); "rows": number; "set_aside": number; "reconciled_share": (number | null) }[] }[] }; "trend": { "points": { "digest": string; "as_of": string; "last_day": string; "value": (number | null); "label": string; "step": ({ "stage": number; "name": string; "text": string } | null); "sure": (number | null); "assured": (number | null); "seen": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "version": number }[]; "steps": { "from": string; "to": string; "joined": boolean; "causes": { "cause": ("behaviour" | "configuration" | "coverage" | "rules" | "answers" | "people" | "age"); "change": number; "moved": number; "words": string; "sentence": string }[]; "sentence": string }[]; "sentence": string }; "models": components["schemas"]["ModelsView"]; "beside": string[]; "note": (string | null) } | { "kind": "sheet"; "workspace": string; "as_of": string; "last_day": string; "digest": string; "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "sentence": string; "sheet": { "title": string; "lead": string[]; "parts": { "title": string; "lines": string[]; "table": ({ "head": string[]; "rows": (string | { "share": number; "text": string })[][] } | null); "list": string[] }[] }; "freshness": { "as_of": string; "window": { "from": string; "last_day": string; "days": number }; "age_days": number; "sentence": string; "sources": { "connection": string; "vendor": string; "until": (string | null); "age_days": (number | null); "sentence": string; "streams": { "stream": string; "status": string; "until": (string | null); "rows": number; "set_aside": number; "reconciled_share": (number | null) }[] }[] }; "trend": { "points": { "digest": string; "as_of": string; "last_day": string; "value": (number | null); "label": string; "step": ({ "stage": number; "name": string; "text": string } | null); "sure": (number | null); "assured": (number | null); "seen": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "version": number }[]; "steps": { "from": string; "to": string; "joined": boolean; "causes": { "cause": ("behaviour" | "configuration" | "coverage" | "rules" | "answers" | "people" | "age"); "change": number; "moved": number; "words": string; "sentence": string }[]; "sentence": string }[]; "sentence": string }; "models": components["schemas"]["ModelsView"] });
    "MatrixView": { "steps": { "stage": number; "name": string; "text": string }[]; "rows": { "area": string; "name": string; "step": ({ "stage": number; "name": string; "text": string } | null); "cells": ({ "area": string; "stage": number; "gist": string; "face": ("in_place" | "partly" | "not_there" | "open" | "unseen"); "people_only": boolean; "text": string; "sentence": string; "degree": (number | null); "statements": { "id": string; "name": string; "level": string; "decided_by": ("telemetry" | "answers" | "both" | "none") }[]; "signals": { "id": string; "short": string; "title": string }[] } | null)[] }[]; "legend": { "sign": string; "meaning": string }[] };
    "StatementView": { "id": string; "name": string; "set": number; "area": ({ "id": string; "name": string } | null); "statement": string; "level": string; "sentence": string; "levels": { "level": number; "text": string; "probability": number; "words": string; "here": boolean }[]; "law": [number, number, number]; "decided_by": ("telemetry" | "answers" | "both" | "none"); "observability": ("seen" | "partly_seen" | "not_seen" | "self_report_only"); "not_applicable": boolean; "ledger": { "source": ("signal" | "answer" | "artefact" | "override"); "signal": ({ "id": string; "short": string; "title": string } | null); "ref": string; "title": string; "sentence": string; "points": [number, number]; "from": number; "to": number; "direction": ("for" | "against" | "neither"); "class": (("D" | "B" | "W") | null); "class_words": (string | null); "share": number; "age_days": number; "passes": [(number | null), (number | null)] }[]; "total": [number, number]; "conflict": ({ "grade": ("substantial" | "strong"); "decibans": number; "sentence": string } | null); "missing": { "id": string; "short": string; "title": string; "status": string; "reason": string; "way_out": (string | null); "detail": (string | null); "streams": { "connection": string; "need": string; "status": string; "detail": (string | null) }[] }[]; "unread": { "signal": { "id": string; "short": string; "title": string }; "unknown": number; "of": number; "sentence": string }[]; "answers": { "role": string; "respondent": string; "value": (number | "dont_know"); "words": string; "answered_at": string }[]; "answers_sentence": (string | null); "gap": ({ "said": number; "seen": number; "flag_words": string; "sentence": string } | null); "gain": ({ "points": number; "sentence": string } | null); "action": { "title": string; "how": string; "effort_words": string; "verified_by": { "id": string; "short": string; "title": string }[] }; "proof": string; "ask": string[]; "neighbours": { "before": ({ "id": string; "name": string } | null); "after": ({ "id": string; "name": string } | null) } };
    "SignalView": { "signal": { "id": string; "short": string; "title": string }; "version": number; "description": string; "status": ("measured" | "insufficient" | "not_observable" | "not_applicable" | "failed"); "sentence": string; "detail": (string | null); "way_out": (string | null); "unit": string; "estimate": (number | null); "text": (string | null); "interval": ([number, number] | null); "interval_text": (string | null); "n": number; "n_effective": (number | null); "sample_unit": string; "lines": { "partly": (number | null); "fully": (number | null); "partly_text": (string | null); "fully_text": (string | null); "origin": string; "origin_words": string; "source": string }; "passes": { "partly": (number | null); "fully": (number | null) }; "window": { "from": string; "last_day": string }; "notes": string[]; "course": { "digest": string; "last_day": string; "status": ("measured" | "insufficient" | "not_observable" | "not_applicable" | "failed"); "estimate": (number | null); "interval": ([number, number] | null); "n": number; "version": number }[]; "left_out": { "reason": string; "n": number; "words": string }[]; "population": (string | null); "imported": (string | null); "clocks": { "name": string; "text": string; "value": number }[]; "extra": { "name": string; "text": string }[]; "fooled_by": string[]; "speaks_for": { "id": string; "name": string; "source": ("signal" | "answer" | "artefact" | "override"); "signal": ({ "id": string; "short": string; "title": string } | null); "ref": string; "title": string; "sentence": string; "points": [number, number]; "from": number; "to": number; "direction": ("for" | "against" | "neither"); "class": (("D" | "B" | "W") | null); "class_words": (string | null); "share": number; "age_days": number; "passes": [(number | null), (number | null)] }[]; "estimator": string; "needs": string[]; "sql": string; "tickets": { "connection": string; "table": string; "id": string; "hit": (boolean | null); "url": (string | null) }[]; "remedy": string };
    "SaidSeenView": { "stages": { "said": ({ "stage": number; "name": string; "text": string } | null); "seen": ({ "stage": number; "name": string; "text": string } | null); "together": ({ "stage": number; "name": string; "text": string } | null); "sentence": string }; "rows": { "id": string; "name": string; "area": (string | null); "set": number; "said": number; "counted": (number | null); "seen": number; "gap": number; "median": (number | null); "interval": [number, number]; "flag": ("none" | "over" | "strong_over" | "under" | "strong_under"); "flag_words": string; "direction": ("over" | "under" | "none"); "probability": number; "sentence": string; "answers": { "role": string; "value": (number | "dont_know") }[] }[]; "more": number; "summary": (string | null); "notes": string[]; "unverifiable": { "id": string; "name": string }[]; "nobody": (string | null); "agreement": ({ "raw": number; "kappa": (number | null); "interval": ([number, number] | null); "sentence": string } | null); "blind_spots": { "kind": ("over_claim" | "unknown_but_weak" | "unverifiable" | "respondents_disagree" | "hidden_strength"); "title": string; "rows": { "id": string; "name": string; "text": string }[] }[]; "roles": { "id": string; "name": string; "low_role": string; "high_role": string; "sentence": string }[]; "calibration": { "answer": number; "n": number; "mean_seen": number; "share": number; "sentence": string }[]; "drivers": { "id": string; "name": string; "change": number }[] };
    "PathView": { "smallest": ({ "target": { "stage": number; "name": string; "text": string }; "probability_now": number; "probability_after": number; "sentence": string; "moves": { "statement": { "id": string; "name": string }; "from": (number | null); "to": number; "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "effort_words": string; "gain_alone": number; "gain_in_order": number; "gain_words": string; "verified_by": { "id": string; "short": string; "title": string }[]; "tickets": { "connection": string; "table": string; "id": string; "hit": (boolean | null); "url": (string | null) }[] }[]; "more": number; "nothing_left": (string | null); "people_decide": boolean } | null); "cheapest": ({ "target": { "stage": number; "name": string; "text": string }; "probability_now": number; "probability_after": number; "sentence": string; "moves": { "statement": { "id": string; "name": string }; "from": (number | null); "to": number; "title": string; "how": string; "effort": ("days" | "weeks" | "quarter"); "effort_words": string; "gain_alone": number; "gain_in_order": number; "gain_words": string; "verified_by": { "id": string; "short": string; "title": string }[]; "tickets": { "connection": string; "table": string; "id": string; "hit": (boolean | null); "url": (string | null) }[] }[]; "more": number; "nothing_left": (string | null); "people_decide": boolean } | null); "same": boolean; "none": (string | null) };
    "ChangeView": { "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "before": { "digest": string; "as_of": string; "last_day": string; "step": ({ "stage": number; "name": string; "text": string } | null); "assured": ({ "stage": number; "name": string; "text": string } | null); "sentence": string }; "after": { "digest": string; "as_of": string; "last_day": string; "step": ({ "stage": number; "name": string; "text": string } | null); "assured": ({ "stage": number; "name": string; "text": string } | null); "sentence": string }; "sentence": string; "causes": { "cause": ("behaviour" | "configuration" | "coverage" | "rules" | "answers" | "people" | "age"); "change": number; "moved": number; "words": string; "sentence": string }[]; "statements": { "id": string; "name": string; "level_before": string; "level_after": string; "turn": string; "change": number; "sentence": string; "lines": { "signal": ({ "id": string; "short": string; "title": string } | null); "ref": string; "cause": ("behaviour" | "configuration" | "coverage" | "rules" | "answers" | "people" | "age"); "change": number; "sentence": string }[] }[]; "note": (string | null) };
    "ModelsView": { "rows": { "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "shown": boolean; "headline": { "value": (number | null); "label": string; "of": number; "assured": (number | null); "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "coverage": number }; "height": (number | null); "sentence": string }[]; "pairs": { "models": [string, string]; "sentence": string }[] };
    "FiguresView": { "window": { "from": string; "to": string; "first_day": string; "last_day": string }; "zone": { "id": string; "sentence": string }; "figures": { "id": string; "title": string; "unit": string; "definition": string; "differs": (string | null); "duration": ({ "name": string; "clock": ("calendar" | "business"); "statistic": ("p50" | "p90" | "mean") } | null) }[]; "groups": { "id": string; "title": string; "rows": { "id": string; "value": (number | null); "text": string; "n": number; "left_out": { "reason": string; "n": number; "words": string }[]; "source_words": (string | null) }[] }[]; "breakdowns": { "by": string; "title": string; "values": { "value": string; "part": (string | null); "rows": { "id": string; "value": (number | null); "text": string; "n": number }[] }[] }[]; "week": ({ "cells": { "weekday": number; "hour": number; "arrivals": number; "replies": (number | null) }[]; "sentence": string } | null) };
    "QuestionsView": { "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "sentence": string; "questions": { "id": string; "name": string; "statement": string; "scale": ("level3" | "yes_no" | "importance5"); "choices": { "value": (number | ("yes" | "no")); "text": string }[]; "ask": string[]; "why": string; "value_bits": (number | null); "value_words": (string | null); "may_be_declared": boolean; "proof": (string | null); "answer": ((number | ("yes" | "no" | "dont_know")) | null) }[]; "respondents": { "id": string; "role": string; "answered": number; "dont_know": number; "last_day": string }[] };
    "SourcesView": { "sources": { "connection": string; "vendor": string; "until": (string | null); "age_days": (number | null); "sentence": string; "streams": { "stream": string; "status": string; "until": (string | null); "rows": number; "set_aside": number; "reconciled_share": (number | null) }[] }[] };
    "CatalogueView": { "model": { "id": string; "version": number; "title": string; "source": string; "kind": string }; "areas": { "id": string; "name": string; "statements": { "id": string; "name": string; "stage": number; "statement": string; "signals": { "id": string; "short": string; "title": string }[]; "people_only": boolean }[] }[]; "signals": { "signal": { "id": string; "short": string; "title": string }; "version": number; "description": string; "fooled_by": string[]; "sql": string; "remedy": string; "reads": string; "lines_text": string; "worked_out": string; "limits": string[]; "statements": { "id": string; "name": string }[] }[] };
    "FleetView": { "sentence": string; "workspaces": { "workspace": string; "verdict": ({ "model": string; "title": string; "value": (number | null); "of": number; "label": string; "assured": (number | null); "coverage": number; "status": ("measured" | "partly_measured" | "self_reported" | "not_placed"); "digest": string; "last_day": string } | null); "change": (number | null); "change_words": (string | null); "age_days": (number | null); "connections": number; "broken": string[]; "sentence": string }[] };
    "GlossaryView": { "entries": { "word": string; "also": string[]; "short": string; "more": string; "see": string[] }[] };
  };
}
