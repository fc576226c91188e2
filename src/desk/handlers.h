#ifndef GIMON_DESK_HANDLERS_H
#define GIMON_DESK_HANDLERS_H

#include "desk/visit.h"

/* One function a resource; route_table.c says which path and method lead to which. */

struct verdict health_live(struct visit *visit);
struct verdict health_ready(struct visit *visit);
struct verdict health_root(struct visit *visit);

struct verdict register_monitors(struct visit *visit);
struct verdict register_organisations(struct visit *visit);
struct verdict register_organisation(struct visit *visit);
struct verdict register_regions(struct visit *visit);

struct verdict questionnaire_get(struct visit *visit);
struct verdict questionnaire_schema(struct visit *visit);
struct verdict questionnaire_template(struct visit *visit);

struct verdict delivery_put(struct visit *visit);
struct verdict delivery_rehearse(struct visit *visit);
struct verdict delivery_get(struct visit *visit);
struct verdict delivery_delete(struct visit *visit);

struct verdict history_list(struct visit *visit);
struct verdict history_get(struct visit *visit);

struct verdict notice_set_aside(struct visit *visit);
struct verdict notice_remark(struct visit *visit);
struct verdict notice_reopen(struct visit *visit);

struct verdict response_get(struct visit *visit);

void reading_ask_series(struct visit *visit);
struct verdict reading_series(struct visit *visit);
struct verdict reading_table(struct visit *visit);

void vintages_ask(struct visit *visit);
struct verdict vintages_get(struct visit *visit);

struct verdict edition_post(struct visit *visit);
struct verdict edition_list(struct visit *visit);
struct verdict edition_get(struct visit *visit);
struct verdict edition_reconcile(struct visit *visit);

struct verdict mirror_get(struct visit *visit);

struct verdict openapi_get(struct visit *visit);

struct verdict metrics_get(struct visit *visit);

#endif
