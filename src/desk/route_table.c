/*
 * The routes as data: one row a path and method. Everything about a route that can be said without
 * code is in its row; the order of decisions is in decide.c, so that a status means the same on
 * every route.
 */
#include "desk/route_table.h"

#include "desk/handlers.h"

enum {
    GI = ROUTE_BIT(ROLE_GI),
    ANALYST = ROUTE_BIT(ROLE_ANALYST),
    ALL = ROUTE_BIT(ROLE_COUNT) - 1,
    JSON = FORMAT_BIT(FORMAT_JSON),
    SERIES_FORMATS = JSON | FORMAT_BIT(FORMAT_CSV),
    PAGE_FORMATS = JSON | FORMAT_BIT(FORMAT_MARKDOWN) | FORMAT_BIT(FORMAT_HTML),
    TABLE_FORMATS = SERIES_FORMATS | PAGE_FORMATS,
    METRIC_FORMATS = FORMAT_BIT(FORMAT_PROMETHEUS) | FORMAT_BIT(FORMAT_OPENMETRICS),
    FORM_KEY = ROUTE_BIT(KEY_FORMAT),
    TABLE_KEYS = FORM_KEY | ROUTE_BIT(KEY_LANGUAGE),
    SERIES_KEYS = ROUTE_BIT(KEY_COUNT) - 1,
};

#define PEILDATUM "/v1/monitors/{monitor}/peildata/{peildatum}"
#define DELIVERY  PEILDATUM "/aanleveringen/{organisatie}"

static const struct route rows[] = {
    {
        .method = METHOD_GET,
        .path = "/",
        .roles = ALL,
        .handle = health_root,
    },
    {
        .method = METHOD_GET,
        .path = "/healthz",
        .roles = ALL,
        .unready = true,
        .handle = health_live,
    },
    {
        .method = METHOD_GET,
        .path = "/metrics",
        .roles = ALL,
        .formats = METRIC_FORMATS,
        .handle = metrics_get,
    },
    {
        .method = METHOD_GET,
        .path = "/readyz",
        .roles = ALL,
        .unready = true,
        .handle = health_ready,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/monitors",
        .roles = ALL,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = register_monitors,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/monitors/{monitor}",
        .roles = ALL,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = questionnaire_get,
    },
    {
        .method = METHOD_GET,
        .path = PEILDATUM "/aanleveringen",
        .roles = GI | ANALYST,
        .keys = TABLE_KEYS,
        .formats = SERIES_FORMATS,
        .handle = response_get,
    },
    {
        .method = METHOD_GET,
        .path = DELIVERY,
        .roles = GI | ANALYST,
        .own = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = delivery_get,
    },
    {
        .method = METHOD_PUT,
        .path = DELIVERY,
        .roles = GI | ANALYST,
        .own = true,
        .takes_json = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = delivery_put,
    },
    {
        .method = METHOD_DELETE,
        .path = DELIVERY,
        .roles = GI,
        .own = true,
        .handle = delivery_delete,
    },
    {
        .method = METHOD_POST,
        .path = DELIVERY "/_controleer",
        .roles = GI | ANALYST,
        .own = true,
        .takes_json = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = delivery_rehearse,
    },
    {
        .method = METHOD_POST,
        .path = DELIVERY "/opmerkingen",
        .roles = ANALYST,
        .takes_json = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = notice_remark,
    },
    {
        .method = METHOD_GET,
        .path = DELIVERY "/revisies",
        .roles = GI | ANALYST,
        .own = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = history_list,
    },
    {
        .method = METHOD_GET,
        .path = DELIVERY "/revisies/{n}",
        .roles = GI | ANALYST,
        .own = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = history_get,
    },
    {
        .method = METHOD_POST,
        .path = DELIVERY "/terzijde",
        .roles = ANALYST,
        .takes_json = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = notice_set_aside,
    },
    {
        .method = METHOD_POST,
        .path = PEILDATUM "/heropeningen",
        .roles = ANALYST,
        .takes_json = true,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = notice_reopen,
    },
    {
        .method = METHOD_GET,
        .path = DELIVERY "/spiegelrapport",
        .roles = GI | ANALYST,
        .own = true,
        .keys = FORM_KEY,
        .formats = PAGE_FORMATS,
        .handle = mirror_get,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/monitors/{monitor}/reeksen",
        .roles = ALL,
        .if_open = true,
        .keys = SERIES_KEYS,
        .formats = SERIES_FORMATS,
        .ask = reading_ask_series,
        .handle = reading_series,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/monitors/{monitor}/tabellen/{tabel}",
        .roles = ALL,
        .if_open = true,
        .keys = TABLE_KEYS,
        .formats = TABLE_FORMATS,
        .handle = reading_table,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/organisaties",
        .roles = ALL,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = register_organisations,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/organisaties/{organisatie}",
        .roles = ALL,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = register_organisation,
    },
    {
        .method = METHOD_GET,
        .path = "/v1/regios",
        .roles = ALL,
        .keys = FORM_KEY,
        .formats = JSON,
        .handle = register_regions,
    },
};

struct routes route_table(void)
{
    return (struct routes){.items = rows, .count = sizeof rows / sizeof rows[0]};
}
